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
    private bool _afterType;

    private StreetWriter(ReadOnlySpan<char> text, Span<char> destination)
    {
        _tokens = new StreetTokens(text);
        _destination = destination;
    }

    /// <summary>Writes the form. Returns its length.</summary>
    /// <param name="folded">Folded text; apostrophes are removed from it in place.</param>
    /// <param name="destination">Receives the form.</param>
    public static int Write(Span<char> folded, Span<char> destination)
    {
        ReadOnlySpan<char> text = folded[..RemoveApostrophes(folded)];
        var writer = new StreetWriter(text, destination);
        if (!writer._tokens.TrySplit())
        {
            return StreetTokens.Clean(text, destination);
        }
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
            _leadingType = _tokens.Is(i, StreetRoles.Leading);
        }
        _frontUnit = IsUnitAt(0) ? 0 : -1;
        _first = UnitId(0) + 1;
        while (IsNumberMark(_first))
        {
            _first++;
        }
        _number = _tokens.IsNumber(_first) ? _first : FindTrailingNumber(_first);
        MergeRepeat();
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
            if (IsRepeat(i + 1) || (letterFollows && Words.AreDigits(_tokens[i])))
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

    // "5 bis": the second house with the number, as 5a.
    private readonly bool IsRepeat(int index) => _tokens[index] is "bis" or "ter" or "quater" && Words.AreDigits(_tokens[index - 1]) && !_tokens.StartsPart(index);

    // The form has the number in front, so the word that comes next there belongs to it.
    private void MergeRepeat()
    {
        int next = _frontUnit < 0 ? 0 : _first;
        while (next < _tokens.Count && (next == _number || IsNumberMark(next) || (_tokens[next] is "#" && !IsUnitAt(next))))
        {
            next++;
        }
        if (_number >= 0 && _merged < 0 && _tokens[next] is "bis" or "ter" or "quater" && Words.AreDigits(_tokens[_number]))
        {
            _merged = next;
        }
    }

    private readonly bool HasOwner(int number)
    {
        int previous = number - 1;
        while (previous > 0 && IsNumberMark(previous))
        {
            previous--;
        }
        return _tokens.Is(previous, StreetRoles.OwnNumber) || IsUnitId(number);
    }

    // "no" before a number, and in continental addresses "n", or "d", but not where it is itself the name of a unit.
    private readonly bool IsNumberMark(int index)
    {
        if (IsUnitId(index))
        {
            return false;
        }
        int next = SkipMarks(index);
        return next > index && _tokens.IsNumber(next);
    }

    private readonly int SkipMarks(int index)
    {
        while (_tokens.Is(index, StreetRoles.NumberMark) || (_leadingType && _tokens[index] is "n" or "d"))
        {
            index++;
        }
        return index;
    }

    private readonly bool IsUnitAt(int index) => UnitId(index) >= 0;

    private readonly bool IsUnitId(int index)
    {
        int word = index - 1;
        while (word > 0 && SkipMarks(word) > word)
        {
            word--;
        }
        return word >= 0 && UnitId(word) == index;
    }

    // Where the name of the unit stands whose word (apt, #) is at the index; -1 when it is no such word or has no name.
    private readonly int UnitId(int index)
    {
        ReadOnlySpan<char> word = _tokens[index];
        // Poland writes "ulica 12 m. 5" for flat 5 of house 12; a number in front is followed by the street.
        bool flat = word is "m" && index > 1 && _tokens.IsNumber(index - 1) && _tokens.IsNumber(index + 1);
        if (word is not "#" && !flat && !_tokens.Is(index, StreetRoles.Unit))
        {
            return -1;
        }
        int number = SkipMarks(index + 1);
        number = _tokens.IsNumber(number) ? number : index + 1;
        ReadOnlySpan<char> id = _tokens[number];
        bool fits = !id.IsEmpty && id is not "#" && (char.IsAsciiDigit(id[0]) || id.Length == 1 || (id.Length <= 6 && Words.HasDigit(id)));
        return fits ? number : -1;
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
        int first = _frontUnit < 0 ? 0 : UnitId(_frontUnit) + 1;
        bool unitsPending = _frontUnit >= 0 || !splitUnit.IsEmpty;
        bool any = false;
        for (int i = first; i < _tokens.Count; i++)
        {
            if (i == _number || i == _merged || IsNumberMark(i) || (_tokens[i] is "#" && !IsUnitAt(i)))
            {
                continue;
            }
            // A second unit in front keeps the first one there, or it would come to the front itself.
            if (unitsPending && (any ? _tokens.StartsPart(i) || IsUnitAt(i) : _number < 0 && IsUnitAt(i)))
            {
                EmitUnits(splitUnit);
                unitsPending = false;
            }
            EmitWord(i, !any);
            any = true;
            _afterType = _tokens.Is(i, StreetRoles.Type) || _tokens[i] is "st" or "dr";
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
        bool single = token.Count('-') + token.Count('/') == 1;
        for (int i = 0; i < token.Length; i++)
        {
            bool joint = single && token[i] is '-' or '/' && char.IsAsciiLetter(token[i + 1]) && char.IsAsciiDigit(token[i - 1]);
            if (!joint)
            {
                _destination[_length++] = token[i];
            }
        }
        if (_merged >= 0)
        {
            _tokens[_merged].CopyTo(_destination[_length..]);
            _length += _tokens[_merged].Length;
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
            Append(_tokens[UnitId(_frontUnit)]);
        }
    }

    private void EmitWord(int index, bool first)
    {
        ReadOnlySpan<char> word = _tokens[index];
        if (IsUnitId(index))
        {
            Append(word);
        }
        else if (IsUnitAt(index))
        {
            Append("unit");
        }
        else if (word is "#" || _tokens.Is(index, StreetRoles.Unit))
        {
            Append(word);
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
        else if (_tokens.Target(index) is { } target && (!_tokens.Is(index, StreetRoles.Direction) || IsDirection(index, first)))
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

    // A single letter is a direction before the name, after the street type and at the end; elsewhere it is an initial or a slip.
    private readonly bool IsDirection(int index, bool first) =>
        !_leadingType
        && (_tokens[index].Length > 1 || first || _afterType || _tokens.StartsPart(index + 1)
            || index + 1 == _number || index + 1 == _merged || IsNumberMark(index + 1) || IsUnitAt(index + 1));

    // "st james st": a saint is followed by a name, and by a street type if a name came before.
    private readonly bool IsSaint(int index, bool first)
    {
        if (_tokens.StartsPart(index + 1) || _tokens.IsNumber(index + 1) || IsUnitAt(index + 1))
        {
            return false;
        }
        if (_tokens.Is(index + 1, StreetRoles.Joint) || (index > 0 && _tokens.IsOrdinal(index - 1)))
        {
            return false;
        }
        if (first)
        {
            return !_tokens.Is(index + 1, StreetRoles.Direction) || !_tokens.StartsPart(index + 2);
        }
        for (int i = index + 2; !_tokens.StartsPart(i); i++)
        {
            if (_tokens[i] is "st" || _tokens.Is(i, StreetRoles.Type))
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
