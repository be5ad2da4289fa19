namespace IdentityResolution.Clustering;

/// <summary>Union-find over record indices: arrays, union by size, path halving.</summary>
/// <remarks>Near-constant amortized time a call. Not thread-safe. Source: Tarjan and van Leeuwen (1984), "Worst-case Analysis of Set Union Algorithms", JACM 31(2).</remarks>
internal sealed class DisjointSets
{
    private readonly int[] _parent;
    private readonly int[] _size;

    public DisjointSets(int count)
    {
        _parent = new int[count];
        _size = new int[count];
        for (int i = 0; i < count; i++)
        {
            _parent[i] = i;
            _size[i] = 1;
        }
    }

    /// <summary>How many elements there are.</summary>
    public int Count => _parent.Length;

    /// <summary>The representative of an element's set.</summary>
    public int Find(int element)
    {
        while (_parent[element] != element)
        {
            _parent[element] = _parent[_parent[element]];
            element = _parent[element];
        }
        return element;
    }

    /// <summary>Joins two sets; the representative of the larger stays.</summary>
    /// <returns>The representative of the joined set.</returns>
    public int Union(int left, int right)
    {
        left = Find(left);
        right = Find(right);
        if (left == right)
        {
            return left;
        }
        if (_size[left] < _size[right])
        {
            (left, right) = (right, left);
        }
        _parent[right] = left;
        _size[left] += _size[right];
        return left;
    }

    /// <summary>Numbers the sets from 0 in order of their first element.</summary>
    /// <param name="clusterOf">Receives the set of each element. Length: elements.</param>
    /// <returns>How many sets there are.</returns>
    public int Number(Span<int> clusterOf)
    {
        var numberOf = new int[_parent.Length];
        numberOf.AsSpan().Fill(-1);
        int count = 0;
        for (int element = 0; element < _parent.Length; element++)
        {
            int root = Find(element);
            if (numberOf[root] < 0)
            {
                numberOf[root] = count++;
            }
            clusterOf[element] = numberOf[root];
        }
        return count;
    }
}
