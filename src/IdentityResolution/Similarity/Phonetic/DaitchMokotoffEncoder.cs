namespace IdentityResolution.Similarity.Phonetic;

/// <summary>One way a word may sound: up to six digits, four bits each, and the digits added last.</summary>
internal readonly record struct DaitchMokotoffBranch(uint Digits, byte Length, byte Last, byte LastLength)
{
    /// <summary>Adds digits unless they repeat the end of those added last.</summary>
    public DaitchMokotoffBranch Add(ReadOnlySpan<char> replacement, bool isForced, bool isFirst)
    {
        byte last = 0;
        foreach (char digit in replacement)
        {
            last = (byte)((last << 4) | (digit - '0'));
        }
        // Of "54" the end is "4": adding "4" after it adds nothing.
        int mask = (1 << (4 * replacement.Length)) - 1;
        bool isRepeated = !isFirst && LastLength >= replacement.Length && (Last & mask) == last;
        (uint digits, byte length) = (Digits, Length);
        if (!isRepeated || isForced)
        {
            foreach (char digit in replacement)
            {
                if (length < DaitchMokotoff.CodeLength)
                {
                    digits |= (uint)(digit - '0') << (4 * length++);
                }
            }
        }
        return new DaitchMokotoffBranch(digits, length, last, (byte)replacement.Length);
    }
}

/// <summary>One run over a word in capitals. Branches that come to the same digits are one: the first.</summary>
internal ref struct DaitchMokotoffEncoder
{
    private readonly bool _isBranching;
    private Span<DaitchMokotoffBranch> _branches;
    private Span<DaitchMokotoffBranch> _next;
    private int _count;

    /// <summary>Prepares a run.</summary>
    /// <param name="branches">Memory for the branches; one place means that only first alternatives are followed.</param>
    /// <param name="next">As much again.</param>
    public DaitchMokotoffEncoder(Span<DaitchMokotoffBranch> branches, Span<DaitchMokotoffBranch> next)
    {
        _branches = branches;
        _next = next;
        _branches[0] = default;
        _count = 1;
        _isBranching = branches.Length > 1;
    }

    public void Run(ReadOnlySpan<char> letters)
    {
        var word = new Word(letters);
        char previous = '\0';
        for (int i = 0; i < word.Length; i++)
        {
            char letter = word[i];
            foreach (DaitchMokotoffRule rule in DaitchMokotoffRules.For(letter))
            {
                if (!word.Has(i, rule.Letters))
                {
                    continue;
                }
                bool isFirst = previous == '\0';
                string replacement = isFirst ? rule.AtStart
                    : word.IsOneOf(i + rule.Letters.Length, "AEIOU") ? rule.BeforeVowel
                    : rule.Elsewhere;
                Follow(replacement, (previous, letter) is ('M', 'N') or ('N', 'M'), isFirst);
                i += rule.Letters.Length - 1;
                previous = letter;
                break;
            }
        }
    }

    /// <summary>Writes as many codes as fit, padded with 0.</summary>
    public readonly int Write(Span<char> destination)
    {
        int count = Math.Min(_count, destination.Length / DaitchMokotoff.CodeLength);
        for (int i = 0; i < count; i++)
        {
            for (int digit = 0; digit < DaitchMokotoff.CodeLength; digit++)
            {
                destination[(i * DaitchMokotoff.CodeLength) + digit] = (char)('0' + ((_branches[i].Digits >> (4 * digit)) & 15));
            }
        }
        return count;
    }

    private void Follow(ReadOnlySpan<char> replacement, bool isForced, bool isFirst)
    {
        int bar = replacement.IndexOf('|');
        ReadOnlySpan<char> first = bar < 0 ? replacement : replacement[..bar];
        int count = 0;
        for (int i = 0; i < _count; i++)
        {
            Keep(_branches[i].Add(first, isForced, isFirst), ref count);
            if (bar >= 0 && _isBranching)
            {
                Keep(_branches[i].Add(replacement[(bar + 1)..], isForced, isFirst), ref count);
            }
        }
        Span<DaitchMokotoffBranch> swap = _branches;
        _branches = _next;
        _next = swap;
        _count = count;
    }

    private readonly void Keep(DaitchMokotoffBranch branch, ref int count)
    {
        foreach (DaitchMokotoffBranch kept in _next[..count])
        {
            if (kept.Digits == branch.Digits && kept.Length == branch.Length)
            {
                return;
            }
        }
        if (count < _next.Length)
        {
            _next[count++] = branch;
        }
    }
}
