using System.Text;

namespace IdentityResolution.Interchange;

/// <summary>What a word of SQL is.</summary>
internal enum SqlTokenKind
{
    /// <summary>A bare word: keyword, function, column.</summary>
    Word,

    /// <summary>A quoted name.</summary>
    Name,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A text in single quotes.</summary>
    Text,

    /// <summary>An operator or a bracket.</summary>
    Symbol,

    /// <summary>Nothing more.</summary>
    End,
}

/// <summary>A word of SQL.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The word, without quotes.</param>
internal readonly record struct SqlToken(SqlTokenKind Kind, string Text);

/// <summary>Splits SQL into words.</summary>
internal static class SqlTokenizer
{
    private static readonly string[] LongSymbols = ["<=", ">=", "<>", "!=", "::", "||", "=="];

    /// <summary>The words, closed by one of kind <see cref="SqlTokenKind.End"/>.</summary>
    /// <exception cref="FormatException">A quote is not closed, or a character has no place in a condition.</exception>
    public static List<SqlToken> Split(string sql)
    {
        var tokens = new List<SqlToken>();
        for (int i = 0; i < sql.Length;)
        {
            char c = sql[i];
            if (char.IsWhiteSpace(c))
            {
                i++;
            }
            else if (c is '\'' or '"' or '`')
            {
                tokens.Add(new SqlToken(c == '\'' ? SqlTokenKind.Text : SqlTokenKind.Name, Quoted(sql, ref i)));
            }
            else if (char.IsAsciiDigit(c) || (c == '.' && i + 1 < sql.Length && char.IsAsciiDigit(sql[i + 1])))
            {
                tokens.Add(new SqlToken(SqlTokenKind.Number, Number(sql, ref i)));
            }
            else if (char.IsLetter(c) || c == '_')
            {
                int start = i;
                while (i < sql.Length && (char.IsLetterOrDigit(sql[i]) || sql[i] == '_'))
                {
                    i++;
                }
                tokens.Add(new SqlToken(SqlTokenKind.Word, sql[start..i]));
            }
            else
            {
                string symbol = Array.Find(LongSymbols, candidate => sql.AsSpan(i).StartsWith(candidate, StringComparison.Ordinal)) ?? c.ToString();
                if (symbol.Length == 1 && !"=<>+-*/%(),.".Contains(c, StringComparison.Ordinal))
                {
                    throw new FormatException($"the character '{c}' is not understood");
                }
                tokens.Add(new SqlToken(SqlTokenKind.Symbol, symbol));
                i += symbol.Length;
            }
        }
        tokens.Add(new SqlToken(SqlTokenKind.End, ""));
        return tokens;
    }

    // A doubled quote stands for one.
    private static string Quoted(string sql, ref int i)
    {
        char quote = sql[i++];
        var text = new StringBuilder();
        while (i < sql.Length)
        {
            if (sql[i] != quote)
            {
                text.Append(sql[i++]);
            }
            else if (i + 1 < sql.Length && sql[i + 1] == quote)
            {
                text.Append(quote);
                i += 2;
            }
            else
            {
                i++;
                return text.ToString();
            }
        }
        throw new FormatException("a quote is not closed");
    }

    private static string Number(string sql, ref int i)
    {
        int start = i;
        while (i < sql.Length && (char.IsAsciiDigit(sql[i]) || sql[i] == '.'))
        {
            i++;
        }
        if (i < sql.Length && sql[i] is ('e' or 'E'))
        {
            int exponent = i + 1 < sql.Length && sql[i + 1] is ('+' or '-') ? i + 2 : i + 1;
            if (exponent < sql.Length && char.IsAsciiDigit(sql[exponent]))
            {
                i = exponent;
                while (i < sql.Length && char.IsAsciiDigit(sql[i]))
                {
                    i++;
                }
            }
        }
        return sql[start..i];
    }
}
