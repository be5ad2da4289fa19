using System.Collections.Frozen;

namespace IdentityResolution.Generation;

/// <summary>Family names, most frequent first, with invented ones as their tail: a million people share about sixty thousand.</summary>
internal static class Surnames
{
    private const int Count = 60_000;

    private const string Head = """
        Smith Jones Williams Taylor Brown Davies Evans Wilson Johnson Thomas Roberts Walker Wright Robinson Thompson White Hughes Edwards Green
        Hall Lewis Wood Harris Clarke Jackson Patel Khan Clark Martin Turner Hill Cooper Scott Ward Moore Morris King Watson Baker Harrison Morgan
        Singh Allen Young Anderson Mitchell Phillips Lee Bell Parker Davis James Bennett Miller Cook Ali Campbell Shaw Kelly Ahmed Richardson Kaur
        Simpson Marshall Collins Carter Begum Murphy Gray Adams Cox Begley Price Hussain Murray Wilkinson Foster Graham Bailey Palmer Hunt Mason
        Stevens Kennedy Lloyd Chapman Webb Holmes Mills Powell Barnes Reid Butler Russell Fisher Ellis Matthews Hunter Fox Stewart Knight Jenkins
        Rogers Dixon Gibson Hussein Pearson Stone Gordon Harvey Fletcher Andrews Barker Elliott Hart Ford Reynolds Ross Owen Burton West Dean Lane
        Lawrence Perry Ryan Nelson Cole Grant Burns Walsh Robertson Hamilton Ferguson Spencer Payne Day Bird Wallace McDonald MacDonald Henderson
        Crawford Armstrong Saunders Gardner Lynch Nicholson Berry Carr Fraser Cunningham Warren Black Bradley Francis Cross Watts Greenwood
        Hudson Rose Marsh Harding Newman Parsons Dawson Hopkins Webster Porter Lambert Johnston Chambers Wells Hawkins Pearce Bates Duncan
        Atkinson O'Brien O'Connor O'Neill O'Sullivan O'Reilly Byrne Doyle Gallagher Doherty Kavanagh McCarthy McKenzie MacKay MacLeod McLean
        McIntyre McGregor Sinclair Douglas Cameron Munro Drummond Buchanan Sutherland Paterson Rodríguez García Martínez Hernández López González
        Pérez Sánchez Ramírez Torres Flores Rivera Gómez Díaz Reyes Morales Cruz Ortiz Gutiérrez Chávez Ramos Vargas Castillo Mendoza Jiménez Silva
        Santos Ferreira Pereira Oliveira Costa Rodrigues Almeida Carvalho Nguyen Tran Pham Huynh Vo Dang Bui Do Ngo Duong Wang Li Zhang Liu Chen
        Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Lin Guo Wong Chan Leung Cheung Lam Kim Park Choi Jung Kang Tanaka Suzuki Sato Takahashi Watanabe Ito
        Yamamoto Nakamura Kobayashi Sharma Kumar Gupta Verma Mehta Shah Desai Joshi Reddy Rao Iyer Nair Menon Das Chatterjee Banerjee Mukherjee
        Bose Malik Chaudhry Qureshi Sheikh Siddiqui Mahmood Akhtar Iqbal Rahman Islam Miah Uddin Chowdhury Hossain Mohamed Ibrahim Abdi Hassan
        Osman Warsame Okafor Okonkwo Adeyemi Adebayo Okoro Eze Balogun Mensah Owusu Boateng Asante Nkosi Dlamini Ndlovu Moyo Mwangi Odhiambo
        Nowak Kowalski Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Szymański Woźniak Ivanov Petrov Smirnov Kuznetsov Popov Volkov
        Shevchenko Kovalenko Bondarenko Popescu Ionescu Radu Georgiev Dimitrov Papadopoulos Nikolaidis Rossi Russo Ferrari Esposito Bianchi Romano
        Colombo Ricci Marino Greco Dubois Moreau Laurent Lefebvre Leroy Roux Fournier Girard Bonnet Müller Schmidt Schneider Fischer Weber Meyer
        Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein Wolf Schröder Neumann Schwarz Zimmermann Jansen Bakker Visser Smit Mulder
        Bos Vos Dijkstra Andersen Hansen Johansen Olsen Larsen Pedersen Nilsen Jensen Nielsen Christensen Sørensen Rasmussen Johansson Andersson
        Karlsson Nilsson Eriksson Larsson Olsson Persson Svensson Gustafsson Korhonen Virtanen Mäkinen Nieminen Yılmaz Kaya Demir Çelik Şahin
        Cohen Levy Mizrahi Peretz Friedman Goldberg Katz Shapiro Rosenberg Kaplan Haddad Khoury Mansour Nasser Saleh Farah Aziz Abdullah
        Abbott Archer Ashton Atkins Austin Ball Banks Barlow Barnett Barrett Barton Baxter Beck Benson Birch Bishop Blackburn Blake Bolton Bond
        Booth Bowen Boyd Bradshaw Brady Briggs Brookes Bryant Buckley Bull Burgess Burke Burrows Bush Byrd Cartwright Charlton Clayton Clements
        Coates Coleman Connolly Conway Cooke Corbett Craig Curtis Dale Daly Daniels Davidson Davison Donnelly Dunn Dyer Eaton Farrell Faulkner
        Field Finch Fitzgerald Fleming Flynn Forster Fowler Freeman French Frost Fuller Gibbs Gilbert Giles Gill Glover Goddard Godfrey Goodwin
        Gough Gould Greaves Gregory Griffin Griffiths Hale Hammond Hancock Hanson Hardy Harper Harrington Hayes Haynes Heath Herbert Hewitt
        Hicks Higgins Hobbs Hodgson Holland Holloway Holt Hooper Horton Houghton Howarth Howe Howell Hughes Humphreys Hurst Hutchinson Ingram
        Jarvis Jennings Joyce Kay Kemp Kent Kerr Kirby Lamb Leach Leonard Little Long Lowe Lucas Lyons Manning May McKenna Metcalfe Middleton
        Miles Moran Moss Myers Nash Naylor Newton Nixon Noble Nolan Norman Norris North Norton Oakley Osborne Page Parkin Parkinson Parry
        Peacock Perkins Peters Pickering Poole Potter Pratt Preston Pritchard Pugh Quinn Randall Reed Rees Rhodes Rice Riley Rowe Rowley Sanders
        Sanderson Savage Schofield Sharp Sharpe Shepherd Sheppard Short Simmons Skinner Slater Stanley Stephens Stephenson Stokes Storey Summers
        Sutton Swift Sykes Talbot Thornton Thorpe Todd Townsend Tucker Tyler Vaughan Vincent Wade Walters Walton Waters Weston Wheeler Whitehead
        Whitehouse Whittaker Wilkins Willis Winter Woods Woodward Wyatt Yates
        """;

    private static readonly FrozenSet<string> Common =
        Head.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>All family names.</summary>
    public static RankedNames All { get; } = new(RankedNames.Extend(Head, Count, seed: 0x5A, surnames: true), offset: 8, steep: false);

    /// <summary>Is the name one that thousands share?</summary>
    public static bool IsCommon(string surname) => Common.Contains(surname);
}
