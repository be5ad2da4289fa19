namespace IdentityResolution.Records;

/// <summary>Finds the column that holds the record ids by its name.</summary>
internal static class RecordIdColumn
{
    private const string OwnSourceId = "<source>id";

    // In order of preference; written without '_', '-' and blanks.
    private static readonly string[] Names =
        ["recordid", "recid", "id", "uniqueid", "uid", "uuid", "guid", "rowid", "key", OwnSourceId, "pk",
            "customerid", "customerno", "customernumber", "contactid", "personid", "clientid", "patientid", "userid", "memberid"];

    /// <summary>The column whose name says that it holds record ids, or -1.</summary>
    /// <remarks>
    /// Names, best first: record_id, rec_id, id, unique_id, uid, uuid, guid, row_id, key, [source]_id, pk, then customer_id, customer_no,
    /// customer_number, contact_id, person_id, client_id, patient_id, user_id, member_id; compared without case and
    /// without <c>_</c>, <c>-</c> and blanks. Of two columns with equally good names the first one is taken.
    /// </remarks>
    public static int Find(IReadOnlyList<string> columns, string source)
    {
        string[] plain = [.. columns.Select(Plain)];
        string ownId = Plain(source) + "id";
        foreach (string name in Names)
        {
            int index = Array.IndexOf(plain, ReferenceEquals(name, OwnSourceId) ? ownId : name);
            if (index >= 0)
            {
                return index;
            }
        }
        return -1;
    }

    private static string Plain(string name) =>
        string.Concat(name.Where(c => c is not ('_' or '-') && !char.IsWhiteSpace(c))).ToLowerInvariant();
}
