namespace IdentityResolution;

/// <summary>One thing that is wrong with a model.</summary>
/// <param name="Path">Where, as a JSON path: for example <c>comparisons[2].levels[0].m</c>.</param>
/// <param name="Message">What is wrong and what was expected.</param>
public sealed record ModelError(string Path, string Message)
{
    /// <summary>The error as <c>path: message</c>.</summary>
    public override string ToString() => Path.Length == 0 ? Message : $"{Path}: {Message}";
}

/// <summary>A model that can't be used: every error at once. Fix the model.</summary>
public sealed class InvalidModelException : IdentityResolutionException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="errors">All errors, at least one.</param>
    public InvalidModelException(IReadOnlyList<ModelError> errors)
        : base(Describe(errors)) => Errors = errors;

    /// <summary>Every error, in the order of the model.</summary>
    public IReadOnlyList<ModelError> Errors { get; }

    private static string Describe(IReadOnlyList<ModelError> errors) => errors.Count == 1
        ? $"The model is invalid: {errors[0]}"
        : $"The model has {errors.Count} errors:{Environment.NewLine}{string.Join(Environment.NewLine, errors.Select(error => $"  {error}"))}";
}
