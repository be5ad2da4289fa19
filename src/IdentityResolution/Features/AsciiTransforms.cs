namespace IdentityResolution.Features;

/// <summary>Transforms that cut a piece out of a value, for values of ASCII alone: the piece stands in the value already.</summary>
internal static class AsciiTransforms
{
    /// <summary>What <see cref="Transforms.Apply"/> makes of the value, without copying; false when the transform does more than cut.</summary>
    /// <param name="step">The transform.</param>
    /// <param name="value">The value: ASCII, not empty.</param>
    /// <param name="piece">The piece; empty when the value has no such feature.</param>
    public static bool TryCut(TransformStep step, ReadOnlySpan<byte> value, out ReadOnlySpan<byte> piece)
    {
        piece = [];
        switch (step.Transform)
        {
            case Transform.Prefix:
                piece = value.Length < step.Argument ? [] : value[..step.Argument];
                return true;
            case Transform.Suffix:
                piece = value.Length < step.Argument ? [] : value[^step.Argument..];
                return true;
            case Transform.Initial:
                piece = value[..1];
                return true;
            case Transform.First:
                piece = value.IndexOf((byte)' ') is var end and > 0 ? value[..end] : value;
                return true;
            case Transform.Last:
                piece = value[(value.LastIndexOf((byte)' ') + 1)..];
                return true;
            case Transform.Year:
                piece = HasYear(value) ? value[..4] : [];
                return true;
            case Transform.YearMonth:
                piece = HasYear(value) && value.Length >= 7 ? value[..7] : [];
                return true;
            case Transform.MonthDay:
                piece = HasYear(value) && value.Length == 10 ? value[5..] : [];
                return true;
            case Transform.Local:
                piece = value.LastIndexOf((byte)'@') is var at and > 0 ? value[..at] : [];
                return true;
            case Transform.Domain:
                piece = value.LastIndexOf((byte)'@') is var sign and >= 0 ? value[(sign + 1)..] : [];
                return true;
            case Transform.Words:
                piece = value;
                return true;
            default:
                return false;
        }
    }

    private static bool HasYear(ReadOnlySpan<byte> value) =>
        value.Length >= 4 && !value[..4].ContainsAnyExceptInRange((byte)'0', (byte)'9') && (value.Length == 4 || value[4] == '-');
}
