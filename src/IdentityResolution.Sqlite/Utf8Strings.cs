using System.Text;

namespace IdentityResolution.Sqlite;

/// <summary>One string object per distinct text; the same text mostly comes many times in a row.</summary>
internal sealed class Utf8Strings
{
    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);
    private byte[] _lastUtf8 = [];
    private string _last = string.Empty;

    /// <summary>The text as a string.</summary>
    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (!utf8.SequenceEqual(_lastUtf8))
        {
            string text = Encoding.UTF8.GetString(utf8);
            if (!_known.TryGetValue(text, out string? known))
            {
                _known.Add(text, text);
                known = text;
            }
            _last = known;
            _lastUtf8 = utf8.ToArray();
        }
        return _last;
    }
}
