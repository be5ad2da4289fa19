using System.Globalization;
using System.Text;
using IdentityResolution.Internals;
using IdentityResolution.Records;

namespace IdentityResolution;

/// <summary>A hash over all that the result of a run depends on: records whatever their order, what was asked for, and the library.</summary>
/// <remarks>64 bits of each record, in two sums of 64. Not made against an adversary: whoever can choose values could make two inputs look the same.</remarks>
internal static class RunFingerprint
{
    private const ulong FirstSeed = 0x51;
    private const ulong SecondSeed = 0xB7;
    private const int PieceSize = 1 << 15;

    /// <summary>The fingerprint as 32 hexadecimal digits.</summary>
    /// <param name="records">The records with their raw values.</param>
    /// <param name="given">The model; null = it is inferred.</param>
    /// <param name="automatic">What the user decides where it is inferred.</param>
    /// <param name="options">How to run, with all judgements that hold for the run.</param>
    /// <param name="workers">Threads.</param>
    public static string Of(RecordTable records, IdentityModel? given, AutomaticModelOptions automatic, ResolverOptions options, Workers workers)
    {
        byte[] settings = Encoding.UTF8.GetBytes(Settings(given, automatic, options));
        var total = new Sums(StableHash.Of(settings, FirstSeed), StableHash.Of(settings, SecondSeed));
        ulong[] sources = [.. records.Keys.Sources.Select(Text)];
        foreach (RecordSegment segment in records.Segments)
        {
            total += OfSegment(records.Keys, sources, segment, workers);
        }
        return string.Create(CultureInfo.InvariantCulture, $"{total.First:x16}{total.Second:x16}");
    }

    private static Sums OfSegment(RecordKeyIndex keys, ulong[] sources, RecordSegment segment, Workers workers)
    {
        ulong origin = Text($"{segment.Source}\n{segment.IdOrigin}");
        Sums sum = Sums.Of(origin);
        var values = new ulong[segment.Columns.Count][];
        workers.Run(values.Length, column =>
        {
            RawColumn raw = segment.Columns[column];
            ulong name = StableHash.Combine(origin, Text(raw.Name));
            var hashes = new ulong[raw.Values.Count];
            for (int code = 0; code < hashes.Length; code++)
            {
                hashes[code] = StableHash.Of(raw.Values[code], name);
            }
            values[column] = hashes;
        });
        foreach (RawColumn column in segment.Columns)
        {
            sum += Sums.Of(StableHash.Combine(origin, Text(column.Name)));
        }
        int pieces = (segment.Count + PieceSize - 1) / PieceSize;
        var sums = new Sums[pieces];
        workers.Run(pieces, piece =>
        {
            Sums total = default;
            int end = Math.Min(segment.Count, (piece + 1) * PieceSize);
            for (int place = piece * PieceSize; place < end; place++)
            {
                int record = segment.Start + place;
                ulong own = StableHash.Of(keys.Id(record), sources[keys.SourceOf(record)]);
                for (int column = 0; column < values.Length; column++)
                {
                    int code = segment.Columns[column].Codes[place];
                    own += code < 0 ? 0 : values[column][code];
                }
                total += Sums.Of(own);
            }
            sums[piece] = total;
        });
        return sums.Aggregate(sum, static (total, next) => total + next);
    }

    private static ulong Text(string text) => StableHash.Of(Encoding.UTF8.GetBytes(text));

    // Any other build of the library may decide otherwise: its module id stands for its version.
    private static string Settings(IdentityModel? given, AutomaticModelOptions automatic, ResolverOptions options)
    {
        var text = new StringBuilder();
        void Add(string? part) => text.Append(CultureInfo.InvariantCulture, $"{part?.Length ?? -1}:{part};");
        Add(typeof(RunFingerprint).Module.ModuleVersionId.ToString());
        Add(given?.ToJson());
        if (given is null)
        {
            Add(string.Create(CultureInfo.InvariantCulture, $"{automatic.LinkOnly} {automatic.DedupeOnly} {automatic.MatchProbabilityThreshold:R}"));
            AddAll(automatic.UniqueSources);
            AddAll(automatic.IgnoredColumns);
            AddAll(automatic.ColumnKinds.OrderBy(column => column.Key, StringComparer.Ordinal).Select(column => $"{column.Key}={column.Value}"));
        }
        Add(options.Seed.ToString(CultureInfo.InvariantCulture));
        Add(options.Target?.ToString());
        AddAll(options.Judgements.SelectMany(Parts));
        AddAll((options.Labels?.Pairs ?? []).SelectMany(Parts));
        AddAll((options.Labels?.Clusters ?? new Dictionary<RecordKey, string>())
            .OrderBy(item => item.Key.Source, StringComparer.Ordinal).ThenBy(item => item.Key.Id, StringComparer.Ordinal)
            .SelectMany(item => (string[])[item.Key.Source, item.Key.Id, item.Value]));
        Add(options.Labels is null ? "no labels" : "labels");
        foreach ((string field, IReadOnlyDictionary<string, double> frequencies) in options.TermFrequencies.OrderBy(item => item.Key, StringComparer.Ordinal))
        {
            Add(field);
            AddAll(frequencies.OrderBy(item => item.Key, StringComparer.Ordinal).Select(item => string.Create(CultureInfo.InvariantCulture, $"{item.Key}={item.Value:R}")));
        }
        return text.ToString();

        void AddAll(IEnumerable<string?> parts)
        {
            string?[] all = [.. parts];
            Add(all.Length.ToString(CultureInfo.InvariantCulture));
            foreach (string? part in all)
            {
                Add(part);
            }
        }
    }

    private static IEnumerable<string?> Parts(Judgement judgement) =>
    [
        judgement.Left.Source, judgement.Left.Id, judgement.Right.Source, judgement.Right.Id, judgement.Decision.ToString(),
        judgement.JudgedBy, judgement.Note, judgement.JudgedAt?.ToString("O", CultureInfo.InvariantCulture),
    ];

    // Sums do not depend on the order of what is added; each part is hashed before, so that parts of two records can't be exchanged.
    private readonly record struct Sums(ulong First, ulong Second)
    {
        public static Sums Of(ulong part) => new(StableHash.Of(part, FirstSeed), StableHash.Of(part, SecondSeed));

        public static Sums operator +(Sums left, Sums right) => new(left.First + right.First, left.Second + right.Second);
    }
}
