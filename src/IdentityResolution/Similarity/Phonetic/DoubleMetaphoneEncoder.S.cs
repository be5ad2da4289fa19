namespace IdentityResolution.Similarity.Phonetic;

/// <content>The rules for S.</content>
internal ref partial struct DoubleMetaphoneEncoder
{
    private void S()
    {
        if (_word.HasAny(_at - 1, ["ISL", "YSL"]))
        {
            _at++; // silent: island, Carlisle
        }
        else if (_at == 0 && _word.Has(0, "SUGAR"))
        {
            Add("X", "S", 1);
        }
        else if (_word.Has(_at, "SH"))
        {
            Add(_word.HasAny(_at + 1, ["HEIM", "HOEK", "HOLM", "HOLZ"]) ? "S" : "X", 2);
        }
        else if (_word.HasAny(_at, ["SIO", "SIA"]))
        {
            Add("S", _isSlavoGermanic ? "S" : "X", 3); // Italian and Armenian
        }
        else if (_word[_at + 1] == 'Z')
        {
            Add("S", "X", 2);
        }
        else if (_at == 0 && _word.IsOneOf(1, "MNLW"))
        {
            Add("S", "X", 1); // Smith matches Schmidt, Snider matches Schneider
        }
        else if (_word.Has(_at, "SC"))
        {
            Sc();
        }
        else
        {
            // French: resnais, artois.
            bool isFrench = _at == _word.Length - 1 && _word.HasAny(_at - 2, ["AI", "OI"]);
            Add(isFrench ? "" : "S", "S", _word.IsOneOf(_at + 1, "SZ") ? 2 : 1);
        }
    }

    private void Sc()
    {
        if (_word[_at + 2] == 'H')
        {
            Sch();
        }
        else
        {
            Add(_word.IsOneOf(_at + 2, "IEY") ? "S" : "SK", 3);
        }
    }

    private void Sch()
    {
        if (_word.HasAny(_at + 3, ["ER", "EN"]))
        {
            Add("X", "SK", 3); // Schermerhorn, Schenker
        }
        else if (_word.HasAny(_at + 3, ["OO", "UY", "ED", "EM"]))
        {
            Add("SK", 3); // Dutch: school, schooner
        }
        else
        {
            Add("X", _at == 0 && !IsVowel(3) && _word[3] != 'W' ? "S" : "X", 3);
        }
    }
}
