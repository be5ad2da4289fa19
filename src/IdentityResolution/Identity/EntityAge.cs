namespace IdentityResolution.Identity;

/// <summary>Puts ids in order of age; those of one age (a damaged or foreign store) in order of their text.</summary>
internal static class EntityAge
{
    /// <summary>Negative when the left id is older.</summary>
    public static int Compare(EntityDirectory entities, int left, int right)
    {
        int bySequence = entities.Sequence(left).CompareTo(entities.Sequence(right));
        return bySequence != 0 ? bySequence : entities.Id(left).SequenceCompareTo(entities.Id(right));
    }
}
