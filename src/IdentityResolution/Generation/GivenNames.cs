namespace IdentityResolution.Generation;

/// <summary>Given names, most frequent first, with invented ones as their tail.</summary>
internal static class GivenNames
{
    private const int Count = 1200;

    private const string FemaleHead = """
        Mary Sarah Emma Susan Margaret Elizabeth Jennifer Laura Karen Patricia Helen Linda Julie Anna Jessica Barbara Rebecca Christine Amy Nicola
        Lisa Rachel Charlotte Michelle Claire Jane Emily Katherine Sandra Hannah Sophie Angela Victoria Amanda Olivia Jean Carol Samantha Louise
        Deborah Joanne Alice Kelly Stephanie Ann Natalie Caroline Nancy Lucy Maria Dorothy Heather Diane Donna Grace Joan Danielle Megan Andrea
        Ruth Julia Katie Georgia Chloe Sharon Ashley Catherine Kimberly Melissa Cynthia Isabella Betty Theresa Janet Ella Frances Alexandra Lauren
        Gemma Virginia Kathleen Pamela Martha Debra Amelia Carolyn Brenda Sylvia Judith Rose Abigail Jacqueline Teresa Doris Gloria Evelyn Cheryl
        Mildred Joyce Beverley Denise Tracey Eleanor Zoe Irene Lillian Fiona Florence Yvonne Marie Freya Gillian Isla Eva Ivy Poppy Daisy Lily
        Holly Molly Phoebe Matilda Rosie Millie Scarlett Imogen Harriet Beatrice Edith Ethel Hazel Vera Wendy Lorraine Maureen Sheila Hilary
        Valerie Tina Paula Naomi Leah Jasmine Aisha Fatima Zainab Priya Anjali Lakshmi Sunita Deepa Mei Ling Yuki Sakura Nguyệt Linh Thu Ngọc
        María Carmen Ana Lucía Sofía Elena Isabel Rosa Pilar Guadalupe Camila Valentina Gabriela Daniela Adriana Beatriz Inês Luísa Fernanda
        Agnieszka Katarzyna Małgorzata Ewa Joanna Magdalena Svetlana Olga Natalia Tatiana Irina Oksana Ioana Andreea Giulia Chiara Francesca
        Camille Léa Chloé Zoë Amélie Hélène Noémie Siobhán Niamh Aoife Róisín Ciara Eilidh Catriona Rhiannon Cerys Ingrid Astrid Sigrid Freja
        Maja Annika Greta Heidi Ursula Birgit Anke Käthe Hanneke Femke Sanne Marijke Leila Yasmin Nour Layla Maryam Samira Noor Amina Chiamaka
        Ngozi Adaeze Folake Amara Thandiwe Nomvula Wanjiru Achieng Ayşe Zeynep Elif Merve Shira Tamar Miriam Esther Judith Dalia Rivka
        """;

    private const string MaleHead = """
        James John David Michael William Robert Thomas Richard Andrew Christopher Daniel Paul Mark Matthew Peter Joseph Stephen George Anthony
        Charles Steven Kevin Edward Brian Ian Simon Philip Benjamin Adam Alexander Jonathan Samuel Timothy Kenneth Patrick Ronald Jack Gary
        Nicholas Oliver Henry Harry Joshua Martin Alan Luke Ryan Jason Neil Graham Scott Jacob Arthur Frank Raymond Gregory Dennis Keith Colin
        Donald Stuart Jeremy Nathan Callum Liam Craig Douglas Lewis Eric Walter Aaron Sean Jamie Dean Connor Harold Albert Roger Trevor Malcolm
        Gerald Derek Leonard Lawrence Barry Roy Russell Frederick Dylan Ethan Noah Logan Mason Lucas Leo Oscar Theo Archie Alfie Freddie Isaac
        Max Toby Dominic Vincent Victor Louis Ernest Norman Stanley Howard Geoffrey Clive Nigel Duncan Hugh Angus Hamish Ewan Gareth Rhys Owen
        Evan Huw Dafydd Declan Eamon Cormac Seán Ciarán Oisín Fergus Raphael Gabriel Adrian Julian Marcus Damian Fabian Felix Hugo Sebastian
        Mohammed Muhammad Ahmed Ali Omar Hassan Hussein Ibrahim Yusuf Khalid Tariq Imran Bilal Arjun Rahul Sanjay Vijay Anil Rajesh Suresh Amit
        Ravi Harpreet Gurpreet Wei Jun Hao Ming Jian Hiroshi Kenji Takashi Minh Tuấn Hùng Dũng José Juan Carlos Luis Miguel Jesús Antonio Manuel
        Francisco Pedro Javier Alejandro Diego Fernando Rafael Sergio Andrés João Tiago Rui Paulo Piotr Krzysztof Andrzej Tomasz Paweł Łukasz
        Michał Marcin Ivan Dmitri Sergei Alexei Vladimir Mikhail Oleksandr Andriy Bogdan Ion Mihai Marco Luca Giovanni Giuseppe Matteo Pierre
        Jean Luc François Étienne Olivier Antoine Jürgen Hans Klaus Wolfgang Günther Stefan Dieter Lars Sven Erik Anders Bjørn Søren Henrik Jan
        Pieter Willem Kees Dirk Mehmet Mustafa Emre Burak Avi Moshe Yaakov Eitan Chidi Emeka Olumide Tunde Kwame Kofi Sipho Thabo Kamau Otieno
        """;

    /// <summary>Names of girls and women.</summary>
    public static RankedNames Female { get; } = new(RankedNames.Extend(FemaleHead, Count, seed: 0xFE, surnames: false), offset: 12, steep: true);

    /// <summary>Names of boys and men.</summary>
    public static RankedNames Male { get; } = new(RankedNames.Extend(MaleHead, Count, seed: 0x3A, surnames: false), offset: 10, steep: true);

    /// <summary>The names of one sex.</summary>
    public static RankedNames Of(bool female) => female ? Female : Male;
}
