using Microsoft.Data.Sqlite;

namespace IdentityResolution.Sqlite;

/// <summary>Refuses rows and successors of ids that neither the store nor the commit has.</summary>
/// <remarks>The database could do this by foreign keys, at twice the time of a large commit. Holds the ids of the commit in memory.</remarks>
internal sealed class KnownCustomers(SqliteConnection connection, string store) : IDisposable
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly SqliteStatement _find = new(connection, "SELECT 1 FROM customers WHERE customer_id = ?1");

    public void Add(string entityId) => _known.Add(entityId);

    /// <summary>Refuses an id that nobody has.</summary>
    public void Check(string entityId)
    {
        if (_known.Contains(entityId))
        {
            return;
        }
        _find.Bind(0, entityId);
        bool isThere = _find.Read();
        _find.Reset();
        if (!isThere)
        {
            throw new LookupFormatException(store, "the commit names a customer id that is not among the customers.");
        }
        _known.Add(entityId);
    }

    public void Dispose() => _find.Dispose();
}
