namespace IdentityResolution;

/// <summary>How far a stream of changes has been read.</summary>
/// <param name="Stream">The stream's name, for example <c>postgres:crm_slot</c>; unique within a store.</param>
/// <param name="Position">Where to go on: an offset, a log sequence number, a line. Its meaning is the stream's own.</param>
public sealed record StreamPosition(string Stream, string Position);
