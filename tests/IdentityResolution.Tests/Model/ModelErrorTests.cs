namespace IdentityResolution.Tests.Model;

public class ModelErrorTests
{
    private const string Fields = "'fields':[{'name':'email'},{'name':'surname'}]";
    private const string Rule = "'matchRules':[{'name':'r','keys':['email']}]";
    private const string Block = "'blockingRules':[{'keys':['email']}]";
    private const string Valid = $"{Fields},{Rule}";

    /// <summary>Members of a model beside its version; where the only mistake is; how its message starts.</summary>
    public static TheoryData<string, string, string> Mistakes => new()
    {
        { $"{Valid},'linkOnly':1", "linkOnly", "must be true or false." },
        { $"{Valid},'uniqueSources':'crm'", "uniqueSources", "must be a list of texts." },
        { $"{Valid},'uniqueSources':['crm',3]", "uniqueSources[1]", "must be a text." },
        { $"{Valid},'uniqueSources':[{Repeat(65, i => $"'s{i}'")}]", "uniqueSources", "holds 65; at most 64 are supported." },
        { $"{Valid},'priorMatchProbability':'x'", "priorMatchProbability", "must be a number." },
        { $"{Valid},'priorMatchProbability':0", "priorMatchProbability", "must be in (0, 1) but is 0." },
        { $"{Valid},'priorMatchProbability':1e999", "priorMatchProbability", "must be in (0, 1) but is " },
        { $"{Valid},'priorRelatedProbability':1", "priorRelatedProbability", "must be in (0, 1) but is 1." },
        { $"{Valid},'matchProbabilityThreshold':-1", "matchProbabilityThreshold", "must be in (0, 1) but is -1." },
        { $"{Valid},'linkonly':true", "linkonly", "is not known here; known are blockingRules, comparisons, dedupeOnly, fields, linkOnly, " },
        { $"{Valid},'linkOnly':true,'linkOnly':false", "linkOnly", "stands here twice." },

        { $"{Fields},'matchRules':[{{'name':'r','keys':['email.words']}}]", "matchRules[0].keys[0]", "gives a record several keys, which only a blocking rule can use." },
        { $"{Valid},'blockingRules':[{{'keys':['email.words','surname.words']}}]", "blockingRules[0].keys[1]", "is a second key that is split; one is possible." },
        { $"{Valid},'blockingRules':[{{'keys':['email'],'window':1}}]", "blockingRules[0].window", "must be from 2 to 1000, or 0 for none, but is 1." },
        { $"{Valid},'blockingRules':[{{'keys':['email.words'],'window':9}}]", "blockingRules[0].window", "can't be with divideBy or a split key" },
        { $"{Valid},'blockingRules':[{{'keys':['email.minhash']}}]", "blockingRules[0].keys[0]", "'minhash' takes a number from 1 to 8" },
        { $"{Valid},'blockingRules':[{{'keys':['email.minhash:9']}}]", "blockingRules[0].keys[0]", "'minhash' takes a number from 1 to 8" },
        { $"{Valid},'blockingRules':[{{'keys':['email.minhash:3.prefix:2']}}]", "blockingRules[0].keys[0]", "'minhash' must stand alone" },
        { $"{Valid},'blockingRules':[{{'keys':['email.words.minhash:3']}}]", "blockingRules[0].keys[0]", "'minhash' must stand alone" },
        { $"{Valid},'blockingRules':[{{'keys':['email'],'divideBy':['surname.words']}}]", "blockingRules[0].divideBy[0]", "is split, and can only be a key." },
        { $"{Valid},'blockingRules':[{{'keys':['email.prefix:3.words']}}]", "blockingRules[0].keys[0]", "'words' must be the first transform, as in 'name.words.metaphone'." },
        { $"{Valid},{Block},'comparisons':[{{'field':'email','levels':[{{'when':'same words'}},{{'when':'else'}}]}}]", "comparisons[0].levels[0].when", "'same words' is no condition" },
        { $"{Valid},{Block},'comparisons':[{{'field':'email','levels':[{{'when':'grams >= 0.5','m':0.9,'u':0.1}},{{'when':'else','m':0.1,'u':0.9}}]}}]", "comparisons[0].gramFrequencies", "is missing, although a trained level looks at character triples." },

        { Field("'kind':'email'"), "fields[0].name", "is missing." },
        { Field("'name':7"), "fields[0].name", "must be a text." },
        { Field("'name':'1st'"), "fields[0].name", "'1st' must start with a letter and hold only letters, digits and underscores." },
        { Field("'name':'first name'"), "fields[0].name", "'first name' must start with a letter" },
        { Field("'name':'surname'"), "fields[1].name", "'surname' is the name of another field." },
        { Field("'name':'a','kind':'mail'"), "fields[0].kind", "must be one of text, givenName, middleName, surname, " },
        { Field("'name':'a','kind':3"), "fields[0].kind", "must be one of text, " },
        { Field("'name':'a','columns':['x']"), "fields[0].columns", "must be an object." },
        { Field("'name':'a','columns':{'crm':'x'}"), "fields[0].columns.crm", "must be a list of texts." },
        { Field("'name':'a','columns':{'crm':[]}"), "fields[0].columns.crm", "names no column; leave the source out instead." },
        { Field("'name':'a','columns':{'crm':['x',null]}"), "fields[0].columns.crm[1]", "must be a text." },
        { Field("'name':'a','columns':{'crm':['x'],'crm':['y']}"), "fields[0].columns.crm", "stands here twice." },
        { Field("'name':'a','parts':{'crm':'first'}"), "fields[0].parts.crm", "must be one of whole, given, surname, middle, title, suffix, nickname." },
        { Field("'name':'a','parts':{'crm':'given','crm':'given'}"), "fields[0].parts.crm", "stands here twice." },
        { Options("'ignoredValues':[false]"), "fields[0].standardization.ignoredValues[0]", "must be a text." },
        { Options("'dateOrder':'mdy'"), "fields[0].standardization.dateOrder", "must be one of yearMonthDay, dayMonthYear, monthDayYear." },
        { Options("'steps':['before:;','trim']"), "fields[0].standardization.steps[1]", "'trim' is no step; known are remove:TEXT, replace:TEXT, before:TEXT, after:TEXT, no_brackets, " },
        { Options("'steps':['before']"), "fields[0].standardization.steps[0]", "'before' takes a text of 1 to 100 characters, as in 'before:ext.'." },
        { Options("'steps':['replace:a']"), "fields[0].standardization.steps[0]", "'replace' takes a text of 1 to 100 characters, as in 'replace:&=> and '." },
        { Options("'steps':['pad_zeros:99']"), "fields[0].standardization.steps[0]", "'pad_zeros' takes a number from 1 to 50, as in 'pad_zeros:9'." },
        { Options("'steps':['digits:3']"), "fields[0].standardization.steps[0]", "'digits' takes no argument." },
        { Options("'steps':[' ']"), "fields[0].standardization.steps[0]", "is blank." },
        { Options("'defaultRegion':'GBR'"), "fields[0].standardization.defaultRegion", "'GBR' must be two letters, such as GB." },
        { Options("'twoDigitYearPivot':26"), "fields[0].standardization.twoDigitYearPivot", "must be in [1900, 2199] but is 26." },
        { Options("'identifierScheme':'ssn'"), "fields[0].standardization.identifierScheme", "'ssn' is no scheme; known are iban, lei, eu-vat, us-ssn, " },
        { Options("'dropEmailTags':false"), "fields[0].standardization.dropEmailTags", "does nothing for a field of kind text." },
        { Options("'titles':['Abt']"), "fields[0].standardization.titles", "does nothing for a field of kind text." },
        { Options("'region':'GB'"), "fields[0].standardization.region", "is not known here; known are dateOrder, defaultRegion, dropEmailDots, " },
        { Field("'name':'a','standardization':[]"), "fields[0].standardization", "must be an object." },
        { Field("'name':'a','sourceStandardization':{'crm':{'defaultRegion':'GB'}}"), "fields[0].sourceStandardization.crm.defaultRegion", "does nothing for a field of kind text." },
        { $"{Valid},'nicknames':['bob']", "nicknames[0]", "'bob' must be 'formal: variant variant', such as 'zebulon: zeb zebby'." },
        { Field("'name':'a','colums':{}"), "fields[0].colums", "is not known here; known are alternatives, columns, kind, label, name, parts, separators, sourceStandardization, standardization." },
        { Field("'name':'a','name':'b'"), "fields[0].name", "stands here twice." },

        { MatchRule("'keys':['email']"), "matchRules[0].name", "is missing." },
        { MatchRule("'name':'','keys':['email']"), "matchRules[0].name", "is empty." },
        { MatchRule("'name':'score','keys':['email']"), "matchRules[0].name", "'score' is what scored links are called; choose another name." },
        { MatchRule("'name':'b','keys':['email']},{'name':'b','keys':['surname']"), "matchRules[1]", "'b' stands here twice." },
        { MatchRule("'name':'b'"), "matchRules[0].keys", "names no key." },
        { MatchRule("'name':'b','keys':[]"), "matchRules[0].keys", "names no key." },
        { MatchRule("'name':'b','keys':'email'"), "matchRules[0].keys", "must be a list of texts." },
        { MatchRule("'name':'b','keys':['']"), "matchRules[0].keys[0]", "names no field." },
        { MatchRule("'name':'b','keys':['email','phone']"), "matchRules[0].keys[1]", "'phone' is no field; fields are email, surname." },
        { MatchRule("'name':'b','keys':['surname.sundex']"), "matchRules[0].keys[0]", "'sundex' is no transform; known are prefix, suffix, initial, " },
        { MatchRule("'name':'b','keys':['surname.prefix']"), "matchRules[0].keys[0]", "'prefix' takes a number from 1 to 100, as in 'prefix:4'." },
        { MatchRule("'name':'b','keys':['surname.soundex:4']"), "matchRules[0].keys[0]", "'soundex' takes no number." },
        { MatchRule("'name':'b','keys':['email'],'maxRecordsPerKey':1"), "matchRules[0].maxRecordsPerKey", "must be at least 2 but is 1." },
        { MatchRule("'name':'b','keys':['email'],'maxRecordsPerKey':2.5"), "matchRules[0].maxRecordsPerKey", "must be a whole number." },
        { MatchRule("'name':'b','keys':['email'],'field':1"), "matchRules[0].field", "is not known here; known are before, different, effect, keys, maxRecordsPerKey, name, sources." },
        { MatchRule("'name':'judgement','keys':['email']"), "matchRules[0].name", "'judgement' is what links by judgement are called; choose another name." },
        { MatchRule("'name':'b','keys':['email'],'effect':'join'"), "matchRules[0].effect", "must be one of link, suggest, forbid." },
        { $"{Valid.Replace("]}]", "]},{'name':'b','effect':'suggest','different':['email']}]", StringComparison.Ordinal)}", "matchRules[1].keys", "names no key." },
        { $"{Valid.Replace("]}]", "]},{'name':'b','effect':'forbid'}]", StringComparison.Ordinal)}", "matchRules[1].keys", "names no key." },
        { MatchRule("'name':'b','keys':['email'],'different':['mail']"), "matchRules[0].different[0]", "'mail' is no field; " },
        { Dates("{'first':'mail','second':'born'}"), "matchRules[0].before[0].first", "'mail' is no field; " },
        { Dates("{'first':'born','second':'email'}"), "matchRules[0].before[0].second", "'email' holds no dates; its kind must be birthDate." },
        { Dates("{'first':'born'}"), "matchRules[0].before[0].second", "is missing." },
        { MatchRule("'name':'b','effect':'forbid','different':['email']"), "", "The model links nothing: it has neither match rules that link nor comparisons." },
        { $"{Valid},'linkOnly':true,'dedupeOnly':true", "dedupeOnly", "excludes linkOnly: no pair would be left." },
        { $"{Valid},'maxClusterSize':1", "maxClusterSize", "must be at least 2 but is 1." },
        { $"{Valid},'sourcePrecedence':['crm','crm']", "sourcePrecedence[1]", "'crm' stands here twice." },

        { $"{Valid},'blockingRules':[{{'keys':[]}}]", "blockingRules[0].keys", "names no key." },
        { $"{Valid},'blockingRules':[{{'keys':['mail']}}]", "blockingRules[0].keys[0]", "'mail' is no field; " },
        { $"{Valid},'blockingRules':[{{'keys':['email'],'maxBlockSize':-5}}]", "blockingRules[0].maxBlockSize", "must be at least 2 but is -5." },
        { $"{Valid},'blockingRules':[{{'keys':['surname'],'trains':false}}],'comparisons':[{{'field':'surname','levels':[{{'when':'exact'}},{{'when':'else'}}]}}]", "blockingRules", "holds no rule to learn from: 'trains' is false in all of them." },
        { $"{Valid},'blockingRules':[{{'keys':['email'],'name':'x'}}]", "blockingRules[0].name", "is not known here; known are divideBy, keys, maxBlockSize, trains, window." },
        { $"{Valid},'blockingRules':[{Repeat(33, _ => "{'keys':['email']}")}]", "blockingRules", "holds 33; at most 32 are supported." },

        { $"{Valid},'swaps':[{{'second':'email'}}]", "swaps[0].first", "is missing." },
        { $"{Valid},'swaps':[{{'first':'email','second':'mail'}}]", "swaps[0].second", "'mail' is no field; " },
        { $"{Valid},'swaps':[{{'first':'email','second':'email'}}]", "swaps[0]", "names one field twice." },
        { $"{Valid},'swaps':[{{'first':'email','second':'surname','swapProbability':0.6}}]", "swaps[0].swapProbability", "must be in (0, 0.5] but is 0.6." },
        { $"{Valid},'swaps':[{{'first':'email','second':'surname','p':1}}]", "swaps[0].p", "is not known here; " },

        { Compare("'field':'mail','levels':[{'when':'exact'},{'when':'else'}]"), "comparisons[0].field", "'mail' is no field; " },
        { Compare("'levels':[{'when':'exact'},{'when':'else'}]"), "comparisons[0].field", "is missing." },
        { Compare("'field':'email','levels':[{'when':'else'}]"), "comparisons[0].levels", "must hold 2 to 15 levels but holds 1." },
        { Compare($"'field':'email','levels':[{Repeat(15, _ => "{'when':'exact'}")},{{'when':'else'}}]"), "comparisons[0].levels", "must hold 2 to 15 levels but holds 16." },
        { Levels("{'when':'exactly'},{'when':'else'}"), "comparisons[0].levels[0].when", "'exactly' is no condition; known are else, exact, nickname, " },
        { Levels("{'when':'exact'},{'when':'contained'}"), "comparisons[0].levels[1].when", "the last level must be 'else'." },
        { Levels("{'when':'else'},{'when':'else'}"), "comparisons[0].levels[0].when", "'else' must be the last level." },
        { Levels("{'when':'exact','m':0,'u':0.5},{'when':'else'}"), "comparisons[0].levels[0].m", "must be in (0, 1] but is 0." },
        { Levels("{'when':'exact','m':1,'u':1.5},{'when':'else'}"), "comparisons[0].levels[0].u", "must be in (0, 1] but is 1.5." },
        { Levels("{'when':'exact','m':'x'},{'when':'else'}"), "comparisons[0].levels[0].m", "must be a number." },
        { Levels("{'when':'exact','m':0.5},{'when':'else'}"), "comparisons[0].levels[0]", "has one of m and u; give both or none." },
        { Levels("{'when':'exact','m':0.5,'u':0.5,'r':0.5},{'when':'else'}"), "comparisons[0].levels[0].r", "needs priorRelatedProbability in the model." },
        { Levels("{'when':'exact','m':0.5,'u':0.5},{'when':'else'}") + ",'priorRelatedProbability':0.1", "comparisons[0].levels[0].r", "is missing, although the model has " },
        { Levels("{'when':'exact'},{'when':'else'}]},{'field':'email','levels':[{'when':'exact'},{'when':'else'}"), "comparisons[1]", "'email' stands here twice." },
        { Levels("{'when':'exact','weight':2},{'when':'else'}"), "comparisons[0].levels[0].weight", "is not known here; known are m, r, termFrequencyWeight, u, when." },
        { Frequencies("{'default':0}"), "comparisons[0].termFrequencies.default", "must be in (0, 1] but is 0." },
        { Frequencies("{'default':0.1,'values':{'smith':2}}"), "comparisons[0].termFrequencies.values", "holds 2; every frequency must be in (0, 1]." },
        { Frequencies("{'default':0.1,'values':{'smith':0.1,'smith':0.1}}"), "comparisons[0].termFrequencies.values.smith", "stands here twice." },
        { Frequencies("{'default':0.1,'values':{'smith':'x'}}"), "comparisons[0].termFrequencies.values", "must be a number." },
        { $"{Fields},'comparisons':[{{'field':'email','levels':[{{'when':'exact'}},{{'when':'else'}}]}}]", "blockingRules", "is empty, so the comparisons would never see a pair." },
        { Fields, "", "The model links nothing: it has neither match rules that link nor comparisons." },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Each_mistake_is_told_once_with_its_path(string members, string path, string message)
    {
        ModelError error = Assert.Single(Errors($"{{'version':1,{members}}}"));
        Assert.Equal(path, error.Path);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_mistakes_are_told_at_once()
    {
        IReadOnlyList<ModelError> errors = Errors("""
            { 'version': 1,
              'linkOnly': 'yes',
              'priorMatchProbability': 2,
              'fields': [ { 'name': 'email', 'kind': 'electronic' }, { 'name': 'email' }, { 'name': 'surname', 'unknown': 1 } ],
              'matchRules': [ { 'name': 'r', 'keys': [1, 'phone', 'surname.loud'], 'maxRecordsPerKey': 0 } ],
              'blockingRules': [ { 'keys': [] } ],
              'swaps': [ { 'first': 'surname', 'second': 'surname' } ],
              'comparisons': [ { 'field': 'surname', 'levels': [ { 'when': 'else' }, { 'when': 'exact', 'm': 0.5 } ] } ] }
            """);
        Assert.Equal(
            [
                "blockingRules[0].keys", "comparisons[0].levels[0].when", "comparisons[0].levels[1]", "comparisons[0].levels[1].when",
                "fields[0].kind", "fields[1].name", "fields[2].unknown", "linkOnly", "matchRules[0].keys[0]", "matchRules[0].keys[1]",
                "matchRules[0].keys[2]", "matchRules[0].maxRecordsPerKey", "priorMatchProbability", "swaps[0]",
            ],
            errors.Select(error => error.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_message_holds_every_error_on_a_line_of_its_own()
    {
        InvalidModelException exception = Assert.Throws<InvalidModelException>(() =>
            IdentityModel.Parse("""{"version":1,"fields":[],"matchProbabilityThreshold":5}"""));
        Assert.Equal(3, exception.Errors.Count);
        Assert.StartsWith("The model has 3 errors:", exception.Message, StringComparison.Ordinal);
        Assert.All(exception.Errors, error => Assert.Contains(error.ToString(), exception.Message.Split(Environment.NewLine).Select(line => line.Trim())));
    }

    [Fact]
    public void A_field_in_two_swaps_is_told_at_the_second_swap()
    {
        IReadOnlyList<ModelError> errors = Errors("""
            { 'version': 1, 'fields': [ {'name':'a'}, {'name':'b'}, {'name':'c'} ], 'matchRules': [ {'name':'r','keys':['a']} ],
              'swaps': [ {'first':'a','second':'b'}, {'first':'c','second':'a'} ] }
            """);
        Assert.Equal(new ModelError("swaps[1]", "'a' stands in another swap already."), Assert.Single(errors));
    }

    [Fact]
    public void More_comparisons_than_fit_are_refused()
    {
        string fields = Repeat(17, i => $"{{'name':'f{i}'}}");
        string comparisons = Repeat(17, i => $"{{'field':'f{i}','levels':[{{'when':'exact'}},{{'when':'else'}}]}}");
        ModelError error = Assert.Single(Errors($"{{'version':1,'fields':[{fields}],'blockingRules':[{{'keys':['f0']}}],'comparisons':[{comparisons}]}}"));
        Assert.Equal(new ModelError("comparisons", "holds 17; at most 16 are supported."), error);
    }

    [Theory]
    [InlineData("{}", "version", "is missing; this library reads version 1.")]
    [InlineData("{'version':0}", "version", "is 0, but this library reads version 1.")]
    [InlineData("{'version':2,'anything':1}", "version", "is 2, but this library reads version 1.")]
    [InlineData("{'version':1.5}", "version", "is 1.5, but this library reads version 1.")]
    [InlineData("{'version':'1'}", "version", "must be a number.")]
    [InlineData("{'version':1,'fields':{}}", "fields", "must be a list of objects.")]
    [InlineData("{'version':1,'fields':[]}", "fields", "is empty; a model needs at least one field.")]
    [InlineData("[]", "", "must be an object.")]
    [InlineData("", "", "is not JSON: line 1, byte 1.")]
    [InlineData("{\n  'version': }", "", "is not JSON: line 2, byte 14.")]
    [InlineData("{'version':1,'fields':[{'name':'\\ud800'}]}", "", "holds half a character")]
    [InlineData("{'version':1,'\\udfff':2}", "", "holds half a character")]
    [InlineData("{'version':1,'fields':[{'name':'a','columns':{'\\ud800':['x']}}]}", "", "holds half a character")]
    public void What_is_no_model_of_this_version_is_refused(string json, string path, string message)
    {
        ModelError error = Errors(json)[0];
        Assert.Equal(path, error.Path);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_character_in_the_text_itself_is_refused_too() =>
        Assert.Throws<InvalidModelException>(() => IdentityModel.Parse("{\"version\":1,\"fields\":[{\"name\":\"\ud800\"}]}"));

    private static string Field(string first) => $"'fields':[{{{first}}},{{'name':'surname'}}],'matchRules':[{{'name':'r','keys':['surname']}}]";

    private static string Options(string members) => Field($"'name':'a','standardization':{{{members}}}");

    private static string MatchRule(string members) => $"{Fields},'matchRules':[{{{members}}}]";

    private static string Dates(string before) =>
        $"'fields':[{{'name':'email'}},{{'name':'born','kind':'birthDate'}}],'matchRules':[{{'name':'r','keys':['email'],'before':[{before}]}}]";

    private static string Compare(string members) => $"{Fields},{Block},'comparisons':[{{{members}}}]";

    private static string Levels(string levels) => Compare($"'field':'email','levels':[{levels}]");

    private static string Frequencies(string table) => Compare($"'field':'email','levels':[{{'when':'exact'}},{{'when':'else'}}],'termFrequencies':{table}");

    private static string Repeat(int count, Func<int, string> item) => string.Join(',', Enumerable.Range(0, count).Select(item));

    private static IReadOnlyList<ModelError> Errors(string json) =>
        Assert.Throws<InvalidModelException>(() => IdentityModel.Parse(json.Replace('\'', '"'))).Errors;
}
