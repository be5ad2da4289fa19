using System.Collections.Frozen;
using IdentityResolution.Standardization.Text;

namespace IdentityResolution.Standardization;

/// <summary>Given names and their variants: short forms, pet names, spellings (robert: bob, rob, bobby).</summary>
/// <remarks>
/// Names are asked for in standard form (<see cref="FieldKind.GivenName"/>). A name may stand in several groups (alex: alexander, alexandra).
/// Immutable and safe for many threads; lookups do not allocate.
/// </remarks>
public sealed class NicknameTable
{
    private readonly string[] _formal;
    private readonly FrozenDictionary<string, int[]> _groups;
    private readonly FrozenDictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    private NicknameTable(List<string[]> groups)
    {
        var index = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (int i = 0; i < groups.Count; i++)
        {
            foreach (string name in groups[i].Distinct(StringComparer.Ordinal))
            {
                if (!index.TryGetValue(name, out List<int>? numbers))
                {
                    index.Add(name, numbers = []);
                }
                // A formal name leads with its own group.
                numbers.Insert(name == groups[i][0] && (numbers.Count == 0 || groups[numbers[0]][0] != name) ? 0 : numbers.Count, i);
            }
        }
        Rows = groups;
        _formal = [.. groups.Select(names => names[0])];
        _groups = index.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.Ordinal);
        _lookup = _groups.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The table that comes with the library: English first, then German, French, Spanish, Portuguese, Italian, Dutch, Polish, Russian, Arabic, Turkish.</summary>
    public static NicknameTable Default { get; } = new([.. EmbeddedTable.Lines("Nicknames.txt").Select(ParseLine)]);

    /// <summary>How many groups there are.</summary>
    public int GroupCount => _formal.Length;

    private List<string[]> Rows { get; }

    /// <summary>A table with further groups.</summary>
    /// <param name="lines">One group each, as <c>formal: variant variant</c>; names in any case.</param>
    /// <returns>A new table; this one is unchanged. The new groups come last.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="lines"/> is <see langword="null"/>.</exception>
    /// <exception cref="FormatException">A line has no colon, or no name on one side of it.</exception>
    public NicknameTable With(params IEnumerable<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        return new NicknameTable([.. Rows, .. lines.Select(ParseLine)]);
    }

    /// <summary>Whether two names are equal or stand in one group.</summary>
    /// <param name="left">A given name in standard form.</param>
    /// <param name="right">A given name in standard form.</param>
    /// <returns>True for <c>bob</c> and <c>robert</c>, and for <c>bob</c> and <c>rob</c>. Empty names are variants of nothing.</returns>
    public bool AreVariants(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        if (left.IsEmpty || right.IsEmpty)
        {
            return false;
        }
        if (left.SequenceEqual(right))
        {
            return true;
        }
        return _lookup.TryGetValue(left, out int[]? first) && _lookup.TryGetValue(right, out int[]? second) && Meet(first, second);
    }

    /// <summary>The groups of a name as a set of 32 classes: names whose sets do not meet are no variants of each other.</summary>
    internal uint GroupSet(ReadOnlySpan<char> name)
    {
        uint set = 0;
        if (_lookup.TryGetValue(name, out int[]? groups))
        {
            foreach (int group in groups)
            {
                set |= 1u << group;
            }
        }
        return set;
    }

    // Both are short; a plain loop does not allocate, whatever the runtime makes of it.
    private static bool Meet(int[] first, int[] second)
    {
        foreach (int group in first)
        {
            foreach (int other in second)
            {
                if (group == other)
                {
                    return true;
                }
            }
        }
        return false;
    }

    /// <summary>The formal name of the first group that a name stands in: its own when it is a formal name, else in the order of the table.</summary>
    /// <param name="name">A given name in standard form.</param>
    /// <returns>A formal name, or <paramref name="name"/> itself when it is in no group.</returns>
    /// <remarks>One key per name is not enough where a name has several groups; <see cref="TryGetGroups"/> gives them all.</remarks>
    public ReadOnlySpan<char> Canonical(ReadOnlySpan<char> name) => _lookup.TryGetValue(name, out int[]? groups) ? _formal[groups[0]] : name;

    /// <summary>All groups that a name stands in.</summary>
    /// <param name="name">A given name in standard form.</param>
    /// <param name="groups">Group numbers in [0, <see cref="GroupCount"/>), its own group first; empty when there is none.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryGetGroups(ReadOnlySpan<char> name, out ReadOnlySpan<int> groups)
    {
        bool found = _lookup.TryGetValue(name, out int[]? numbers);
        groups = numbers;
        return found;
    }

    /// <summary>The formal name of a group.</summary>
    /// <param name="group">A group number.</param>
    /// <returns>The name, in standard form. Two groups may have the same one.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such group.</exception>
    public string FormalName(int group)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(group);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(group, _formal.Length);
        return _formal[group];
    }

    /// <summary>Whether a text is a group, as <c>formal: variant variant</c>.</summary>
    internal static bool IsGroup(string line) => Parts(line) is { Length: > 1 };

    private static string[] ParseLine(string line) =>
        Parts(line) is { Length: > 1 } names ? names : throw new FormatException("A line of nicknames is 'formal: variant variant'.");

    // The formal name and its variants; nothing when there is no formal name.
    private static string[] Parts(string line)
    {
        int colon = line.IndexOf(':', StringComparison.Ordinal);
        string formal = colon < 0 ? "" : Fold(line[..colon]);
        return formal.Length == 0 ? [] : [formal, .. Fold(line[(colon + 1)..]).Split(' ', StringSplitOptions.RemoveEmptyEntries)];
    }

    private static string Fold(string names) => Words.Of(names, Standardization.Names.NameWords.Dropped);
}
