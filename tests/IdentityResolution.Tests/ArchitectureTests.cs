using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace IdentityResolution.Tests;

/// <summary>A folder of the core uses only types of its own and of folders below it: the house is built from the bottom.</summary>
/// <remarks>
/// A type's folder is where its source file is, since what stands in a quick start has one namespace wherever it lives. A name counts as
/// used where it stands as a type: made, declared with, inherited, matched, a type argument, or the owner of a static member.
/// </remarks>
public class ArchitectureTests
{
    private const string Root = "(root)";

    // From the bottom up.
    private static readonly string[] Order =
    [
        "Internals", "Records", "Standardization", "Similarity", "Features", "Model", "Interchange", "Fields", "Blocking", "Matching", "Training",
        "Clustering", "Review",
        "Identity", "Lookup", "Live", "Profiles", "Quality", "Explanation", "Evaluation", "Generation", Root,
    ];

    // They live at the root for who looks for them there, and know nothing of the house: everyone may use them.
    private static readonly string[] Foundation = ["IdentityResolutionException", "ResolutionProgress"];

    // Arrows that go up today. A new one needs a reason; one that is gone is taken off the list (a test sees to it).
    private static readonly string[] Allowed = [];

    [Fact]
    public void No_folder_uses_a_type_of_a_folder_above_it() =>
        Assert.Equal("", string.Join('\n', FindArrowsUp().Except(Allowed, StringComparer.Ordinal)));

    [Fact]
    public void Every_exception_is_still_needed() =>
        Assert.Equal("", string.Join('\n', Allowed.Except(FindArrowsUp(), StringComparer.Ordinal)));

    [Fact]
    public void Every_folder_has_its_place() =>
        Assert.Empty(Files().Select(file => file.Folder).Distinct(StringComparer.Ordinal).Except(Order, StringComparer.Ordinal));

    [Theory]
    [InlineData("new Link(a)", true)]
    [InlineData("void Take(Link link)", true)]
    [InlineData("List<Link> links", true)]
    [InlineData("Dictionary<int, Link[]> links", true)]
    [InlineData("public Link? Found { get; }", true)]
    [InlineData("internal sealed class Chain : Link", true)]
    [InlineData("if (x is Link)", true)]
    [InlineData("string name = Link.ScoreName;", true)]
    [InlineData("int Link { get; }", false)]
    [InlineData("rule.Link(table)", false)]
    [InlineData("Link(table, rules)", false)]
    [InlineData("enum E { Chain, Link, }", false)]
    [InlineData("LinkList list", false)]
    public void A_type_is_known_by_where_its_name_stands(string code, bool used) => Assert.Equal(used, UsesAsType(code, "Link", isMember: false));

    private static List<string> FindArrowsUp()
    {
        SourceFile[] files = [.. Files()];
        // Of a name that two folders declare the lower one is meant.
        Dictionary<string, int> floorOfType = Lowest(files, file => file.Types);
        Dictionary<string, int> floorOfMember = Lowest(files, file => file.Members);
        var arrows = new List<string>();
        foreach (SourceFile file in files)
        {
            arrows.AddRange(file.Words
                .Where(word => floorOfType.TryGetValue(word, out int floor) && floor > file.Floor
                    && !file.AllTypes.Contains(word) && !Foundation.Contains(word, StringComparer.Ordinal)
                    && UsesAsType(file.Code, word, floorOfMember.TryGetValue(word, out int lowest) && lowest <= file.Floor))
                .Select(word => $"{file.Path} -> {word} ({Order[floorOfType[word]]})"));
        }
        arrows.Sort(StringComparer.Ordinal);
        return arrows;
    }

    private static Dictionary<string, int> Lowest(SourceFile[] files, Func<SourceFile, IEnumerable<string>> names) => files
        .SelectMany(file => names(file).Select(name => (name, file.Floor)))
        .GroupBy(item => item.name, StringComparer.Ordinal)
        .ToDictionary(name => name.Key, name => name.Min(item => item.Floor), StringComparer.Ordinal);

    // A dot after a name tells a static member of a type, unless there is a property of that name.
    private static bool UsesAsType(string code, string type, bool isMember)
    {
        string whole = $@"(?<![\w.]){type}(?:<[^<>;()]*>)?\??(?:\[\])?\??";
        string[] patterns =
        [
            $@"\bnew {type}\b",
            $@"{whole} (?!is\b|and\b|or\b|in\b|when\b|with\b|switch\b|as\b|not\b)[a-z_@]\w*",
            $@"{whole} [A-Z]\w*\s*[{{(=;]",
            $@"<(?:[^<>;()]*[, ])?{type}[\[\]?]*(?:>|, \w)",
            $@"(?:class|record|struct|interface) [^\n{{]*:[^\n{{]*\b{type}\b",
            $@"\n    : {type}\b",
            $@"\bis (?:not )?{type}\b",
            $@"\({type}\)[\w(]",
            $@"typeof\({type}\)",
        ];
        return patterns.Any(pattern => Matches(code, pattern).Count > 0)
            || (!isMember && Matches(code, $@"(?<![\w.]){type}\.[A-Z]").Count > 0);
    }

    private static IEnumerable<SourceFile> Files()
    {
        string root = Path.GetFullPath(Path.Combine(Here(), "..", "..", "src", "IdentityResolution"));
        foreach (string path in Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories))
        {
            string relative = Path.GetRelativePath(root, path).Replace('\\', '/');
            if (!relative.StartsWith("obj/", StringComparison.Ordinal) && !relative.StartsWith("bin/", StringComparison.Ordinal))
            {
                yield return SourceFile.Read(relative, File.ReadAllText(path));
            }
        }
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    private static MatchCollection Matches(string code, string pattern) =>
        Regex.Matches(code, pattern, RegexOptions.Multiline | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10));

    private sealed record SourceFile(string Path, string Folder, string Code)
    {
        // The names of types follow these words, nested ones indented.
        private const string Declaration =
            @"(?:public |private |internal |file |sealed |static |abstract |readonly |partial |ref |unsafe )*(?:class|struct|interface|enum|record struct|record class|record) (\w+)";

        public int Floor { get; } = Array.IndexOf(Order, Folder);

        /// <summary>The types that other files may use.</summary>
        public HashSet<string> Types { get; } = Names(Code, "^" + Declaration);

        public HashSet<string> AllTypes { get; } = Names(Code, @"^\s*" + Declaration);

        public HashSet<string> Members { get; } = Names(Code, @"(?:[\w\]>?)] |^    )([A-Z]\w+)(?=\s*(?:[{=;,)]|$))");

        public HashSet<string> Words { get; } = Names(Code, @"(?<![\w.])([A-Z]\w+)\b");

        public static SourceFile Read(string path, string text)
        {
            // Comments and texts are no code; a hole in an interpolated text is.
            string code = Regex.Replace(
                text, @"//[^\n]*|/\*.*?\*/|(?<!\$)""(?:[^""\\\n]|\\.)*""|namespace [\w.]+;|using [^;\n]+;", " ", RegexOptions.Singleline, TimeSpan.FromSeconds(10));
            int slash = path.IndexOf('/', StringComparison.Ordinal);
            return new SourceFile(path, slash < 0 ? Root : path[..slash], code);
        }

        private static HashSet<string> Names(string code, string pattern) => [.. Matches(code, pattern).Select(match => match.Groups[1].Value)];
    }
}
