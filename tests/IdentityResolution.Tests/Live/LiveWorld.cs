namespace IdentityResolution.Tests.Live;

/// <summary>Random models and records with few distinct values, so that everything that can meet does meet.</summary>
internal static class LiveWorld
{
    public static readonly string[] Sources = ["a", "b", "c"];

    private static readonly string[] Names = ["ann", "anna", "bob", "bobb", "carl", "karl"];
    private static readonly string[] Towns = ["york", "yorck", "leeds", "derby"];
    private static readonly string[] Words = ["red", "blue", "green", "grey"];

    private static readonly string[] FirstLevels = ["swapped with last", "initial or same metaphone and last: exact", "town: exact and (equals last or jaro >= 0.6)"];
    private static readonly string[] TownLevels = ["within tags", "first: jaro_winkler >= 0.85 and born: same year", "same prefix:1 and tags: words >= 0.4"];

    /// <summary>A trained model with rules of all kinds, caps and guards.</summary>
    public static IdentityModel Model(Random random)
    {
        bool several = Chance(random, 0.5);
        bool labels = several && Chance(random, 0.5);
        var builder = new IdentityModelBuilder()
            .Field("first", FieldKind.Text).Field("last", FieldKind.Text).Field("mail", FieldKind.Text).Field("town", FieldKind.Text)
            .Field("tags", FieldKind.Text).Field("nid", labels ? FieldKind.Identifier : FieldKind.Text)
            .Field("born", FieldKind.BirthDate).Field("died", FieldKind.BirthDate);
        if (Chance(random, 0.7))
        {
            builder.Rule(new MatchRule { Name = "mail", Keys = ["mail"], MaxRecordsPerKey = random.Next(2, 6) });
        }
        if (Chance(random, 0.3))
        {
            builder.Rule(new MatchRule { Name = "three", Keys = ["first", "last", "town"], MaxRecordsPerKey = random.Next(2, 6), Sources = Chance(random, 0.5) ? ["a", "b"] : [] });
        }
        if (Chance(random, 0.4))
        {
            builder.Rule(new MatchRule { Name = "forbid", Effect = MatchRuleEffect.Forbid, Different = ["nid"], Keys = Chance(random, 0.3) ? ["town"] : [] });
        }
        if (Chance(random, 0.3))
        {
            builder.Rule(new MatchRule { Name = "dead", Effect = MatchRuleEffect.Forbid, Before = [new DateBefore("died", "born")] });
        }
        if (Chance(random, 0.4))
        {
            builder.Rule(new MatchRule { Name = "nid", Keys = ["nid"], MaxRecordsPerKey = random.Next(2, 5), Different = Chance(random, 0.3) ? ["town"] : [] });
        }
        if (Chance(random, 0.4))
        {
            builder.Rule(new MatchRule { Name = "suggest", Effect = MatchRuleEffect.Suggest, Keys = ["first.prefix:1"], MaxRecordsPerKey = random.Next(2, 8) });
        }
        bool scores = Chance(random, 0.85);
        if (scores)
        {
            builder.BlockOn("last").BlockOn(Chance(random, 0.7) ? "tags.words" : "tags.minhash:2", "town.prefix:1").BlockOn("first.prefix:2", "born.year", "town.prefix:1");
            bool swaps = Chance(random, 0.5);
            builder.Compare(Trained("first", random, true, swaps ? [] : FirstLevels)).Compare(Trained("last", random, true, [])).Compare(Trained("town", random, false, TownLevels))
                .Compare(Trained("born", random, false, []));
            if (labels)
            {
                builder.Compare(Trained("nid", random, true, [])).BlockOn("nid");
            }
            if (swaps)
            {
                builder.AllowSwap("first", "last");
            }
        }
        else if (Chance(random, 0.5))
        {
            builder.MatchOn("last");
        }
        else
        {
            builder.MatchOn("tags");
        }
        IdentityModel model = builder.Build();
        return model with
        {
            Fields = several ? [.. model.Fields.Select(field => Several(field, labels))] : model.Fields,
            BlockingRules = [.. model.BlockingRules.Select(rule => rule with { MaxBlockSize = random.Next(2, 9), DivideBy = [.. new[] { "born.year", "first.prefix:1" }.Where(_ => Chance(random, 0.3))] })],
            MatchProbabilityThreshold = 0.5 + (random.NextDouble() * 0.4),
            PriorMatchProbability = 0.05,
            UniqueSources = Chance(random, 0.3) ? ["a"] : Chance(random, 0.2) ? ["a", "b"] : [],
            LinkOnly = Chance(random, 0.1),
            MaxClusterSize = Chance(random, 0.3) ? random.Next(2, 6) : IdentityModel.DefaultMaxClusterSize,
            SplitOverMerged = Chance(random, 0.7),
            SourcePrecedence = Chance(random, 0.4) ? ["c", "a"] : [],
        };
    }

