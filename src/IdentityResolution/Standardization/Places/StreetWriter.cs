using IdentityResolution.Standardization.Text;

namespace IdentityResolution.Standardization.Places;

/// <summary>Writes the standard form of a street address: <c>number street unit rest</c>.</summary>
internal ref struct StreetWriter
{
    private readonly Span<char> _destination;
    private StreetTokens _tokens;
    private int _length;

    // Token indices; -1 = none.
    private int _first;
    private int _number;
    private int _merged;
    private int _frontUnit;
    private bool _leadingType;

    private StreetWriter(StreetTokens tokens, Span<char> destination)
    {
        _tokens = tokens;
        _destination = destination;
    }

    /// <summary>Writes the form. Returns its length.</summary>
    /// <param name="folded">Folded text; apostrophes are removed from it in place.</param>
    /// <param name="destination">Receives the form.</param>
    public static int Write(Span<char> folded, Span<char> destination)
    {
        ReadOnlySpan<char> text = folded[..RemoveApostrophes(folded)];
        if (!StreetTokens.TrySplit(text, out StreetTokens tokens))
        {
            return StreetTokens.Clean(text, destination);
        }
        var writer = new StreetWriter(tokens, destination);
        writer.Assign();
        return writer.Emit();
    }

    private static int RemoveApostrophes(Span<char> text)
    {
        int length = 0;
        foreach (char c in text)
        {
            if (c is not ('\'' or '`'))
            {
                text[length++] = c;
            }
        }
        return length;
    }

    private void Assign()
    {
        _merged = -1;
        for (int i = 0; i < _tokens.Count && !_leadingType; i++)
        {
            _leadingType = StreetWords.Leading.Contains(StreetWords.Types.TryGet(_tokens[i], out string type) ? type : _tokens[i]);
        }
        _frontUnit = IsUnitAt(0) ? 0 : -1;
        _first = _frontUnit == 0 ? 2 : 0;
        while (IsNumberMark(_first))
        {
            _first++;
        }
        _number = _tokens.IsNumber(_first) ? _first : FindTrailingNumber(_first);
    }

    // "hauptstrasse 12 berlin", "via roma, 8", "calle 5 de mayo 10": the first number that no word follows, else the last one.
    private int FindTrailingNumber(int first)
    {
        int found = -1;
        for (int i = first + 1; i < _tokens.Count; i++)
        {
            if (!_tokens.IsNumber(i) || CountDigits(_tokens[i]) > 4 || HasOwner(i))
            {
                continue;
            }
            found = i;
            bool letterFollows = _tokens[i + 1] is [>= 'a' and <= 'z'] && !_tokens.StartsPart(i + 1) && (_tokens.StartsPart(i + 2) || IsUnitAt(i + 2));
            if (letterFollows && _tokens[i].ContainsAnyExceptInRange('0', '9') is false)
            {
                _merged = i + 1;
                break;
            }
            if (_tokens.StartsPart(i + 1) || _tokens.IsNumber(i + 1) || IsUnitAt(i + 1))
            {
                break;
            }
        }
        return found;
    }

    private readonly bool HasOwner(int number)
    {
        int previous = number - 1;
        while (previous > 0 && IsNumberMark(previous))
        {
            previous--;
        }
        return StreetWords.OwnNumber.Contains(_tokens[previous]) || IsUnitAt(previous);
    }

    private readonly bool IsNumberMark(int index)
    {
        if (index > 0 && IsUnitAt(index - 1))
        {
            return false;
        }
        int next = index;
        while (StreetWords.NumberMarks.Contains(_tokens[next]) || (_leadingType && _tokens[next] is "n"))
        {
            next++;
        }
        return next > index && _tokens.IsNumber(next);
    }

    private readonly bool IsUnitAt(int index)
    {
        ReadOnlySpan<char> word = _tokens[index];
        ReadOnlySpan<char> id = _tokens[index + 1];
        return (word is "#" || StreetWords.Units.Contains(word)) && !id.IsEmpty && id is not "#"
            && (char.IsAsciiDigit(id[0]) || id.Length == 1 || (id.Length <= 6 && id.ContainsAnyInRange('0', '9')));
    }

    private static int CountDigits(ReadOnlySpan<char> token)
    {
        int count = 0;
        while (count < token.Length && char.IsAsciiDigit(token[count]))
        {
            count++;
        }
        return count;
    }

    private int Emit()
    {
        ReadOnlySpan<char> splitUnit = EmitNumber();
        int first = _frontUnit < 0 ? 0 : 2;
        bool unitsPending = _frontUnit >= 0 || !splitUnit.IsEmpty;
        bool any = false;
        for (int i = first; i < _tokens.Count; i++)
        {
            if (i == _number || i == _merged || IsNumberMark(i) || (_tokens[i] is "#" && !IsUnitAt(i)))
            {
                continue;
            }
            if (unitsPending && any && (_tokens.StartsPart(i) || IsUnitAt(i)))
            {
                EmitUnits(splitUnit);
                unitsPending = false;
            }
            EmitWord(i, !any);
            any = true;
        }
        if (unitsPending)
        {
            EmitUnits(splitUnit);
        }
        return _length;
    }

    // Writes the house number; a slash parts unit and number: 4/12 before the street is unit 4, after the street unit 12.
    private ReadOnlySpan<char> EmitNumber()
    {
        if (_number < 0)
        {
            return [];
        }
        ReadOnlySpan<char> token = _tokens[_number];
        ReadOnlySpan<char> unit = [];
        int slash = token.IndexOf('/');
        bool digits = slash > 0 && char.IsAsciiDigit(token[slash + 1]) && token[(slash + 1)..].IndexOf('/') < 0;
        if (digits && _tokens.Count > 1)
        {
            bool before = _number <= _first;
            unit = before ? token[..slash] : token[(slash + 1)..];
            token = before ? token[(slash + 1)..] : token[..slash];
        }
        while (token.Length > 1 && token[0] == '0' && char.IsAsciiDigit(token[1]))
        {
            token = token[1..];
        }
        for (int i = 0; i < token.Length; i++)
        {
            bool joint = token[i] is '-' or '/' && char.IsAsciiLetter(token[i + 1]) && char.IsAsciiDigit(token[i - 1]);
            if (!joint)
            {
                _destination[_length++] = token[i];
            }
        }
        if (_merged >= 0)
        {
            _destination[_length++] = _tokens[_merged][0];
        }
        return unit;
    }

    private void EmitUnits(ReadOnlySpan<char> splitUnit)
    {
        if (!splitUnit.IsEmpty)
        {
            Append("unit");
            Append(splitUnit);
        }
        if (_frontUnit >= 0)
        {
            Append("unit");
            Append(_tokens[_frontUnit + 1]);
        }
    }

    private void EmitWord(int index, bool first)
    {
        ReadOnlySpan<char> word = _tokens[index];
        if (index > 0 && IsUnitAt(index - 1))
        {
            Append(word);
        }
        else if (word is "#" || StreetWords.Units.Contains(word))
        {
            Append(IsUnitAt(index) ? "unit" : word);
        }
        else if (word is "st")
        {
            Append(IsSaint(index, first) ? "saint" : "street");
        }
        else if (word is "dr")
        {
            Append(first && !_tokens.StartsPart(index + 1) ? "doctor" : "drive");
        }
        else if (word is "p" && _tokens[index + 1] is "o" && _tokens[index + 2] is "box")
        {
            Append("p");
        }
        else if (word is "o" && index > 0 && _tokens[index - 1] is "p" && _tokens[index + 1] is "box")
        {
            _destination[_length++] = 'o';
        }
        else if (StreetWords.Types.TryGet(word, out string target) || (!_leadingType && StreetWords.Directions.TryGet(word, out target)))
        {
            Append(target);
        }
        else
        {
            Append(word);
            if (word.Length > 4 && word.EndsWith("str") && char.IsAsciiLetter(word[0]))
            {
                "asse".CopyTo(_destination[_length..]);
                _length += 4;
            }
        }
    }

    // "st james st": a saint is followed by a name, and by a street type if a name came before.
    private readonly bool IsSaint(int index, bool first)
    {
        if (_tokens.StartsPart(index + 1) || _tokens.IsNumber(index + 1) || IsUnitAt(index + 1))
        {
            return false;
        }
        if (first)
        {
            return !StreetWords.Directions.TryGet(_tokens[index + 1], out _) || !_tokens.StartsPart(index + 2);
        }
        for (int i = index + 2; !_tokens.StartsPart(i); i++)
        {
            if (_tokens[i] is "st" || StreetWords.Types.TryGet(_tokens[i], out _))
            {
                return true;
            }
        }
        return false;
    }

    private void Append(ReadOnlySpan<char> word)
    {
        if (_length > 0)
        {
            _destination[_length++] = ' ';
        }
        word.CopyTo(_destination[_length..]);
        _length += word.Length;
    }
}
