namespace IdentityResolution;

/// <summary>One run that a store holds: a batch, a batch of live changes, an erasure or a roll back.</summary>
/// <param name="RunNumber">Its number: 1 for the first run.</param>
/// <param name="RunId">Its id.</param>
/// <param name="At">When it was made, as told by its clock.</param>
/// <param name="ModelHash">Hash of the model it used, lower-case hexadecimal.</param>
public sealed record StoredRun(long RunNumber, string RunId, DateTimeOffset At, string ModelHash);