    /// <summary>A record of one of some keys.</summary>
    public static SourceRecord Record(Random random, int ids) => SourceRecord.Create(
        Sources[random.Next(Sources.Length)],
        random.Next(ids).ToString(System.Globalization.CultureInfo.InvariantCulture),
        ("first", Pick(random, Names, 0.1)),
        ("last", Pick(random, Names, 0.2)),
        ("mail", Pick(random, ["x@x", "y@y", "z@z"], 0.6)),
        ("town", Pick(random, Towns, 0.2)),
        ("tags", Chance(random, 0.3) ? null : $"{Pick(random, Words, 0)} {Pick(random, Words, 0)}"),
        ("nid", Pick(random, ["1", "2", "3", "1;2", "DL 2", "DL 2; SSN 1", "ssn:3"], 0.6)),
        ("mail2", Pick(random, ["x@x", "y@y", "z@z"], 0.8)),
        ("alias", Pick(random, ["ann,bob", "carl", "karl, anna"], 0.8)),
        ("passport", Pick(random, ["1", "2"], 0.8)),
        ("born", Pick(random, ["1990-01-02", "1990", "2001-05-06"], 0.5)),
        ("died", Pick(random, ["1995-01-01", "2002"], 0.9)));

    /// <summary>Does a thing of this probability happen?</summary>
    public static bool Chance(Random random, double probability) => random.NextDouble() < probability;

    // A second mail address, other names in a list, identifiers of several types in one column and in another.
    private static Field Several(Field field, bool labels) => field.Name switch
    {
        "mail" => field with { Alternatives = [Alternative("mail2", null)] },
        "first" => field with { Alternatives = [Alternative("alias", null)], Separators = [","] },
        "nid" => field with { Separators = [";"], Alternatives = labels ? [Alternative("passport", "pass")] : [Alternative("passport", null)] },
        _ => field,
    };

    private static FieldAlternative Alternative(string column, string? label) => new()
    {
        Columns = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { [Field.AnySource] = [column] },
        Label = label,
    };

    private static string? Pick(Random random, string[] values, double missing) => Chance(random, missing) ? null : values[random.Next(values.Length)];

    // With some probability a level looks at other fields, too, before or behind the exact one.
    private static Comparison Trained(string field, Random random, bool frequencies, string[] across)
    {
        double m = 0.6 + (random.NextDouble() * 0.3);
        double u = 0.02 + (random.NextDouble() * 0.1);
        double share = frequencies && Chance(random, 0.5) ? random.Next(1, 5) / 4.0 : 0;
        var levels = new List<ComparisonLevel>
        {
            new("exact") { MProbability = m, UProbability = u },
            new(field == "town" ? "same prefix:1" : "jaro_winkler >= 0.85") { MProbability = (1 - m) * 0.5, UProbability = 0.1, TermFrequencyWeight = share },
            new("else") { MProbability = (1 - m) * 0.3, UProbability = 0.88 - u },
        };
        if (across.Length > 0 && Chance(random, 0.5))
        {
            levels.Insert(random.Next(2), new(across[random.Next(across.Length)]) { MProbability = (1 - m) * 0.2, UProbability = 0.02 });
        }
        return new Comparison
        {
            Field = field,
            AdjustForTermFrequency = frequencies,
            TermFrequencies = frequencies ? new TermFrequencyTable(u / 2, new Dictionary<string, double>(StringComparer.Ordinal) { ["ann"] = 0.2, ["bob"] = 0.01 }) : null,
            Levels = levels,
        };
    }
}
