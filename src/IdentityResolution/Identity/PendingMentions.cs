using IdentityResolution.Records;

namespace IdentityResolution.Identity;

/// <summary>Customer ids of rows whose numbers are not looked up yet: many at a time wait for the memory together.</summary>
internal sealed class PendingMentions
{
    private const int Most = 1024;
    private readonly int[] _rows = new int[Most];
    private readonly int[] _entities = new int[Most];
    private readonly BytePlace[] _places = new BytePlace[Most];
    private byte[] _bytes = new byte[Most * 16];
    private int _count;
    private int _length;

    /// <summary>Must they be looked up before the next one comes?</summary>
    public bool IsFull => _count == Most;

    /// <summary>Adds the id of a row.</summary>
    public void Add(int row, ReadOnlySpan<byte> entity)
    {
        if (_bytes.Length - _length < entity.Length)
        {
            Array.Resize(ref _bytes, checked(Math.Max(_bytes.Length * 2, _length + entity.Length)));
        }
        entity.CopyTo(_bytes.AsSpan(_length));
        _rows[_count] = row;
        _places[_count] = new BytePlace(_length, entity.Length);
        _count++;
        _length += entity.Length;
    }

    /// <summary>Looks the ids up, in the order in which they came.</summary>
    /// <param name="directory">Where they are mentioned.</param>
    /// <param name="entityOf">Receives the number for each row.</param>
    public void Settle(EntityDirectory directory, int[] entityOf)
    {
        if (_count == 0)
        {
            return;
        }
        directory.MentionAll(_bytes, _places.AsSpan(0, _count), _entities.AsSpan(0, _count));
        for (int i = 0; i < _count; i++)
        {
            entityOf[_rows[i]] = _entities[i];
        }
        (_count, _length) = (0, 0);
    }
}
