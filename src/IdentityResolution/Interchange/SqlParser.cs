using System.Globalization;

namespace IdentityResolution.Interchange;

/// <summary>Reads the SQL of comparison levels and blocking rules: expressions, as far as such conditions use them.</summary>
internal sealed class SqlParser
{
    private const int MaxDepth = 100;
    private static readonly string[] Comparers = ["=", "==", "<>", "!=", "<", "<=", ">", ">="];

    private readonly List<SqlToken> _tokens;
    private readonly bool _qualified;
    private int _next;
    private int _depth;

    private SqlParser(List<SqlToken> tokens, bool qualified)
    {
        _tokens = tokens;
        _qualified = qualified;
    }

    /// <summary>Reads a condition.</summary>
    /// <param name="sql">The SQL.</param>
    /// <param name="qualified">Are the sides told by <c>l.</c> and <c>r.</c>, as in blocking rules, and not by <c>_l</c> and <c>_r</c> at the end?</param>
    /// <param name="error">Why it can't be read; empty when it can.</param>
    /// <returns>The condition; null when it can't be read.</returns>
    public static SqlNode? Parse(string sql, bool qualified, out string error)
    {
        try
        {
            var parser = new SqlParser(SqlTokenizer.Split(sql), qualified);
            SqlNode node = parser.Or();
            if (parser.Current.Kind != SqlTokenKind.End)
            {
                throw parser.Unexpected();
            }
            error = "";
            return node;
        }
        catch (FormatException exception)
        {
            error = exception.Message;
            return null;
        }
    }

    private SqlToken Current => _tokens[_next];

    private SqlNode Or() => Joined("or", And);

    private SqlNode And() => Joined("and", Not);

    private SqlNode Joined(string word, Func<SqlNode> part)
    {
        if (++_depth > MaxDepth)
        {
            throw new FormatException("the condition is nested too deeply");
        }
        var parts = new List<SqlNode>();
        do
        {
            SqlNode next = part();
            // Brackets around the same operator say nothing.
            parts.AddRange(next.Kind == SqlKind.Call && string.Equals(next.Name, word, StringComparison.Ordinal) ? next.Arguments : [next]);
        }
        while (TakeWord(word));
        _depth--;
        return parts.Count == 1 ? parts[0] : SqlNode.Call(word, parts);
    }

    private SqlNode Not()
    {
        bool negated = false;
        while (TakeWord("not"))
        {
            negated = !negated;
        }
        SqlNode node = Comparison();
        return negated ? SqlNode.Call("not", node) : node;
    }

    private SqlNode Comparison()
    {
        SqlNode left = Sum();
        if (TakeWord("is"))
        {
            bool negated = TakeWord("not");
            ExpectWord("null");
            return SqlNode.Call(negated ? "is not null" : "is null", left);
        }
        foreach (string comparer in Comparers)
        {
            if (TakeSymbol(comparer))
            {
                string name = comparer switch { "==" => "=", "!=" => "<>", _ => comparer };
                return SqlNode.Call(name, left, Sum());
            }
        }
        return left;
    }

    private SqlNode Sum() => Operated(Product, "+", "-", "||");

    private SqlNode Product() => Operated(Unary, "*", "/", "%");

    private SqlNode Operated(Func<SqlNode> part, params string[] operators)
    {
        SqlNode node = part();
        while (Array.Find(operators, TakeSymbol) is { } symbol)
        {
            node = SqlNode.Call(symbol, node, part());
        }
        return node;
    }

    private SqlNode Unary()
    {
        bool negated = false;
        while (TakeSymbol("-"))
        {
            negated = !negated;
        }
        SqlNode node = Primary();
        while (TakeSymbol("::"))
        {
            node = SqlNode.Call($"cast {Type()}", node);
        }
        return !negated ? node : node.Kind == SqlKind.Number ? new SqlNode(SqlKind.Number, "-" + node.Name) : SqlNode.Call("-", node);
    }

