namespace IdentityResolution;

/// <summary>The result of training.</summary>
/// <param name="Model">The model, every comparison with its m and u.</param>
/// <param name="Decisions">What the library decided and found, in plain sentences.</param>
/// <param name="Quarantine">The rows that could not be read.</param>
public sealed record TrainedModel(IdentityModel Model, IReadOnlyList<string> Decisions, IReadOnlyList<QuarantinedRow> Quarantine);
