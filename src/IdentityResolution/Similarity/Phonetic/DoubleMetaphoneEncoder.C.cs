namespace IdentityResolution.Similarity.Phonetic;

/// <content>The rules for C.</content>
internal ref partial struct DoubleMetaphoneEncoder
{
    private void C()
    {
        if (IsGermanicAch())
        {
            Add("K", 2);
        }
        else if (_at == 0 && _word.Has(0, "CAESAR"))
        {
            Add("S", 2);
        }
        else if (_word.Has(_at, "CH"))
        {
            Ch();
        }
        else if (_word.Has(_at, "CZ") && !_word.Has(_at - 2, "WICZ"))
        {
            Add("S", "X", 2); // Czerny
        }
        else if (_word.Has(_at + 1, "CIA"))
        {
            Add("X", 3); // focaccia
        }
        else if (_word.Has(_at, "CC") && !(_at == 1 && _word[0] == 'M'))
        {
            Cc(); // but not McClelland
        }
        else if (_word.HasAny(_at, ["CK", "CG", "CQ"]))
        {
            Add("K", 2);
        }
        else if (_word.HasAny(_at, ["CI", "CE", "CY"]))
        {
            Add("S", _word.HasAny(_at, ["CIO", "CIE", "CIA"]) ? "X" : "S", 2); // Italian or English
        }
        else if (_word.HasAny(_at + 1, [" C", " Q", " G"]))
        {
            Add("K", 3); // Mac Caffrey, Mac Gregor
        }
        else
        {
            bool isDoubled = _word.IsOneOf(_at + 1, "CKQ") && !_word.HasAny(_at + 1, ["CE", "CI"]);
            Add("K", isDoubled ? 2 : 1);
        }
    }

    private readonly bool IsGermanicAch()
    {
        if (_word.Has(_at, "CHIA"))
        {
            return true;
        }
        return _at > 1 && !IsVowel(_at - 2) && _word.Has(_at - 1, "ACH")
            && (!_word.IsOneOf(_at + 2, "IE") || _word.HasAny(_at - 2, ["BACHER", "MACHER"]));
    }

    private void Ch()
    {
        if (_at > 0 && _word.Has(_at, "CHAE"))
        {
            Add("K", "X", 2); // Michael
        }
        else if (IsGreekCh() || IsGermanicCh())
        {
            Add("K", 2);
        }
        else if (_at == 0)
        {
            Add("X", 2);
        }
        else if (_word.Has(0, "MC"))
        {
            Add("K", 2); // McHugh
        }
        else
        {
            Add("X", "K", 2);
        }
    }

    /// <summary>character, chorus, chemistry; not chore.</summary>
    private readonly bool IsGreekCh() => _at == 0
        && _word.HasAny(1, ["HARAC", "HARIS", "HOR", "HYM", "HIA", "HEM"])
        && !_word.Has(0, "CHORE");

    /// <summary>Germanic, Greek, or otherwise "ch" for a sound like k.</summary>
    private readonly bool IsGermanicCh()
    {
        if (_isGermanic || _word.HasAny(_at - 2, ["ORCHES", "ARCHIT", "ORCHID"]) || _word.IsOneOf(_at + 2, "TS"))
        {
            return true;
        }
        return (_at == 0 || _word.IsOneOf(_at - 1, "AOUE"))
            && (_at + 1 == _word.Length - 1 || _word.IsOneOf(_at + 2, "LRNMBHFVW "));
    }

    private void Cc()
    {
        if (!_word.IsOneOf(_at + 2, "IEH") || _word.Has(_at + 2, "HU"))
        {
            Add("K", 2); // Bacchus
        }
        else if ((_at == 1 && _word[0] == 'A') || _word.HasAny(_at - 1, ["UCCEE", "UCCES"]))
        {
            Add("KS", 3); // accident, succeed
        }
        else
        {
            Add("X", 3); // bacci
        }
    }
}
