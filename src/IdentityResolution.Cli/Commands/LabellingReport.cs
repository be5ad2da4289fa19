using System.Globalization;
using System.Text.Json;

namespace IdentityResolution.Cli.Commands;

/// <summary>Says what a session of labelling has changed.</summary>
internal static class LabellingReport
{
    /// <summary>For people.</summary>
    public static void WriteText(TextWriter output, LabellingSummary summary, string path)
    {
        output.Write(string.Create(CultureInfo.InvariantCulture,
            $"\n{summary.Same + summary.Different + summary.Unsure} answers in {path}: {summary.Same} same, {summary.Different} different, {summary.Unsure} unsure.\n"));
        TextTable.Write(
            output,
            ["", "before", "now"],
            ["threshold", Number(summary.ThresholdBefore), Number(summary.ThresholdAfter)],
            ["expected precision", Share(summary.Before.Precision), Share(summary.After.Precision)],
            ["expected recall", Share(summary.Before.Recall), Share(summary.After.Recall)]);
        if (summary.MovedLevels.Count > 0)
        {
            output.Write("\nWhat matches look like, where that changed most (m):\n");
            TextTable.Write(output, [.. summary.MovedLevels.Select(level => (string[])[$"{level.Field}: {level.When}", Number(level.Before), Number(level.After)])]);
        }
    }

    /// <summary>For programs.</summary>
    public static void WriteJson(Utf8JsonWriter json, LabellingSummary summary)
    {
        json.WriteNumber("same", summary.Same);
        json.WriteNumber("different", summary.Different);
        json.WriteNumber("unsure", summary.Unsure);
        Write(json, "before", summary.ThresholdBefore, summary.Before);
        Write(json, "now", summary.ThresholdAfter, summary.After);
        json.WriteStartArray("movedLevels");
        foreach (MovedLevel level in summary.MovedLevels)
        {
            json.WriteStartObject();
            json.WriteString("field", level.Field);
            json.WriteString("when", level.When);
            json.WriteNumber("before", level.Before);
            json.WriteNumber("now", level.After);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, double threshold, ExpectedAccuracy expected)
    {
        json.WriteStartObject(name);
        json.WriteNumber("threshold", threshold);
        json.WriteNumber("expectedPrecision", expected.Precision);
        json.WriteNumber("expectedRecall", expected.Recall);
        json.WriteEndObject();
    }

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    private static string Share(double value) => value.ToString("F4", CultureInfo.InvariantCulture);
}
