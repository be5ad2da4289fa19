using System.Globalization;
using IdentityResolution.Internals;

namespace IdentityResolution.Generation;

/// <summary>Makes the record that stands at a place in the output: finds its person and damages what the person would have entered.</summary>
internal sealed class RecordFactory
{
    private const string HotEmail = "office@example.org";
    private const string HotSurname = "Garcia";
    private readonly PeopleGeneratorOptions _options;
    private readonly RowShuffle _shuffle;
    private readonly int _totalShare;

    /// <summary>Prepares to make records.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public RecordFactory(PeopleGeneratorOptions options)
    {
        if (options.FindError() is { } error)
        {
            throw new ArgumentOutOfRangeException(nameof(options), error);
        }
        _options = options;
        _shuffle = new RowShuffle(options.Records, options.Seed);
        _totalShare = SourceProfile.All.Take(options.Sources).Sum(source => source.Share);
    }

    /// <summary>The record at a 0-based position of the output; positions can be asked for in any order.</summary>
    public SyntheticRecord Create(long position)
    {
        (long number, int index, int count) = Population.RecordAt(_shuffle[position]);
        Person person = Person.Create(_options.Seed, number, count);
        var random = new SplitMix64(StableHash.Combine(StableHash.Combine(_options.Seed ^ 0x5245434F, (ulong)number), (ulong)index));
        SourceProfile source = PickSource(ref random);
        var damage = new Damage(source, source.ErrorFactor * _options.Noise);

        string first = damage.FirstName(ref random, person);
        string surname = damage.Surname(ref random, Falls(0x484F5453, number, _options.HotSurnameShare) ? HotSurname : person.SurnameAt(index));
        damage.SwapNames(ref random, ref first, ref surname);
        DateOnly? birth = damage.BirthDate(ref random, person.Born.BirthDate);
        string email = damage.Email(ref random, person.EmailAt(index));
        string phone = damage.Phone(ref random, person.PhoneAt(index));
        (string street, string city, string postcode) = damage.Address(ref random, person.AddressAt(index));
        if (birth is null && email.Length == 0 && phone.Length == 0 && postcode.Length == 0)
        {
            // Nobody keeps a customer of whom nothing but a name is known.
            email = person.EmailAt(index);
        }
        email = Falls(0x484F5445, position, _options.HotEmailShare) ? HotEmail : email;
        damage.Restyle(ref random, ref first, ref surname, ref street, ref city);
        string recordId = string.Create(CultureInfo.InvariantCulture, $"{source.Name}-{position + 1}");
        string trueId = string.Create(CultureInfo.InvariantCulture, $"p{number + 1}");
        return new SyntheticRecord(recordId, source.Name, first, surname, birth, email, phone, street, city, postcode, trueId);
    }

    // Drawn apart from all else, so that what does not fall stays as it was.
    private bool Falls(ulong purpose, long number, double share) =>
        share > 0 && new SplitMix64(StableHash.Combine(_options.Seed ^ purpose, (ulong)number)).Chance(share);

    private SourceProfile PickSource(ref SplitMix64 random)
    {
        int draw = random.Below(_totalShare);
        int source = 0;
        while (draw >= SourceProfile.All[source].Share)
        {
            draw -= SourceProfile.All[source].Share;
            source++;
        }
        return SourceProfile.All[source];
    }
}
