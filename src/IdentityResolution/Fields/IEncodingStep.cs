using IdentityResolution.Records;

namespace IdentityResolution.Fields;

/// <summary>A part of the values of a field: made standard on any thread, then numbered in its turn.</summary>
internal interface IEncodingStep
{
    /// <summary>Makes the standard forms, at any time before <see cref="Encode"/>.</summary>
    void Standardize(StandardValueWriters writers);

    /// <summary>Adds the forms to the dictionary of the field; the steps of a field one after the other.</summary>
    void Encode(ValueDictionary values);
}
