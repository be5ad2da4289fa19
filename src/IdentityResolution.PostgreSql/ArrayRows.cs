using System.Text;
using Npgsql;

namespace IdentityResolution.PostgreSql;

/// <summary>Few rows as one array per column, to be sent as parameters: a small commit makes no temporary table.</summary>
internal sealed class ArrayRows : IRowWriter
{
    private readonly IReadOnlyList<StagedColumn> _columns;
    private readonly Values[] _values;
    private int _column;

    /// <summary>Starts without rows.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="capacity">About how many rows there will be.</param>
    public ArrayRows(IReadOnlyList<StagedColumn> columns, int capacity)
    {
        _columns = columns;
        _values = [.. columns.Select(column => Create(column.Type, capacity))];
    }

    public void Text(string? text) => Next<string?>().Add(text);

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        if (_columns[_column].Type == "bytea")
        {
            Next<byte[]>().Add(bytes.ToArray());
        }
        else
        {
            Next<string?>().Add(Encoding.UTF8.GetString(bytes));
        }
    }

    public void Truth(bool value) => Next<bool>().Add(value);

    public void Integer(long number) => Next<long>().Add(number);

    public void Real(double? number) => Next<double?>().Add(number);

    /// <summary>What stands behind FROM.</summary>
    public string From()
    {
        // A collation is no part of an array's type.
        IEnumerable<string> arrays = _columns.Select((column, index) => $"${index + 1}::{column.Type.Replace(" COLLATE \"C\"", "", StringComparison.Ordinal)}[]");
        return $"unnest({string.Join(", ", arrays)}) AS n ({string.Join(", ", _columns.Select(column => column.Name))})";
    }

    /// <summary>The parameters of <see cref="From"/>, new ones each time: a statement owns its parameters.</summary>
    public NpgsqlParameter[] Parameters() => [.. _values.Select(values => values.Parameter())];

    private static Values Create(string type, int capacity) => type switch
    {
        "bigint" => new Values<long>(capacity),
        "boolean" => new Values<bool>(capacity),
        "double precision" => new Values<double?>(capacity),
        "bytea" => new Values<byte[]>(capacity),
        _ => new Values<string?>(capacity),
    };

    private Values<T> Next<T>()
    {
        var values = (Values<T>)_values[_column];
        _column = (_column + 1) % _values.Length;
        return values;
    }

    private abstract class Values
    {
        public abstract NpgsqlParameter Parameter();
    }

    private sealed class Values<T>(int capacity) : Values
    {
        private readonly List<T> _list = new(capacity);
        private T[]? _array;

        public void Add(T value) => _list.Add(value);

        public override NpgsqlParameter Parameter() => new NpgsqlParameter<T[]> { TypedValue = _array ??= [.. _list] };
    }
}
