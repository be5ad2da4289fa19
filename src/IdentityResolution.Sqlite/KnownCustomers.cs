namespace IdentityResolution.Sqlite;

/// <summary>Refuses rows and successors of ids that neither the store nor the commit has.</summary>
/// <remarks>The database could do this by foreign keys, at twice the time of a large commit. Holds the ids of the commit in memory.</remarks>
internal sealed class KnownCustomers(SqliteSession session)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public void Add(string entityId) => _known.Add(entityId);

    /// <summary>Refuses an id that nobody has.</summary>
    public void Check(string entityId)
    {
        if (_known.Contains(entityId))
        {
            return;
        }
        SqliteStatement find = session.Get("SELECT 1 FROM customers WHERE customer_id = ?1");
        find.Bind(0, entityId);
        bool isThere = find.Read();
        find.Reset();
        if (!isThere)
        {
            throw new LookupFormatException(session.Store, "the commit names a customer id that is not among the customers.");
        }
        _known.Add(entityId);
    }
}
