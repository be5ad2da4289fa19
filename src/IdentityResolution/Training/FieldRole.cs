namespace IdentityResolution.Training;

/// <summary>What a field says about relatives: people of one household, who are not the same.</summary>
internal enum FieldRole
{
    /// <summary>Relatives may or may not share it; learned.</summary>
    Open = 0,

    /// <summary>Relatives share it no more than strangers do: given name, birth date, personal identifier.</summary>
    Personal,

    /// <summary>Relatives tend to share it: surname, address, city.</summary>
    Shared,
}

/// <summary>The roles of field kinds.</summary>
internal static class FieldRoles
{
    public static FieldRole Of(FieldKind kind) => kind switch
    {
        FieldKind.GivenName or FieldKind.MiddleName or FieldKind.BirthDate or FieldKind.Year or FieldKind.Identifier => FieldRole.Personal,
        FieldKind.Surname or FieldKind.StreetAddress or FieldKind.HouseNumber or FieldKind.City or FieldKind.Region or FieldKind.PostalCode
            or FieldKind.Country or FieldKind.Location => FieldRole.Shared,
        _ => FieldRole.Open,
    };

    /// <summary>Can a household be told from one person with these fields? It takes a home, a family name, and something personal.</summary>
    public static bool TellRelatives(IReadOnlyCollection<FieldKind> kinds) =>
        (kinds.Contains(FieldKind.StreetAddress) || kinds.Contains(FieldKind.PostalCode))
        && kinds.Contains(FieldKind.Surname)
        && kinds.Any(kind => Of(kind) == FieldRole.Personal);
}
