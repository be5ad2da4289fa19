using System.Text;
using IdentityResolution.Lookup;

namespace IdentityResolution.Tests.Lookup;

public class LookupStateBuilderTests
{
    private readonly LookupStateBuilder _builder = new("somewhere");

    [Fact]
    public void Rows_and_ids_may_come_in_any_order()
    {
        _builder.AddRow(Row("1", "C2"));
        _builder.AddRow("crm", "2"u8, "C1"u8, "score", 0.25);
        _builder.AddEntity("C1", 7, "C2");
        _builder.AddEntity("C2", 9, null);

        LookupState state = _builder.Build(3);

        Assert.Equal([Row("1", "C2"), new LookupRow(new RecordKey("crm", "2"), "C1", "score", 0.25)], state.Rows);
        Assert.Equal([new EntityState("C2", 9, null), new EntityState("C1", 7, "C2")], state.Entities);
        Assert.Equal(3, state.RunCount);
    }

    [Fact]
    public void Many_rows_and_ids_in_bytes_are_those_in_strings()
    {
        var strings = new LookupStateBuilder("elsewhere");
        for (int number = 1; number <= 5_000; number++)
        {
            // Most ids are met in rows first.
            string id = $"C{number * 7919 % 1_500}";
            _builder.AddRow("crm", Utf8($"{number}"), Utf8(id), "", null);
            strings.AddRow(new LookupRow(new RecordKey("crm", $"{number}"), id, "", null));
            if (number <= 1_500)
            {
                (string entity, string? successor, bool isRetired) = ($"C{number - 1}", number % 10 == 0 ? $"C{number}" : null, number % 10 == 1);
                successor = successor == "C1500" ? null : successor;
                _builder.AddEntity(Utf8(entity), number, Utf8(successor ?? ""), isRetired);
                strings.AddEntity(new EntityState(entity, number, successor) { IsRetired = isRetired });
            }
        }
        (LookupState bytes, LookupState expected) = (_builder.Build(1), strings.Build(1));
        Assert.Equal(expected.Rows, bytes.Rows);
        Assert.Equal(expected.Entities.OrderBy(entity => entity.CreatedSequence), bytes.Entities.OrderBy(entity => entity.CreatedSequence));
        Assert.Equal(5_000, bytes.Rows.Count);
    }

    [Fact]
    public void Chains_of_successors_are_compressed()
    {
        _builder.AddEntity("C1", 1, "C2");
        _builder.AddEntity("C2", 2, "C3");
        _builder.AddEntity("C3", 3, null);

        Assert.Equal("C3", _builder.Build(1).Entities.Single(entity => entity.EntityId == "C1").SuccessorId);
    }

    [Fact]
    public void An_unknown_id_is_refused()
    {
        _builder.AddRow(Row("1", "C1"));
        Assert.Throws<LookupFormatException>(() => _builder.Build(0));
    }

    [Fact]
    public void A_circle_of_successors_is_refused()
    {
        _builder.AddEntity("C1", 1, "C2");
        _builder.AddEntity("C2", 2, "C1");
        Assert.Throws<LookupFormatException>(() => _builder.Build(0));
    }

    [Fact]
    public void An_id_that_succeeds_itself_is_refused()
    {
        _builder.AddEntity("C1", 1, "C1");
        Assert.Throws<LookupFormatException>(() => _builder.Build(0));
    }

    [Fact]
    public void A_second_row_of_a_record_is_refused()
    {
        _builder.AddRow(Row("1", "C1"));
        Assert.Throws<LookupFormatException>(() => _builder.AddRow(Row("1", "C2")));
    }

    [Fact]
    public void A_second_statement_about_an_id_is_refused()
    {
        _builder.AddEntity("C1", 1, null);
        Assert.Throws<LookupFormatException>(() => _builder.AddEntity("C1", 2, null));
    }

    [Theory]
    [InlineData("", "1", "C1", 0.5)]
    [InlineData("crm", "", "C1", 0.5)]
    [InlineData("crm", "1", "", 0.5)]
    [InlineData("crm", "1", "C1", 1.5)]
    [InlineData("crm", "1", "C1", double.NaN)]
    public void A_row_that_lacks_a_part_is_refused(string source, string id, string entityId, double probability) => Assert.Throws<LookupFormatException>(
        () => _builder.AddRow(new LookupRow(new RecordKey(source, id), entityId, "", probability)));

    [Theory]
    [InlineData("", 1)]
    [InlineData("C1", 0)]
    public void An_id_that_lacks_a_part_is_refused(string entityId, long sequence) =>
        Assert.Throws<LookupFormatException>(() => _builder.AddEntity(entityId, sequence, null));

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static LookupRow Row(string id, string entityId) => new(new RecordKey("crm", id), entityId, "", null);
}
