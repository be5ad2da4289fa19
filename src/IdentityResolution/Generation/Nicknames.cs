using System.Collections.Frozen;

namespace IdentityResolution.Generation;

/// <summary>Short and familiar forms of given names. The generator's own list: what the engine knows of nicknames stands elsewhere.</summary>
internal static class Nicknames
{
    private const string Table = """
        Alexander:Alex,Sandy,Al Alexandra:Alex,Sandra,Lexi Alan:Al Albert:Bert,Al Andrew:Andy,Drew Angela:Angie Anthony:Tony Arthur:Art Abigail:Abby
        Amanda:Mandy Barbara:Babs,Barb Benjamin:Ben,Benny Beatrice:Bea,Trixie Beverley:Bev Catherine:Cathy,Kate,Cat Katherine:Kathy,Kate,Katie,Kat
        Kathleen:Kathy,Kath Caroline:Carrie,Caro Charles:Charlie,Chas,Chuck Charlotte:Lottie,Charlie Christopher:Chris,Kit Christine:Chris,Chrissie
        Cynthia:Cindy Daniel:Dan,Danny Danielle:Dani David:Dave,Davy Deborah:Deb,Debbie Debra:Deb,Debbie Dennis:Den Dominic:Dom Donald:Don,Donnie
        Dorothy:Dot,Dolly Douglas:Doug Edward:Ed,Eddie,Ted,Ned Eleanor:Ellie,Nell Elizabeth:Liz,Beth,Betty,Lizzie,Eliza Emily:Em,Millie Evelyn:Eve
        Florence:Flo,Florrie Frances:Fran Francesca:Fran Francisco:Paco,Paquito Frank:Francis Frederick:Fred,Freddie Gabriel:Gabe Geoffrey:Geoff
        Gerald:Gerry,Jerry Gillian:Gill Gregory:Greg Guadalupe:Lupe Harold:Harry,Hal Harriet:Hattie Henry:Harry,Hank Isabel:Izzy,Bella
        Isabella:Izzy,Bella Jacob:Jake Jacqueline:Jackie James:Jim,Jimmy,Jamie Janet:Jan Jennifer:Jen,Jenny Jessica:Jess,Jessie Joanne:Jo Joanna:Jo,Asia
        John:Jack,Johnny Jonathan:Jon,Jonny Joseph:Joe,Joey José:Pepe Joshua:Josh Judith:Judy Julia:Jules Kenneth:Ken,Kenny Kevin:Kev Kimberly:Kim
        Krzysztof:Krzysiek,Chris Laura:Laurie Lawrence:Larry,Laurie Leonard:Len,Lenny Lillian:Lily Louise:Lou Louis:Lou Magdalena:Magda
        Małgorzata:Gosia Margaret:Maggie,Meg,Peggy Maria:Mia María:Mari Martha:Marty Martin:Marty Mary:Molly,Polly,May Matilda:Tilly,Mattie
        Matthew:Matt Megan:Meg Melissa:Mel,Missy Michael:Mike,Mick,Mikey Michelle:Shelly,Chelle Mildred:Millie Mikhail:Misha Miriam:Mimi Mohammed:Mo
        Muhammad:Mo Nancy:Nan Nathan:Nate,Nat Natalie:Nat Nicholas:Nick,Nicky Nicola:Nicky,Nic Oliver:Ollie Oleksandr:Sasha Olivia:Liv,Livvy
        Pamela:Pam Patricia:Pat,Patty,Trish,Tricia Patrick:Pat,Paddy Peter:Pete Philip:Phil Rachel:Rach Raymond:Ray Rebecca:Becky,Becca
        Richard:Rick,Dick,Richie Robert:Bob,Rob,Bobby,Robbie Roger:Rodge Ronald:Ron,Ronnie Russell:Russ Samantha:Sam Samuel:Sam,Sammy Sandra:Sandy
        Sarah:Sally,Sadie Sebastian:Seb Sergei:Seryozha Sharon:Shaz Sophie:Soph Stephanie:Steph Stephen:Steve Steven:Steve Stuart:Stu Susan:Sue,Susie
        Tatiana:Tanya Teresa:Terry,Tess Theresa:Terry,Tess Theo:Ted Thomas:Tom,Tommy Timothy:Tim Valerie:Val Victor:Vic Victoria:Vicky,Tori
        Vincent:Vince Virginia:Ginny Walter:Walt,Wally William:Bill,Will,Billy,Liam Zoe:Zo
        """;

    private static readonly FrozenDictionary<string, string[]> ByName = Table
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .Select(entry => entry.Split(':'))
        .ToFrozenDictionary(parts => parts[0], parts => parts[1].Split(','), StringComparer.Ordinal);

    /// <summary>The familiar forms of a given name; empty when there is none.</summary>
    public static ReadOnlySpan<string> Of(string givenName) => ByName.TryGetValue(givenName, out string[]? forms) ? forms : [];
}
