using System.Text;

namespace IdentityResolution.Lookup;

/// <summary>One string object per distinct text, for stores that read UTF-8; the same text mostly comes many times in a row.</summary>
/// <remarks>Not thread-safe. Keeps every text it has seen: meant for sources and names of rules, not for ids.</remarks>
public sealed class Utf8Strings
{
    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);
    private byte[] _lastUtf8 = [];
    private string _last = string.Empty;

    /// <summary>The text as a string; the same object whenever it comes again.</summary>
    /// <param name="utf8">The text in UTF-8; bytes that are none become replacement characters.</param>
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
