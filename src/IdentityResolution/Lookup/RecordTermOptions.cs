using System.Security.Cryptography;
using System.Text;
using IdentityResolution.Lookup;

namespace IdentityResolution;

/// <summary>Whether a store keeps the standard values and the keys of its records as a table, and in which form.</summary>
/// <remarks>Given when a store is opened; the next write makes the table for all records, and every later one keeps it true. The secret is never stored.</remarks>
public sealed class RecordTermOptions
{
    /// <summary>How many bytes a secret has at least.</summary>
    public const int LeastSecretLength = 16;

    private const string PlainForm = "plain";
    private const int CheckLength = 8;
    private readonly byte[]? _secret;

    private RecordTermOptions(string? form, byte[]? secret)
    {
        Form = form;
        _secret = secret;
    }

    /// <summary>Keep them as they are, readable for who may read the table.</summary>
    public static RecordTermOptions Plain { get; } = new(PlainForm, null);

    /// <summary>Keep none; what was kept goes with the next write.</summary>
    public static RecordTermOptions None { get; } = new(null, null);

    /// <summary>Keep keyed hashes of them: equal terms have equal hashes, and only who has the secret can make one or try values out.</summary>
    /// <param name="secret">At least 16 bytes, from a random source; every later writer of the store must give the same.</param>
    /// <returns>The options.</returns>
    /// <exception cref="ArgumentException">The secret is too short.</exception>
    public static RecordTermOptions Keyed(ReadOnlySpan<byte> secret)
    {
        if (secret.Length < LeastSecretLength)
        {
            throw new ArgumentException($"A secret has at least {LeastSecretLength} bytes.", nameof(secret));
        }
        byte[] copy = secret.ToArray();
        string check = Convert.ToHexStringLower(HMACSHA256.HashData(copy, "identity-resolution record terms"u8).AsSpan(0, CheckLength));
        return new RecordTermOptions($"keyed {check}", copy);
    }

    /// <summary>How a store notes the form: <c>plain</c>, or <c>keyed</c> and a check value that tells one secret from another; null = none is kept.</summary>
    public string? Form { get; }

    /// <summary>What a writer of a store has to do; for writers of stores.</summary>
    /// <param name="given">The options the store was opened with; null = not told: go on as before.</param>
    /// <param name="storedForm">The form the store has noted; null = it keeps none.</param>
    /// <param name="store">The store's description, for the message.</param>
    /// <returns>The options that hold for this write; null = none are kept.</returns>
    /// <exception cref="IdentityResolutionException">The store keeps terms in a form that these options can't go on with.</exception>
    public static RecordTermOptions? Decide(RecordTermOptions? given, string? storedForm, string store)
    {
        RecordTermOptions? decided = given ?? (storedForm == PlainForm ? Plain : null);
        if (storedForm is null || given?.Form is null && given is not null)
        {
            return decided?.Form is null ? null : decided;
        }
        return decided?.Form == storedForm
            ? decided
            : throw new IdentityResolutionException(given is null
                ? $"{store}: the store keeps its terms as keyed hashes; open it with their secret."
                : $"{store}: the store keeps its terms in another form or with another secret; clear them first.");
    }

    internal string Text(RecordTermKind kind, string name, string text) => _secret is null
        ? text
        : Convert.ToHexStringLower(HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes($"{StoredNames.Of(kind)}\n{name}\n{text}")).AsSpan(0, LeastSecretLength));
}
