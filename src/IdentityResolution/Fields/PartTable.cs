using System.Runtime.InteropServices;
using IdentityResolution.Records;

namespace IdentityResolution.Fields;

/// <summary>The parts that every distinct value of a field is split into: numbered, and per value sorted without repeats.</summary>
/// <remarks>Grows with the values; safe for concurrent readers otherwise.</remarks>
internal abstract class PartTable
{
    private readonly ValueDictionary _values;
    private readonly List<int> _starts;
    private readonly List<int> _numbers;
    private readonly List<int> _own = [];
    private int _markedValues;

    /// <summary>Prepares for the values; the parts come with <see cref="Extend"/>.</summary>
    protected PartTable(ValueDictionary values)
    {
        _values = values;
        _starts = new List<int>(values.Count + 1) { 0 };
        _numbers = new List<int>(values.Count * 2);
    }

    /// <summary>The parts of a value as numbers, ascending, each once.</summary>
    public ReadOnlySpan<int> this[int code] => CollectionsMarshal.AsSpan(_numbers)[_starts[code].._starts[code + 1]];

    /// <summary>Splits the values that came since.</summary>
    public void Extend()
    {
        for (int code = _starts.Count - 1; code < _values.Count; code++)
        {
            _own.Clear();
            Split(_values[code], _own);
            _own.Sort();
            for (int i = 0; i < _own.Count; i++)
            {
                if (i == 0 || _own[i] != _own[i - 1])
                {
                    _numbers.Add(_own[i]);
                }
            }
            _starts.Add(_numbers.Count);
        }
    }

    /// <summary>Remembers how much there is.</summary>
    public virtual void Mark() => _markedValues = _starts.Count - 1;

    /// <summary>Forgets what came since the mark.</summary>
    public virtual void Rollback()
    {
        CollectionsMarshal.SetCount(_numbers, _starts[_markedValues]);
        CollectionsMarshal.SetCount(_starts, _markedValues + 1);
    }

    /// <summary>Adds the numbers of a value's parts to a list, in any order, none negative.</summary>
    protected abstract void Split(ReadOnlySpan<byte> value, List<int> parts);
}