    private SqlNode Primary()
    {
        SqlToken token = Take();
        switch (token.Kind)
        {
            case SqlTokenKind.Number when double.TryParse(token.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out _):
                return new SqlNode(SqlKind.Number, token.Text);
            case SqlTokenKind.Text:
                return new SqlNode(SqlKind.Text, token.Text);
            case SqlTokenKind.Name:
                return Column(token.Text);
            case SqlTokenKind.Word:
                return Word(token.Text);
            case SqlTokenKind.Symbol when token.Text is "(":
                SqlNode node = Or();
                ExpectSymbol(")");
                return node;
            default:
                _next--;
                throw Unexpected();
        }
    }

    private SqlNode Word(string word)
    {
        string name = word.ToLowerInvariant();
        if (name is "case")
        {
            ExpectWord("when");
            SqlNode condition = Or();
            ExpectWord("then");
            SqlNode then = Or();
            ExpectWord("else");
            SqlNode otherwise = Or();
            ExpectWord("end");
            return SqlNode.Call("case", condition, then, otherwise);
        }
        if (!TakeSymbol("("))
        {
            return name is "null" or "true" or "false" ? SqlNode.Call(name) : Column(word);
        }
        if (name is "cast" or "try_cast")
        {
            SqlNode value = Or();
            ExpectWord("as");
            value = SqlNode.Call($"cast {Type()}", value);
            ExpectSymbol(")");
            return value;
        }
        if (name is "extract")
        {
            string part = Take().Text.ToLowerInvariant();
            ExpectWord("from");
            SqlNode value = Or();
            ExpectSymbol(")");
            return part is "epoch" ? SqlNode.Call("epoch", value) : SqlNode.Call("date_part", new SqlNode(SqlKind.Text, part), value);
        }
        var arguments = new List<SqlNode>();
        while (!TakeSymbol(")"))
        {
            if (arguments.Count > 0)
            {
                ExpectSymbol(",");
            }
            arguments.Add(Or());
        }
        return SqlNode.Call(name, arguments);
    }

    private SqlNode Column(string name)
    {
        string? qualifier = null;
        if (TakeSymbol("."))
        {
            qualifier = name;
            SqlToken token = Take();
            if (token.Kind is not (SqlTokenKind.Word or SqlTokenKind.Name))
            {
                _next--;
                throw Unexpected();
            }
            name = token.Text;
        }
        if (_qualified)
        {
            return new SqlNode(qualifier?.ToLowerInvariant() switch { "l" => SqlKind.Left, "r" => SqlKind.Right, _ => SqlKind.Column }, name);
        }
        bool left = name.EndsWith("_l", StringComparison.Ordinal);
        bool right = name.EndsWith("_r", StringComparison.Ordinal);
        return qualifier is null && name.Length > 2 && (left || right)
            ? new SqlNode(left ? SqlKind.Left : SqlKind.Right, name[..^2])
            : new SqlNode(SqlKind.Column, name);
    }

    private string Type()
    {
        string type = Take().Text.ToLowerInvariant();
        if (TakeWord("precision"))
        {
            return type;
        }
        if (TakeSymbol("("))
        {
            while (!TakeSymbol(")"))
            {
                if (Take().Kind == SqlTokenKind.End)
                {
                    throw Unexpected();
                }
            }
        }
        return type;
    }

    private SqlToken Take() => Current.Kind == SqlTokenKind.End ? throw Unexpected() : _tokens[_next++];

    private bool TakeWord(string word)
    {
        bool taken = Current.Kind == SqlTokenKind.Word && string.Equals(Current.Text, word, StringComparison.OrdinalIgnoreCase);
        _next += taken ? 1 : 0;
        return taken;
    }

    private bool TakeSymbol(string symbol)
    {
        bool taken = Current.Kind == SqlTokenKind.Symbol && string.Equals(Current.Text, symbol, StringComparison.Ordinal);
        _next += taken ? 1 : 0;
        return taken;
    }

    private void ExpectWord(string word)
    {
        if (!TakeWord(word))
        {
            throw Unexpected();
        }
    }

    private void ExpectSymbol(string symbol)
    {
        if (!TakeSymbol(symbol))
        {
            throw Unexpected();
        }
    }

    // A text may be a value of somebody: it is not repeated.
    private FormatException Unexpected() => new(Current.Kind switch
    {
        SqlTokenKind.End => "the condition ends too early",
        SqlTokenKind.Text => "a text stands where it is not understood",
        _ => $"'{Current.Text}' is not understood here",
    });
}
