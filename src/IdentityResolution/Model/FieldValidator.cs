using IdentityResolution.Standardization;

namespace IdentityResolution;

/// <summary>Finds everything that is wrong with the fields of a model.</summary>
internal static class FieldValidator
{
    /// <summary>The errors; the names of the fields that have one are added to <paramref name="names"/>.</summary>
    public static List<ModelError> Validate(IReadOnlyList<Field> fields, HashSet<string> names)
    {
        var errors = new List<ModelError>();
        if (fields.Count == 0)
        {
            errors.Add(new("fields", "is empty; a model needs at least one field."));
        }
        for (int i = 0; i < fields.Count; i++)
        {
            string path = $"fields[{i}]";
            Field field = fields[i];
            if (field.Name.Length == 0 || !char.IsAsciiLetter(field.Name[0]) || field.Name.Any(c => !char.IsAsciiLetterOrDigit(c) && c != '_'))
            {
                errors.Add(new($"{path}.name", $"'{field.Name}' must start with a letter and hold only letters, digits and underscores."));
            }
            else if (!names.Add(field.Name))
            {
                errors.Add(new($"{path}.name", $"'{field.Name}' is the name of another field."));
            }
            foreach ((string source, IReadOnlyList<string> columns) in field.Columns)
            {
                if (columns.Count == 0)
                {
                    errors.Add(new($"{path}.columns.{source}", "names no column; leave the source out instead."));
                }
            }
            errors.AddRange(ValidateOptions(field.Standardization, field.Kind, $"{path}.standardization"));
            foreach ((string source, StandardizationOptions options) in field.SourceStandardization)
            {
                errors.AddRange(ValidateOptions(options, field.Kind, $"{path}.sourceStandardization.{source}"));
            }
        }
        return errors;
    }

    private static IEnumerable<ModelError> ValidateOptions(StandardizationOptions options, FieldKind kind, string path)
    {
        ModelError[] errors = [.. options.Validate().Select(error => new ModelError(PathOf(path, error.Option), error.Message))];
        // Options that are wrong anyway need no second error.
        return errors.Concat(options.Idle(kind)
            .Select(option => new ModelError(PathOf(path, option), $"does nothing for a field of kind {EnumNames.ToText(kind)}."))
            .Where(idle => !Array.Exists(errors, error => error.Path.StartsWith(idle.Path, StringComparison.Ordinal))));
    }

    // Members are called as in code, but start with a small letter.
    private static string PathOf(string path, string option) => $"{path}.{char.ToLowerInvariant(option[0])}{option[1..]}";
}
