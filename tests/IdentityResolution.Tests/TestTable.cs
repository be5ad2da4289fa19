using System.Text;
using IdentityResolution.Fields;
using IdentityResolution.Records;

namespace IdentityResolution.Tests;

/// <summary>Field tables written by hand: the values are taken as they are, without standardization.</summary>
internal static class TestTable
{
    /// <summary>Records of one source, called r0000, r0001, ...; null is missing. All fields hold as many values.</summary>
    public static FieldTable Of(params (string Name, string?[] Values)[] fields) =>
        Create(Keys([.. fields[0].Values.Select((_, i) => ("s", Id(i)))]), fields, shared: false);

    /// <summary>Records with keys of their own.</summary>
    /// <param name="keys">Source and id of each record.</param>
    /// <param name="fields">The fields; null is missing.</param>
    /// <param name="shared">Do all fields share one dictionary, as fields that may be swapped do?</param>
    public static FieldTable Create(RecordKeyIndex keys, IEnumerable<(string Name, string?[] Values)> fields, bool shared)
    {
        var common = new ValueDictionary();
        return new FieldTable(keys, fields.Select(field =>
        {
            ValueDictionary values = shared ? common : new ValueDictionary();
            int[] codes = [.. field.Values.Select(value => value is null ? -1 : values.GetOrAdd(Encoding.UTF8.GetBytes(value)))];
            return new FieldColumn(field.Name, values, codes);
        }).ToArray());
    }

    /// <summary>An index of these keys, in this order.</summary>
    public static RecordKeyIndex Keys(params (string Source, string Id)[] keys)
    {
        var index = new RecordKeyIndex();
        foreach ((string source, string id) in keys)
        {
            Assert.True(index.TryAdd(index.AddSource(source), Encoding.UTF8.GetBytes(id), out _));
        }
        return index;
    }

    /// <summary>The id of a record by its number.</summary>
    public static string Id(int record) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"r{record:D4}");
}
