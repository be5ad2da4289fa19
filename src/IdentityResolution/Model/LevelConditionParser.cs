namespace IdentityResolution;

/// <summary>Reads conditions: tests, joined by <c>and</c> and <c>or</c>, in brackets where wanted.</summary>
/// <remarks>
/// <code>
/// condition = all { "or" all }
/// all       = part { "and" part }
/// part      = "(" condition ")" | [ FIELD ":" ] test
/// </code>
/// Words stand apart by blanks; brackets may touch words; the colon touches its field.
/// </remarks>
internal sealed class LevelConditionParser
{
    // A condition nested deeper is no condition that a person wrote.
    private const int MaxDepth = 16;
    private readonly string[] _words;
    private int _next;
    private string _error = "";

    private LevelConditionParser(string text) => _words = text
        .Replace("(", " ( ", StringComparison.Ordinal)
        .Replace(")", " ) ", StringComparison.Ordinal)
        .Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Reads a condition; on failure <paramref name="error"/> says what is wrong and what is known.</summary>
    public static LevelCondition? Parse(string text, out string error)
    {
        var parser = new LevelConditionParser(text);
        LevelExpression? expression = parser.ReadAny(0);
        if (expression is not null && parser._next < parser._words.Length)
        {
            expression = null;
            string word = parser._words[parser._next];
            parser._error = word == ")" ? "')' closes no bracket." : $"'and' or 'or' is missing before '{word}'.";
        }
        else if (expression is { Join: not LevelJoin.Test } && expression.Tests.Any(test => test.Test.Function == LevelFunction.Else))
        {
            expression = null;
            parser._error = "'else' stands alone.";
        }
        error = parser._error;
        return expression switch
        {
            null => null,
            { Join: LevelJoin.Test, Field: null, Test.Other: null } => expression.Test,
            _ => new LevelCondition(LevelFunction.Combined, 0, default) { Expression = expression },
        };
    }

    private LevelExpression? ReadAny(int depth) => ReadJoined(LevelJoin.Any, "or", () => ReadJoined(LevelJoin.All, "and", () => ReadPart(depth)));

    private LevelExpression? ReadJoined(LevelJoin join, string word, Func<LevelExpression?> readPart)
    {
        var parts = new List<LevelExpression>();
        do
        {
            if (readPart() is not { } part)
            {
                return null;
            }
            parts.Add(part);
        }
        while (Take(word));
        return LevelExpression.Of(join, parts);
    }

    private LevelExpression? ReadPart(int depth)
    {
        if (Take("("))
        {
            if (depth == MaxDepth)
            {
                return Fail($"brackets stand more than {MaxDepth} deep.");
            }
            LevelExpression? inner = ReadAny(depth + 1);
            return inner is null || Take(")") ? inner : Fail("a bracket is not closed.");
        }
        int start = _next;
        while (_next < _words.Length && _words[_next] is not ("and" or "or" or "(" or ")"))
        {
            _next++;
        }
        string[] words = _words[start.._next];
        if (_next < _words.Length && _words[_next] == "(" && words.Length > 0)
        {
            return Fail($"'and' or 'or' is missing between '{string.Join(' ', words)}' and a bracket.");
        }
        string? field = words is [var first, ..] && first.EndsWith(':') ? first[..^1] : null;
        words = field is null ? words : words[1..];
        if (words.Length == 0 && _words.Length > 0)
        {
            return Fail(field is null ? $"a test is missing {(_next < _words.Length ? $"before '{_words[_next]}'" : "at the end")}." : $"a test is missing behind '{field}:'.");
        }
        if (LevelCondition.ParseTest(words, out _error) is not { } test)
        {
            return null;
        }
        if (field is not null && test.Function == LevelFunction.Else)
        {
            return Fail("'else' stands alone.");
        }
        return LevelExpression.Of(test, field);
    }

    private bool Take(string word)
    {
        bool stands = _next < _words.Length && string.Equals(_words[_next], word, StringComparison.Ordinal);
        _next += stands ? 1 : 0;
        return stands;
    }

    private LevelExpression? Fail(string error)
    {
        _error = error;
        return null;
    }
}
