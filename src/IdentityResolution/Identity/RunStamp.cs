namespace IdentityResolution.Identity;

/// <summary>Which run makes a change, and when; both come from the caller.</summary>
/// <param name="RunId">The run's id, unique in a store.</param>
/// <param name="At">The moment of the run, as told by the run's clock.</param>
internal readonly record struct RunStamp(string RunId, DateTimeOffset At);
