namespace IdentityResolution.Tests.Fields;

public class SeveralValuesTests
{
    [Fact]
    public void Two_phones_in_either_order_compare_by_the_best_pair()
    {
        Resolution resolution = Resolve(
            new Field { Name = "phone", Kind = FieldKind.Phone, Columns = Column("home"), Alternatives = [new FieldAlternative { Columns = Column("mobile") }] },
            [("home", "02079460001"), ("mobile", "07700900001")],
            [("home", "07700900001"), ("mobile", null)],
            [("home", "02079460002"), ("mobile", "07700900002")]);
        Assert.Equal(["r0000-r0001"], Links(resolution));
    }

    [Fact]
    public void Packed_values_match_one_by_one_and_only_under_one_label()
    {
        var field = new Field { Name = "ids", Kind = FieldKind.Identifier, Columns = Column("ids"), Separators = [";"] };
        Resolution resolution = Resolve(
            field,
            [("ids", "SSN 12345; DL 7788")],
            [("ids", "dl: 7788")],
            [("ids", "passport 12345")],
            [("ids", "ssn 12345; passport 9")]);
        Assert.Equal(["r0000-r0001", "r0000-r0003"], Links(resolution));
    }

    [Fact]
    public void A_whole_name_fills_a_given_name_that_is_empty()
    {
        var field = new Field
        {
            Name = "given",
            Kind = FieldKind.GivenName,
            Columns = Column("first"),
            Alternatives = [new FieldAlternative { Columns = Column("full"), Parts = new Dictionary<string, NamePart>(StringComparer.Ordinal) { ["*"] = NamePart.Given } }],
        };
        Resolution resolution = Resolve(field, [("first", "Anna"), ("full", null)], [("first", null), ("full", "Smith, Anna")], [("first", "Bea"), ("full", null)]);
        Assert.Equal(["r0000-r0001"], Links(resolution));
    }

    [Fact]
    public void What_several_values_have_in_common_forbids_nothing()
    {
        var model = new IdentityModel
        {
            Fields = [new Field { Name = "key", Kind = FieldKind.Identifier }, new Field { Name = "ids", Kind = FieldKind.Identifier, Separators = [";"] }],
            MatchRules =
            [
                new MatchRule { Name = "apart", Effect = MatchRuleEffect.Forbid, Different = ["ids"] },
                new MatchRule { Name = "key", Keys = ["key"] },
            ],
        };
        string Entities(string left, string right)
        {
            Resolution resolution = IdentityResolver.Create(model, Customers.Options).Resolve(RecordSet.From(
            [
                SourceRecord.Create("s", "a", ("key", "k1"), ("ids", left)),
                SourceRecord.Create("s", "b", ("key", "k1"), ("ids", right)),
            ]));
            return resolution.Lookup.Select(row => row.EntityId).Distinct().Count() == 1 ? "one" : "two";
        }
        Assert.Equal("one", Entities("SSN 123; SSN 456", "SSN 456"));
        Assert.Equal("one", Entities("SSN 123", "SSN 123"));
        Assert.Equal("two", Entities("SSN 123", "SSN 456"));
    }

    [Fact]
    public void A_set_of_values_gives_the_same_levels_from_both_sides_and_in_any_column() => Law.Holds(
        random =>
        {
            string?[] phones = [null, "02079460001", "02079460002", "02079460003", "07700900001"];
            (string, string?)[][] records = [.. Enumerable.Range(0, 8).Select(_ => new (string, string?)[] { ("home", phones[random.Next(5)]), ("mobile", phones[random.Next(5)]) })];
            (string, string?)[][] turned = [.. records.Select(record => new (string, string?)[] { ("home", record[1].Item2), ("mobile", record[0].Item2) })];
            var field = new Field { Name = "phone", Kind = FieldKind.Phone, Columns = Column("home"), Alternatives = [new FieldAlternative { Columns = Column("mobile") }] };
            string[] expected = [.. from left in Enumerable.Range(0, 8)
                                    from right in Enumerable.Range(left + 1, 7 - left)
                                    where records[left].Select(value => value.Item2).Where(value => value is not null).Intersect(records[right].Select(value => value.Item2), StringComparer.Ordinal).Any()
                                    select $"{TestTable.Id(left)}-{TestTable.Id(right)}"];
            Assert.Equal(expected, Links(Resolve(field, records)));
            Assert.Equal(expected, Links(Resolve(field, turned)));
        },
        tests: 20);

    private static Dictionary<string, IReadOnlyList<string>> Column(string name) => new(StringComparer.Ordinal) { [Field.AnySource] = [name] };

    private static string[] Links(Resolution resolution) => [.. resolution.Links.Select(link => $"{link.Left.Id}-{link.Right.Id}").Order(StringComparer.Ordinal)];

    // A model that links what is equal; blocks on the field, so that every link has a block of its own.
    private static Resolution Resolve(Field field, params (string, string?)[][] records)
    {
        var model = new IdentityModel
        {
            Fields = [field],
            BlockingRules = [new BlockingRule { Keys = [field.Name] }],
            Comparisons =
            [
                new Comparison { Field = field.Name, Levels = [new ComparisonLevel("exact", 0.9, 0.001), new ComparisonLevel("else", 0.1, 0.999)] },
            ],
            PriorMatchProbability = 0.1,
            SplitOverMerged = false,
        };
        return IdentityResolver.Create(model, Customers.Options).Resolve(RecordSet.From(
            [.. records.Select((values, i) => SourceRecord.Create("s", TestTable.Id(i), [.. values]))]));
    }
}
