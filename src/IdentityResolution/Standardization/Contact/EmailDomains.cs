using IdentityResolution.Standardization.Text;

namespace IdentityResolution.Standardization.Contact;

/// <summary>What is known of e-mail providers and of addresses that are none.</summary>
internal static class EmailDomains
{
    private static readonly WordMap MainDomains = new("gmail.com: googlemail.com");

    private static readonly WordSet PlaceholderLocals = new(
        "none na n/a null nil unknown noemail no-email no_email no.email nomail no-mail nomail1 noemailaddress noemailgiven noemailprovided notprovided " +
        "not.provided notavailable not.available notgiven noone nobody donthave declined refused nothing noaddress anonymous xxx xxxx " +
        "fake dummy unk unspecified");

    private static readonly WordSet PlaceholderDomains = new(
        "test.com test.test noemail.com nomail.com none.com none.none no.com no.email noemail.org noemail.net na.com null.com unknown.com email.invalid invalid.invalid " +
        "example.invalid xxx.xxx xx.xx a.a x.x notprovided.com fake.com nowhere.com");

    private static readonly WordSet ExampleDomains = new("example.com example.org example.net email.com mail.com domain.com company.com");
    private static readonly WordSet TestLocals = new("test tester testing test1 test123 user username email e-mail mail me you name your.name yourname youremail your.email someone somebody abc asdf a aa aaa x");

    private static readonly WordSet Roles = new(
        "info information contact contacts sales support help helpdesk service services customerservice customer.service customercare admin administrator " +
        "administration office mail email hello hi enquiries enquiry inquiries inquiry billing accounts accounting accountspayable finance invoice invoices " +
        "orders order jobs careers hr recruiting recruitment marketing press media news newsletter webmaster postmaster hostmaster abuse security privacy " +
        "legal noreply no-reply no_reply donotreply do-not-reply mailer-daemon team staff reception reservations reservation booking bookings events " +
        "feedback root sysadmin it purchasing procurement shop store webshop vertrieb buchhaltung kontakt service-team post verwaltung bestellung " +
        "contacto ventas administracion informacion contato vendas comercial contabilidade commercial direction accueil secretariat secretary " +
        "amministrazione segreteria informazioni ordini biuro sekretariat kontor receptie verkoop administratie");

    private static readonly WordSet Disposable = new(
        "mailinator.com guerrillamail.com guerrillamail.net guerrillamail.org guerrillamailblock.com sharklasers.com grr.la 10minutemail.com 10minutemail.net " +
        "20minutemail.com tempmail.com temp-mail.org temp-mail.io tempmail.net tempr.email tempail.com tempinbox.com throwawaymail.com throwaway.email " +
        "trashmail.com trashmail.de trashmail.net trash-mail.com trash-mail.de wegwerfmail.de wegwerfmail.net yopmail.com yopmail.fr yopmail.net jetable.org " +
        "mailnesia.com maildrop.cc mailcatch.com dispostable.com discard.email discardmail.com getnada.com nada.email fakeinbox.com fakemail.net mintemail.com " +
        "mohmal.com moakt.com emailondeck.com spamgourmet.com spam4.me spambox.us mytemp.email burnermail.io getairmail.com mailsac.com inboxkitten.com " +
        "byom.de einrot.com cuvox.de dayrep.com fleckens.hu gustr.com jourrapide.com rhyta.com superrito.com teleworm.us armyspy.com emailfake.com " +
        "tempmailo.com minuteinbox.com 33mail.com anonbox.net incognitomail.org mailexpire.com mailmoat.com mailnull.com spamex.com tempemail.co");

    private static readonly WordSet Public = new(
        "gmail.com yahoo.com yahoo.co.uk yahoo.fr yahoo.de yahoo.it yahoo.es yahoo.ca yahoo.com.au yahoo.co.in yahoo.co.jp yahoo.com.br yahoo.in ymail.com " +
        "rocketmail.com hotmail.com hotmail.co.uk hotmail.fr hotmail.de hotmail.it hotmail.es outlook.com outlook.de outlook.fr outlook.es live.com " +
        "live.co.uk live.fr live.nl live.de live.it msn.com icloud.com me.com mac.com aol.com aol.co.uk aim.com gmx.de gmx.net gmx.at gmx.ch gmx.com web.de " +
        "t-online.de freenet.de arcor.de mail.de posteo.de mailbox.org proton.me protonmail.com pm.me tutanota.com zoho.com fastmail.com mail.com email.com " +
        "yandex.ru yandex.com ya.ru mail.ru bk.ru list.ru inbox.ru rambler.ru qq.com 163.com 126.com sina.com sohu.com foxmail.com naver.com hanmail.net " +
        "daum.net orange.fr wanadoo.fr free.fr laposte.net sfr.fr neuf.fr libero.it virgilio.it tiscali.it alice.it tin.it wp.pl o2.pl onet.pl interia.pl " +
        "op.pl seznam.cz centrum.cz ziggo.nl kpnmail.nl planet.nl hetnet.nl xs4all.nl home.nl telenet.be skynet.be bluewin.ch btinternet.com sky.com " +
        "virginmedia.com talktalk.net ntlworld.com blueyonder.co.uk tiscali.co.uk comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net " +
        "charter.net earthlink.net optonline.net juno.com rogers.com shaw.ca sympatico.ca telus.net bigpond.com bigpond.net.au optusnet.com.au xtra.co.nz " +
        "uol.com.br bol.com.br terra.com.br ig.com.br rediffmail.com telia.com hotmail.se online.no sapo.pt abv.bg ukr.net i.ua walla.com");

    /// <summary>Whether a local part names a function.</summary>
    public static bool IsRole(ReadOnlySpan<char> local) => Roles.Contains(local);

    /// <summary>Whether a domain is one of a provider of throw-away mailboxes.</summary>
    public static bool IsDisposable(ReadOnlySpan<char> domain) => Disposable.Contains(domain);

    /// <summary>Whether a domain gives mailboxes to the public.</summary>
    public static bool IsPublicProvider(ReadOnlySpan<char> domain) => Public.Contains(domain) || IsDisposable(domain);

    /// <summary>The one name of a provider that has several.</summary>
    public static bool TryGetMainDomain(ReadOnlySpan<char> domain, out string main) => MainDomains.TryGet(domain, out main);

    /// <summary>Whether the provider takes <c>j.doe</c> and <c>jdoe</c> for one mailbox.</summary>
    public static bool IgnoresDots(ReadOnlySpan<char> domain) => domain is "gmail.com";

    /// <summary>Whether an address stands for "no address".</summary>
    public static bool IsPlaceholder(ReadOnlySpan<char> local, ReadOnlySpan<char> domain) =>
        PlaceholderLocals.Contains(local)
        || PlaceholderDomains.Contains(domain)
        || (ExampleDomains.Contains(domain) && TestLocals.Contains(local));
}
