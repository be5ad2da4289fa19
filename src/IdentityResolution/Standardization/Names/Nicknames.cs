namespace IdentityResolution.Standardization;

/// <summary>Asks <see cref="NicknameTable.Default"/>.</summary>
public static class Nicknames
{
    /// <inheritdoc cref="NicknameTable.AreVariants"/>
    public static bool AreVariants(ReadOnlySpan<char> left, ReadOnlySpan<char> right) => NicknameTable.Default.AreVariants(left, right);

    /// <inheritdoc cref="NicknameTable.Canonical"/>
    public static ReadOnlySpan<char> Canonical(ReadOnlySpan<char> name) => NicknameTable.Default.Canonical(name);

    /// <inheritdoc cref="NicknameTable.TryGetGroups"/>
    public static bool TryGetGroups(ReadOnlySpan<char> name, out ReadOnlySpan<int> groups) => NicknameTable.Default.TryGetGroups(name, out groups);
}
