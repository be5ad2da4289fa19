namespace IdentityResolution.Similarity.Phonetic;

/// <content>The rules for G.</content>
internal ref partial struct DoubleMetaphoneEncoder
{
    private void G()
    {
        if (_word[_at + 1] == 'H')
        {
            Gh();
        }
        else if (_word[_at + 1] == 'N')
        {
            Gn();
        }
        else if (_word.Has(_at + 1, "LI") && !_isSlavoGermanic)
        {
            Add("KL", "L", 2); // tagliaro
        }
        else if (_at == 0 && (_word[1] == 'Y' || _word.HasAny(1, ["ES", "EP", "EB", "EL", "EY", "IB", "IL", "IN", "IE", "EI", "ER"])))
        {
            Add("K", "J", 2);
        }
        else if ((_word.Has(_at + 1, "ER") || _word[_at + 1] == 'Y')
            && !_word.HasAny(0, ["DANGER", "RANGER", "MANGER"])
            && !_word.IsOneOf(_at - 1, "EI")
            && !_word.HasAny(_at - 1, ["RGY", "OGY"]))
        {
            Add("K", "J", 2);
        }
        else if (_word.IsOneOf(_at + 1, "EIY") || _word.HasAny(_at - 1, ["AGGI", "OGGI"]))
        {
            if (_isGermanic || _word.Has(_at + 1, "ET"))
            {
                Add("K", 2);
            }
            else if (_word.Has(_at + 1, "IER"))
            {
                Add("J", 2); // always soft at a French end
            }
            else
            {
                Add("J", "K", 2); // Italian: biaggi
            }
        }
        else
        {
            Simple('K', 'G');
        }
    }

    private void Gh()
    {
        if (_at > 0 && !IsVowel(_at - 1))
        {
            Add("K", 2);
        }
        else if (_at == 0)
        {
            Add(_word[2] == 'I' ? "J" : "K", 2); // Ghislane, ghoul
        }
        else if (_word.IsOneOf(_at - 2, "BHD") || _word.IsOneOf(_at - 3, "BHD") || _word.IsOneOf(_at - 4, "BH"))
        {
            _at += 2; // Parker's rule: Hugh, bough, broughton
        }
        else if (_at > 2 && _word[_at - 1] == 'U' && _word.IsOneOf(_at - 3, "CGLRT"))
        {
            Add("F", 2); // laugh, McLaughlin, cough, rough, tough
        }
        else
        {
            Add(_word[_at - 1] == 'I' ? "" : "K", 2);
        }
    }

    private void Gn()
    {
        if (_at == 1 && IsVowel(0) && !_isSlavoGermanic)
        {
            Add("KN", "N", 2);
        }
        else if (!_word.Has(_at + 2, "EY") && !_isSlavoGermanic)
        {
            Add("N", "KN", 2); // but not Cagney
        }
        else
        {
            Add("KN", 2);
        }
    }
}
