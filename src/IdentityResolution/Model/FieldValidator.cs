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
            errors.AddRange(ValidateValues(field, path));
            errors.AddRange(ValidateOptions(field.Standardization, field.Kind, $"{path}.standardization"));
            foreach ((string source, StandardizationOptions options) in field.SourceStandardization)
            {
                errors.AddRange(ValidateOptions(options, field.Kind, $"{path}.sourceStandardization.{source}"));
            }
        }
        return errors;
    }

    private static IEnumerable<ModelError> ValidateValues(Field field, string path)
    {
        foreach (ModelError error in ValidateLabel(field.Label, field.Kind, $"{path}.label"))
        {
            yield return error;
        }
        for (int i = 0; i < field.Separators.Count; i++)
        {
            if (string.IsNullOrEmpty(field.Separators[i]))
            {
                yield return new($"{path}.separators[{i}]", "is empty.");
            }
        }
        for (int i = 0; i < field.Alternatives.Count; i++)
        {
            FieldAlternative alternative = field.Alternatives[i];
            if (alternative.Columns.Count == 0)
            {
                yield return new($"{path}.alternatives[{i}].columns", "names no source; leave the alternative out instead.");
            }
            foreach (string source in alternative.Columns.Where(entry => entry.Value.Count == 0).Select(entry => entry.Key))
            {
                yield return new($"{path}.alternatives[{i}].columns.{source}", "names no column; leave the source out instead.");
            }
            foreach (ModelError error in ValidateLabel(alternative.Label, field.Kind, $"{path}.alternatives[{i}].label"))
            {
                yield return error;
            }
        }
    }

    private static IEnumerable<ModelError> ValidateLabel(string? label, FieldKind kind, string path)
    {
        if (label is null)
        {
            yield break;
        }
        if (kind != FieldKind.Identifier)
        {
            yield return new(path, $"does nothing for a field of kind {EnumNames.ToText(kind)}.");
        }
        if (label.Length == 0 || !label.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
        {
            yield return new(path, $"'{label}' must hold letters, digits, '_' and '-' only.");
        }
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
