using System.Runtime.InteropServices;
using IdentityResolution.Records;

namespace IdentityResolution.Fields;

/// <summary>Which values of a field stand for several at once: a record with two phones holds the code of the set of both.</summary>
/// <remarks>A set is a value of the dictionary itself, so that a record has one code whatever it holds. Safe for concurrent readers once built.</remarks>
internal sealed class ValueSets
{
    /// <summary>Stands between the members of a set in its text; no standard form holds it.</summary>
    public const byte Separator = 0x1F;

    /// <summary>Stands between a value's label and the value.</summary>
    public const byte LabelEnd = (byte)':';

    private readonly ValueDictionary _values;
    private readonly Dictionary<int, int[]> _membersOf = [];
    private readonly List<int> _sets = [];
    private readonly List<byte> _buffer = [];

    /// <summary>No sets yet.</summary>
    /// <param name="values">The dictionary of the field's values.</param>
    public ValueSets(ValueDictionary values) => _values = values;

    /// <summary>Are there any?</summary>
    public bool Any => _membersOf.Count > 0;

    /// <summary>The code of several values together; of one value its own, of none -1.</summary>
    /// <param name="codes">The values, in any order, perhaps repeated; changed.</param>
    public int GetOrAdd(List<int> codes)
    {
        codes.Sort((left, right) => _values[left].SequenceCompareTo(_values[right]));
        for (int i = codes.Count - 1; i > 0; i--)
        {
            if (codes[i] == codes[i - 1])
            {
                codes.RemoveAt(i);
            }
        }
        if (codes.Count < 2)
        {
            return codes.Count == 0 ? -1 : codes[0];
        }
        _buffer.Clear();
        foreach (int code in codes)
        {
            _buffer.AddRange(_values[code]);
            _buffer.Add(Separator);
        }
        int set = _values.GetOrAdd(CollectionsMarshal.AsSpan(_buffer));
        if (_membersOf.TryAdd(set, [.. codes]))
        {
            _sets.Add(set);
        }
        return set;
    }

    /// <summary>Forgets the sets whose codes are not below a count: the dictionary is about to forget these values.</summary>
    public void Truncate(int count)
    {
        while (_sets.Count > 0 && _sets[^1] >= count)
        {
            _membersOf.Remove(_sets[^1]);
            _sets.RemoveAt(_sets.Count - 1);
        }
    }

    /// <summary>Does a code stand for several values?</summary>
    public bool IsSet(int code) => _membersOf.ContainsKey(code);

    /// <summary>The values that a code stands for: a set's members, or the value itself.</summary>
    public int[] MembersOf(int code) => _membersOf.TryGetValue(code, out int[]? members) ? members : [code];

    /// <summary>The values of a set as a reader wants them: joined by <c> | </c>.</summary>
    public static string Describe(string value) => value.TrimEnd((char)Separator).Replace(((char)Separator).ToString(), " | ", StringComparison.Ordinal);
}
