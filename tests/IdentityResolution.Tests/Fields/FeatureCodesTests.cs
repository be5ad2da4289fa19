using System.Text;
using IdentityResolution.Features;
using IdentityResolution.Fields;
using IdentityResolution.Records;
using IdentityResolution.Standardization;

namespace IdentityResolution.Tests.Fields;

public class FeatureCodesTests
{
    private static readonly TransformStep[] Steps = [new TransformStep(Transform.Prefix, 2)];

    [Fact]
    public void Values_that_come_later_get_the_codes_they_would_have_had_at_once()
    {
        string[] all = ["anna", "bert", "anton", "carl", "bea", "ben", "carla", "dora"];
        ValueDictionary values = Of(all[..3]);
        var grown = new FeatureCodes(values, Steps, NicknameTable.Default);
        foreach (string value in all[3..])
        {
            values.GetOrAdd(Encoding.UTF8.GetBytes(value));
            grown.Extend();
        }
        var whole = new FeatureCodes(Of(all), Steps, NicknameTable.Default);
        Assert.Equal(whole.Codes.ToArray(), grown.Codes.ToArray()[..all.Length]);
        Assert.Equal([0, 1, 0, 2, 1, 1, 2, 3], whole.Codes.ToArray());
        Assert.Equal((4, 4), (whole.Count, grown.Count));
    }

    [Fact]
    public void What_was_rolled_back_leaves_no_code_behind()
    {
        ValueDictionary values = Of(["anna", "bert"]);
        var codes = new FeatureCodes(values, Steps, NicknameTable.Default);
        codes.Mark();
        values.GetOrAdd("carl"u8);
        codes.Extend();
        Assert.Equal(3, codes.Count);
        codes.Rollback();
        values.Truncate(2);
        Assert.Equal(2, codes.Count);
        values.GetOrAdd("dora"u8);
        values.GetOrAdd("beate"u8);
        values.GetOrAdd("carla"u8);
        codes.Extend();
        Assert.Equal([0, 1, 2, 1, 3], codes.Codes.ToArray()[..5]);
        Assert.Equal(4, codes.Count);
    }

    private static ValueDictionary Of(string[] values)
    {
        var dictionary = new ValueDictionary();
        foreach (string value in values)
        {
            dictionary.GetOrAdd(Encoding.UTF8.GetBytes(value));
        }
        return dictionary;
    }
}
