#pragma warning disable
namespace IdentityResolution.Standardization;
public static class Nicknames {
  public static bool AreVariants(ReadOnlySpan<char> a, ReadOnlySpan<char> b) => false;
  public static ReadOnlySpan<char> Canonical(ReadOnlySpan<char> a) => a;
  public static bool IsKnown(string a) => "james john robert mary jennifer emma olivia jack harry amelia muhammad daniel thomas sarah jessica sophie joshua benjamin william lachlan".Split(' ').Contains(a);
}
public static class PostalCode { public static ReadOnlySpan<char> Area(ReadOnlySpan<char> a) => a[..Math.Min(3,a.Length)]; }
public sealed class PersonName { public string Given=""; public string Surname=""; public static PersonName Parse(string s) { var i=s.LastIndexOf(' '); return new PersonName{Given=i<0?s:s[..i],Surname=i<0?"":s[(i+1)..]}; } }
public readonly ref struct StreetAddress { public readonly ReadOnlySpan<char> Number; public readonly ReadOnlySpan<char> Street; StreetAddress(ReadOnlySpan<char> n, ReadOnlySpan<char> s){Number=n;Street=s;} public static StreetAddress Parse(ReadOnlySpan<char> v) { int i=v.IndexOf(' '); if(i>0&&char.IsDigit(v[0])) return new StreetAddress(v[..i],v[(i+1)..]); return new StreetAddress(default,v);} }
