using IdentityResolution.Training;

namespace IdentityResolution.Live;

/// <summary>Which models a live index can work with: those by which the weight of a pair depends on nothing but the pair.</summary>
internal static class LiveModel
{
    /// <summary>Finds what stands against a model.</summary>
    /// <exception cref="InvalidModelException">The model is invalid, not trained, or has too many match rules; holds every error.</exception>
    public static void Check(IdentityModel model)
    {
        List<ModelError> errors = [.. ModelValidator.Validate(model)];
        if (model.Comparisons.Count > 0 && !model.IsTrained)
        {
            errors.Add(new("comparisons", "are not trained. A live index needs a trained model: train one on a batch of records (idres train, or IdentityResolver.TrainAsync)."));
        }
        else if (MissingFrequencies.AreIn(model))
        {
            errors.Add(new("comparisons", "lack term frequencies that the model asks for: train it on a batch of records (idres train, or IdentityResolver.TrainAsync)."));
        }
        if (model.MatchRules.Count > PairState.MaxRules)
        {
            errors.Add(new("matchRules", $"holds {model.MatchRules.Count}; a live index takes at most {PairState.MaxRules}."));
        }
        for (int rule = 0; rule < model.BlockingRules.Count; rule++)
        {
            if (model.BlockingRules[rule].Window > 0)
            {
                errors.Add(new($"blockingRules[{rule}].window", "moves with every record that comes between others; a live index takes rules of equal keys only."));
            }
        }
        if (errors.Count > 0)
        {
            throw new InvalidModelException(errors);
        }
    }
}
