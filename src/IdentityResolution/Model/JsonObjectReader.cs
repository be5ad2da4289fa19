using System.Text.Json;

namespace IdentityResolution;

/// <summary>Reads the members of one JSON object; each mistake becomes an error with its path, and reading goes on with a default.</summary>
internal sealed class JsonObjectReader
{
    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly List<ModelError> _errors;
    private readonly string _path;

    public JsonObjectReader(JsonElement element, string path, List<ModelError> errors)
    {
        _path = path;
        _errors = errors;
        IsObject = element.ValueKind == JsonValueKind.Object;
        if (!IsObject)
        {
            errors.Add(new(path, "must be an object."));
            return;
        }
        foreach (JsonProperty member in element.EnumerateObject())
        {
            if (!_members.TryAdd(member.Name, member.Value))
            {
                errors.Add(new(PathOf(member.Name), "stands here twice."));
            }
        }
    }

    public bool IsObject { get; }

    public string? Text(string name) => Get(name) is { } element ? TextOf(element, name) : null;

    public string RequiredText(string name)
    {
        if (Get(name) is { } element)
        {
            return TextOf(element, name) ?? "";
        }
        _errors.Add(new(PathOf(name), "is missing."));
        return "";
    }

    public double? Number(string name) => Get(name) is { } element ? NumberOf(element, name) : null;

    public double? NumberOf(JsonElement element, string name)
    {
        if (element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out double number))
        {
            return number;
        }
        _errors.Add(new(PathOf(name), "must be a number."));
        return null;
    }

    public int Integer(string name, int otherwise)
    {
        if (Get(name) is not { } element)
        {
            return otherwise;
        }
        if (element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out int number))
        {
            return number;
        }
        _errors.Add(new(PathOf(name), "must be a whole number."));
        return otherwise;
    }

    public bool Boolean(string name, bool otherwise)
    {
        if (Get(name) is not { } element)
        {
            return otherwise;
        }
        if (element.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return element.GetBoolean();
        }
        _errors.Add(new(PathOf(name), "must be true or false."));
        return otherwise;
    }

    public T Enum<T>(string name, T otherwise)
        where T : struct, Enum => Get(name) is { } element ? EnumOf<T>(element, name) : otherwise;

    public T EnumOf<T>(JsonElement element, string name)
        where T : struct, Enum
    {
        if (element.ValueKind == JsonValueKind.String && EnumNames.TryParse(element.GetString()!, out T value))
        {
            return value;
        }
        _errors.Add(new(PathOf(name), $"must be one of {EnumNames.All<T>()}."));
        return default;
    }

    public IReadOnlyList<string> Strings(string name) => Get(name) is { } element ? StringsOf(element, name) : [];

    public IReadOnlyList<string> StringsOf(JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            _errors.Add(new(PathOf(name), "must be a list of texts."));
            return [];
        }
        // A mistake leaves an empty text in its place, so that the texts after it keep theirs.
        var texts = new List<string>();
        foreach (JsonElement item in element.EnumerateArray())
        {
            texts.Add(TextOf(item, $"{name}[{texts.Count}]") ?? "");
        }
        return texts;
    }

    public IReadOnlyList<T> Objects<T>(string name, Func<JsonObjectReader, T> read)
    {
        if (Get(name) is not { } element)
        {
            return [];
        }
        if (element.ValueKind != JsonValueKind.Array)
        {
            _errors.Add(new(PathOf(name), "must be a list of objects."));
            return [];
        }
        var items = new List<T>();
        foreach (JsonElement item in element.EnumerateArray())
        {
            items.Add(ReadObject(item, PathOf($"{name}[{items.Count}]"), read));
        }
        return items;
    }

    public T? Object<T>(string name, Func<JsonObjectReader, T> read)
        where T : class => Get(name) is { } element ? ReadObject(element, PathOf(name), read) : null;

    /// <summary>An inner object whose member names are data and whose values are objects.</summary>
    public Dictionary<string, T> ObjectsByName<T>(string name, Func<JsonObjectReader, T> read)
    {
        var items = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach ((string member, JsonElement value) in Members(name))
        {
            items[member] = ReadObject(value, PathOf($"{name}.{member}"), read);
        }
        return items;
    }

    /// <summary>The members of an inner object whose names are data, such as source names.</summary>
    public IEnumerable<(string Name, JsonElement Value)> Members(string name)
    {
        if (Get(name) is not { } element)
        {
            yield break;
        }
        if (element.ValueKind != JsonValueKind.Object)
        {
            _errors.Add(new(PathOf(name), "must be an object."));
            yield break;
        }
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonProperty member in element.EnumerateObject())
        {
            if (seen.Add(member.Name))
            {
                yield return (member.Name, member.Value);
            }
            else
            {
                _errors.Add(new(PathOf($"{name}.{member.Name}"), "stands here twice."));
            }
        }
    }

    public void RefuseUnknownMembers()
    {
        foreach (string name in _members.Keys.Where(name => !_known.Contains(name)))
        {
            _errors.Add(new(PathOf(name), $"is not known here; known are {string.Join(", ", _known.Order(StringComparer.Ordinal))}."));
        }
    }

    private T ReadObject<T>(JsonElement element, string path, Func<JsonObjectReader, T> read)
    {
        var reader = new JsonObjectReader(element, path, _errors);
        T item = read(reader);
        reader.RefuseUnknownMembers();
        return item;
    }

    private JsonElement? Get(string name)
    {
        _known.Add(name);
        return _members.TryGetValue(name, out JsonElement element) && element.ValueKind != JsonValueKind.Null ? element : null;
    }

    private string? TextOf(JsonElement element, string name)
    {
        if (element.ValueKind == JsonValueKind.String)
        {
            return element.GetString();
        }
        _errors.Add(new(PathOf(name), "must be a text."));
        return null;
    }

    private string PathOf(string name) => _path.Length == 0 ? name : $"{_path}.{name}";
}
