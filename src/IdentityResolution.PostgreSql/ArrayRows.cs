using System.Text;
using Npgsql;

namespace IdentityResolution.PostgreSql;

/// <summary>Few rows as one array per column, to be sent as parameters: a small commit makes no temporary table.</summary>
internal sealed class ArrayRows(IReadOnlyList<StagedColumn> columns) : IRowWriter
{
    private readonly List<object?>[] _values = [.. columns.Select(_ => new List<object?>())];
    private int _column;

    public void Text(string? text) => Add(text);

    public void Bytes(ReadOnlySpan<byte> bytes) => Add(columns[_column].Type == "bytea" ? bytes.ToArray() : Encoding.UTF8.GetString(bytes));

    public void Truth(bool value) => Add(value);

    public void Integer(long number) => Add(number);

    public void Real(double? number) => Add(number);

    /// <summary>What stands behind FROM.</summary>
    public string From()
    {
        // A collation is no part of an array's type.
        IEnumerable<string> arrays = columns.Select((column, index) => $"${index + 1}::{column.Type.Replace(" COLLATE \"C\"", "", StringComparison.Ordinal)}[]");
        return $"unnest({string.Join(", ", arrays)}) AS n ({string.Join(", ", columns.Select(column => column.Name))})";
    }

    /// <summary>The parameters of <see cref="From"/>.</summary>
    public NpgsqlParameter[] Parameters() => [.. columns.Select((column, index) => Parameter(column.Type, _values[index]))];

    private static NpgsqlParameter Parameter(string type, List<object?> values) => type switch
    {
        "bigint" => new NpgsqlParameter<long[]> { TypedValue = [.. values.Select(value => (long)value!)] },
        "boolean" => new NpgsqlParameter<bool[]> { TypedValue = [.. values.Select(value => (bool)value!)] },
        "double precision" => new NpgsqlParameter<double?[]> { TypedValue = [.. values.Select(value => (double?)value)] },
        "bytea" => new NpgsqlParameter<byte[][]> { TypedValue = [.. values.Select(value => (byte[])value!)] },
        _ => new NpgsqlParameter<string?[]> { TypedValue = [.. values.Select(value => (string?)value)] },
    };

    private void Add(object? value)
    {
        _values[_column].Add(value);
        _column = (_column + 1) % _values.Length;
    }
}
