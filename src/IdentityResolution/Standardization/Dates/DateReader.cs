using IdentityResolution.Standardization.Text;

namespace IdentityResolution.Standardization.Dates;

/// <summary>Reads dates from folded text.</summary>
internal readonly struct DateReader(DateOrder order, int pivot)
{
    /// <summary>Reads the parts of a date. False when the text is no date, not even a partial or an impossible one.</summary>
    public bool TryRead(ReadOnlySpan<char> folded, out DateParts parts)
    {
        parts = default;
        ReadOnlySpan<char> text = CutTime(folded);
        Groups groups = default;
        if (!groups.TrySplit(text))
        {
            return false;
        }
        if (groups.Month > 0)
        {
            return ReadNamed(ref groups, out parts);
        }
        return groups.Count switch
        {
            1 => ReadOne(groups[0], out parts),
            2 => ReadTwo(text, groups[0], groups[1], out parts),
            3 => ReadThree(groups[0], groups[1], groups[2], out parts),
            _ => false,
        };
    }

    /// <summary>Cuts everything from the first hour on: "1980-03-05T10:20:30Z", "5/3/1980 10:20".</summary>
    public static ReadOnlySpan<char> CutTime(ReadOnlySpan<char> text)
    {
        int colon = text.IndexOf(':');
        if (colon < 0)
        {
            return text;
        }
        int start = colon;
        while (start > 0 && char.IsAsciiDigit(text[start - 1]))
        {
            start--;
        }
        if (start > 0 && text[start - 1] == 't')
        {
            start--;
        }
        return start == 0 ? text : text[..start];
    }

    private static DateParts Of(int year, int month, int day) => new(year, month, day, DatePart.All);

    private int FullYear(NumberGroup group)
    {
        if (group.Length > 2)
        {
            return group.Value;
        }
        int year = (pivot / 100 * 100) + group.Value;
        return year > pivot ? year - 100 : year;
    }

    private bool ReadNamed(ref Groups groups, out DateParts parts)
    {
        parts = default;
        if (groups.Count == 1)
        {
            NumberGroup only = groups[0];
            parts = only.Length == 4
                ? new DateParts(only.Value, groups.Month, 0, DatePart.Year | DatePart.Month)
                : new DateParts(0, groups.Month, only.Value, DatePart.Month | DatePart.Day);
            return only.Length is 1 or 2 or 4;
        }
        if (groups.Count != 2 || groups[0].Length == 3 || groups[1].Length == 3 || groups[0].Length > 4 || groups[1].Length > 4)
        {
            return false;
        }
        // "1980 march 5" against "5 march 1980", "march 5, 1980" and "15-mar-92".
        bool yearFirst = groups[0].Length == 4 && groups[1].Length <= 2;
        (NumberGroup year, NumberGroup day) = yearFirst ? (groups[0], groups[1]) : (groups[1], groups[0]);
        parts = Of(FullYear(year), groups.Month, day.Value);
        return day.Length <= 2;
    }

    private bool ReadOne(NumberGroup group, out DateParts parts)
    {
        parts = default;
        int value = group.Value;
        switch (group.Length)
        {
            case 4:
                parts = new DateParts(value, 0, 0, DatePart.Year);
                return true;
            case 6:
                return ReadSix(value, out parts);
            case 7:
            case 8:
                return ReadEight(value, group.Length, out parts);
            case 14:
                parts = Of((int)(group.Long / 10_000_000_000), (int)(group.Long / 100_000_000 % 100), (int)(group.Long / 1_000_000 % 100));
                return parts.IsPossible;
            default:
                return false;
        }
    }

    // yyyyMMdd, or as the order says with the year last; an impossible one is kept where its first or last four digits look like a year.
    private bool ReadEight(int value, int length, out DateParts parts)
    {
        DateParts yearFirst = Of(value / 10_000, value / 100 % 100, value % 100);
        DateParts yearLast = ReadOrdered(new NumberGroup(value / 1_000_000, 2), new NumberGroup(value / 10_000 % 100, 2), value % 10_000);
        if (length == 7)
        {
            parts = yearLast;
            return yearLast.IsPossible;
        }
        parts = yearFirst;
        if (yearFirst.IsPossible || (!yearLast.IsPossible && !IsLikelyYear(yearLast.Year)))
        {
            return true;
        }
        if (yearLast.IsPossible || !IsLikelyYear(yearFirst.Year))
        {
            parts = yearLast;
        }
        return true;
    }

    private bool ReadSix(int value, out DateParts parts)
    {
        var first = new NumberGroup(value / 10_000, 2);
        var second = new NumberGroup(value / 100 % 100, 2);
        var third = new NumberGroup(value % 100, 2);
        parts = order == DateOrder.YearMonthDay
            ? Of(FullYear(first), second.Value, third.Value)
            : ReadOrdered(first, second, FullYear(third));
        if (parts.IsPossible)
        {
            return true;
        }
        parts = ReadOrdered(first, second, FullYear(third));
        if (parts.IsPossible)
        {
            return true;
        }
        parts = new DateParts(value / 100, value % 100, 0, DatePart.Year | DatePart.Month);
        return parts.IsPossible;
    }

    private bool ReadTwo(ReadOnlySpan<char> text, NumberGroup first, NumberGroup second, out DateParts parts)
    {
        parts = default;
        if (first.Length == 4 && second.Length <= 2)
        {
            parts = new DateParts(first.Value, second.Value, 0, DatePart.Year | DatePart.Month);
            return true;
        }
        if (first.Length <= 2 && second.Length == 4)
        {
            // A gap of two blanks is a month left out between day and year; the day alone says nothing then.
            bool month = first.Value <= 12 && (text[0] == ' ' || !text.Contains("  ", StringComparison.Ordinal));
            parts = month
                ? new DateParts(second.Value, first.Value, 0, DatePart.Year | DatePart.Month)
                : new DateParts(second.Value, 0, 0, DatePart.Year);
            return true;
        }
        if (first.Length > 2 || second.Length > 2)
        {
            return false;
        }
        bool monthFirst = text.TrimStart().StartsWith("--") || (order == DateOrder.MonthDayYear ? first.Value <= 12 : second.Value > 12);
        parts = monthFirst
            ? new DateParts(0, first.Value, second.Value, DatePart.Month | DatePart.Day)
            : new DateParts(0, second.Value, first.Value, DatePart.Month | DatePart.Day);
        return true;
    }

    private bool ReadThree(NumberGroup first, NumberGroup second, NumberGroup third, out DateParts parts)
    {
        parts = default;
        if (second.Length > 2 || first.Length is 3 or > 4 || third.Length is 3 or > 4)
        {
            return false;
        }
        if (first.Length == 4)
        {
            parts = Of(first.Value, second.Value, third.Value);
            return third.Length <= 2;
        }
        if (third.Length <= 2 && first.Value > 31)
        {
            parts = Of(FullYear(first), second.Value, third.Value);
            return true;
        }
        parts = ReadOrdered(first, second, FullYear(third));
        return true;
    }

    private DateParts ReadOrdered(NumberGroup first, NumberGroup second, int year)
    {
        bool monthFirst = order == DateOrder.MonthDayYear;
        (int month, int day) = monthFirst ? (first.Value, second.Value) : (second.Value, first.Value);
        if (month is > 12 and <= 31 && day <= 12)
        {
            monthFirst = !monthFirst;
        }
        return monthFirst ? Of(year, first.Value, second.Value) : Of(year, second.Value, first.Value);
    }

    private static bool IsLikelyYear(int year) => year is >= 1800 and <= 2100;
}
