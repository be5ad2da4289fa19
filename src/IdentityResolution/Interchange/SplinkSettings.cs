using System.Text.Json;

namespace IdentityResolution.Interchange;

/// <summary>Reads and writes the settings and trained models of Splink (versions 3 and 4).</summary>
/// <remarks>
/// A weight is log2(m/u) in both, so it is the same to the millibit wherever every part of a comparison has a counterpart. What has none is
/// named in the notes, and the smallest whole that holds it (a comparison, a blocking rule) is left out: nothing is translated by half.
/// Splink: Linacre, Lindsay, Manassis et al. (2022), "Splink: Free software for probabilistic record linkage at scale", IJPDS 7(3).
/// </remarks>
public static class SplinkSettings
{
    private static readonly JsonDocumentOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Does a text look like Splink settings, and not like a model of this library?</summary>
    /// <param name="json">The text.</param>
    /// <returns>True for a JSON object with <c>link_type</c> or with comparisons that have <c>comparison_levels</c>.</returns>
    public static bool IsSplink(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(json, Options);
            JsonElement root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object && (root.TryGetProperty("link_type", out _)
                || (root.TryGetProperty("comparisons", out JsonElement comparisons) && comparisons.ValueKind == JsonValueKind.Array
                    && comparisons.EnumerateArray().Any(comparison => comparison.ValueKind == JsonValueKind.Object && comparison.TryGetProperty("comparison_levels", out _))));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Makes a model of Splink settings.</summary>
    /// <param name="json">The settings as Splink saves them: comparisons and blocking rules as SQL.</param>
    /// <param name="options">What the settings do not hold; null = <see cref="SplinkImportOptions.Default"/>.</param>
    /// <returns>The model and what to know about it.</returns>
    /// <exception cref="InvalidModelException">The text is not Splink settings, or no comparison or no blocking rule has a counterpart; holds every reason.</exception>
    public static SplinkImport Import(string json, SplinkImportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        options ??= SplinkImportOptions.Default;
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxBlockSize, 2, nameof(options));
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json, Options);
        }
        catch (JsonException exception)
        {
            throw new InvalidModelException([new("", $"is not JSON: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.")]);
        }
        using (document)
        {
            return new SplinkReader(options).Read(document.RootElement);
        }
    }

    /// <summary>Makes Splink settings of a model.</summary>
    /// <param name="model">The model, trained or not.</param>
    /// <returns>The settings and what to know about them.</returns>
    /// <exception cref="InvalidModelException">The model is invalid; holds every error.</exception>
    public static SplinkExport Export(IdentityModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        ModelError[] errors = [.. ModelValidator.Validate(model)];
        return errors.Length == 0 ? new SplinkWriter(model).Write() : throw new InvalidModelException(errors);
    }
}
