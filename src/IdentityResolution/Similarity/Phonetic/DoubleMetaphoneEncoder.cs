namespace IdentityResolution.Similarity.Phonetic;

/// <summary>One run over one word; <see cref="_at"/> is the letter that is looked at.</summary>
/// <remarks>The rules for C, G and S, which fill most of the algorithm, stand in files of their own.</remarks>
internal ref partial struct DoubleMetaphoneEncoder
{
    private readonly Word _word;
    private readonly bool _isSlavoGermanic;
    private readonly bool _isGermanic;
    private CodeWriter _primary;
    private CodeWriter _alternate;
    private int _at;

    /// <summary>Prepares a run.</summary>
    /// <param name="letters">The word in capitals; other characters are silent.</param>
    /// <param name="primary">Receives the primary code.</param>
    /// <param name="alternate">Receives the alternate code.</param>
    public DoubleMetaphoneEncoder(ReadOnlySpan<char> letters, Span<char> primary, Span<char> alternate)
    {
        _word = new Word(letters);
        _primary = new CodeWriter(primary);
        _alternate = new CodeWriter(alternate);
        _isSlavoGermanic = letters.ContainsAny('W', 'K') || _word.Contains("CZ");
        _isGermanic = _word.HasAny(0, ["VAN ", "VON ", "SCH"]);
    }

    public readonly int PrimaryLength => _primary.Length;

    public readonly int AlternateLength => _alternate.Length;

    public void Run()
    {
        _at = _word.HasAny(0, ["GN", "KN", "PN", "WR", "PS"]) ? 1 : 0;
        while (_at < _word.Length && !(_primary.IsFull && _alternate.IsFull))
        {
            switch (_word[_at])
            {
                case 'A' or 'E' or 'I' or 'O' or 'U' or 'Y': Vowel(); break;
                case 'B': Simple('P', 'B'); break;
                case 'C': C(); break;
                case 'D': D(); break;
                case 'F': Simple('F', 'F'); break;
                case 'G': G(); break;
                case 'H': H(); break;
                case 'J': J(); break;
                case 'K': Simple('K', 'K'); break;
                case 'L': L(); break;
                case 'M': M(); break;
                case 'N': Simple('N', 'N'); break;
                case 'P': P(); break;
                case 'Q': Simple('K', 'Q'); break;
                case 'R': R(); break;
                case 'S': S(); break;
                case 'T': T(); break;
                case 'V': Simple('F', 'V'); break;
                case 'W': W(); break;
                case 'X': X(); break;
                case 'Z': Z(); break;
                default: _at++; break;
            }
        }
    }

    private void Add(scoped ReadOnlySpan<char> both, int step) => Add(both, both, step);

    private void Add(scoped ReadOnlySpan<char> primary, scoped ReadOnlySpan<char> alternate, int step)
    {
        _primary.Append(primary);
        _alternate.Append(alternate);
        _at += step;
    }

    /// <summary>One sound, and a doubled letter sounds once.</summary>
    private void Simple(char sound, char doubled)
    {
        int step = _word[_at + 1] == doubled ? 2 : 1;
        Add([sound], step);
    }

    private readonly bool IsVowel(int index) => _word[index] is 'A' or 'E' or 'I' or 'O' or 'U' or 'Y';

    /// <summary>Vowels sound only at the beginning.</summary>
    private void Vowel() => Add(_at == 0 ? "A" : "", 1);

    private void D()
    {
        if (_word.Has(_at, "DG"))
        {
            if (_word.IsOneOf(_at + 2, "IEY"))
            {
                Add("J", 3); // edge
            }
            else
            {
                Add("TK", 2); // Edgar
            }
        }
        else
        {
            Add("T", _word.IsOneOf(_at + 1, "TD") ? 2 : 1);
        }
    }

    private void H()
    {
        // Sounds at the beginning or between vowels.
        if ((_at == 0 || IsVowel(_at - 1)) && IsVowel(_at + 1))
        {
            Add("H", 2);
        }
        else
        {
            _at++;
        }
    }

    private void J()
    {
        bool isSpanish = _word.Has(0, "SAN ");
        if (_word.Has(_at, "JOSE") || isSpanish)
        {
            bool isName = (_at == 0 && _word[4] == ' ') || _word.Length == 4 || isSpanish;
            Add("H", isName ? "H" : "J", 1);
            return;
        }
        if (_at == 0)
        {
            Add("J", "A", 0);
        }
        else if (IsVowel(_at - 1) && !_isSlavoGermanic && _word.IsOneOf(_at + 1, "AO"))
        {
            Add("J", "H", 0);
        }
        else if (_at == _word.Length - 1)
        {
            Add("J", "", 0);
        }
        else if (!_word.IsOneOf(_at + 1, "LTKSNMBZ") && !_word.IsOneOf(_at - 1, "SKL"))
        {
            Add("J", 0);
        }
        _at += _word[_at + 1] == 'J' ? 2 : 1;
    }

    private void L()
    {
        if (_word[_at + 1] != 'L')
        {
            Add("L", 1);
            return;
        }
        // Spanish: cabrillo, gallegos.
        bool isSpanish = (_at == _word.Length - 3 && _word.HasAny(_at - 1, ["ILLO", "ILLA", "ALLE"]))
            || ((_word.HasAny(_word.Length - 2, ["AS", "OS"]) || _word.IsOneOf(_word.Length - 1, "AO")) && _word.Has(_at - 1, "ALLE"));
        Add("L", isSpanish ? "" : "L", 2);
    }

    private void M()
    {
        bool isDumb = _word.Has(_at - 1, "UMB") && (_at + 1 == _word.Length - 1 || _word.Has(_at + 2, "ER"));
        Add("M", isDumb || _word[_at + 1] == 'M' ? 2 : 1);
    }

    private void P()
    {
        if (_word[_at + 1] == 'H')
        {
            Add("F", 2);
        }
        else
        {
            Add("P", _word.IsOneOf(_at + 1, "PB") ? 2 : 1);
        }
    }

    private void R()
    {
        // French: rogier, but not hochmeier.
        bool isFrench = _at == _word.Length - 1 && !_isSlavoGermanic && _word.Has(_at - 2, "IE") && !_word.HasAny(_at - 4, ["ME", "MA"]);
        Add(isFrench ? "" : "R", "R", _word[_at + 1] == 'R' ? 2 : 1);
    }

    private void T()
    {
        if (_word.HasAny(_at, ["TION", "TIA", "TCH"]))
        {
            Add("X", 3);
        }
        else if (_word.HasAny(_at, ["TH", "TTH"]))
        {
            // Thomas, Thames, or Germanic.
            Add(_word.HasAny(_at + 2, ["OM", "AM"]) || _isGermanic ? "T" : "0", "T", 2);
        }
        else
        {
            Add("T", _word.IsOneOf(_at + 1, "TD") ? 2 : 1);
        }
    }

    private void W()
    {
        if (_word[_at + 1] == 'R')
        {
            Add("R", 2);
        }
        else if (_at == 0 && (IsVowel(1) || _word[1] == 'H'))
        {
            // Wasserman is also Vasserman.
            Add("A", IsVowel(1) ? "F" : "A", 1);
        }
        else if ((_at == _word.Length - 1 && IsVowel(_at - 1)) || _word.Has(0, "SCH")
            || _word.HasAny(_at - 1, ["EWSKI", "EWSKY", "OWSKI", "OWSKY"]))
        {
            Add("", "F", 1); // Arnow is also Arnoff.
        }
        else if (_word.HasAny(_at, ["WICZ", "WITZ"]))
        {
            Add("TS", "FX", 4);
        }
        else
        {
            _at++;
        }
    }

    private void X()
    {
        if (_at == 0)
        {
            Add("S", 1);
            return;
        }
        bool isFrench = _at == _word.Length - 1 && (_word.HasAny(_at - 3, ["IAU", "EAU"]) || _word.HasAny(_at - 2, ["AU", "OU"]));
        Add(isFrench ? "" : "KS", _word.IsOneOf(_at + 1, "CX") ? 2 : 1);
    }

    private void Z()
    {
        if (_word[_at + 1] == 'H')
        {
            Add("J", 2); // Chinese: zhao.
            return;
        }
        bool isSlavic = _word.HasAny(_at + 1, ["ZO", "ZI", "ZA"]) || (_isSlavoGermanic && _at > 0 && _word[_at - 1] != 'T');
        Add("S", isSlavic ? "TS" : "S", _word[_at + 1] == 'Z' ? 2 : 1);
    }
}
