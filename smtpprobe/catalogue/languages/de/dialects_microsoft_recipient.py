"""Vendors' wordings in German: microsoft recipient. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Microsoft 365: bulk sender not authenticated": (
        "Massenversender nicht authentifiziert",
        "Outlook.com hat die Nachricht abgelehnt: Eine Domain, die täglich mehr als 5.000 sendet, muss SPF, DKIM und DMARC bestehen, und diese tat es nicht.",
        "Einen DMARC-Eintrag veröffentlichen, p=none genügt, SPF und DKIM beide bestehen lassen, wenigstens eines davon in der From-Domain. Die Antwort oder der Bounce sagt, was gescheitert ist.",
    ),
    "Microsoft 365: DMARC policy of the sender's domain": (
        "DMARC-Richtlinie der Absenderdomain",
        "Microsoft 365 hat die Nachricht abgelehnt, weil die eigene DMARC-Richtlinie der From-Domain es verlangt: Weder SPF noch DKIM hat in ihrem Namen bestanden.",
        "Mit DKIM in der From-Domain signieren oder über deren eigene Server senden. Weitergeleitete Mail behält DKIM, solange nichts sie verändert.",
    ),
    "Microsoft 365: SPF fails at the destination": (
        "SPF scheitert am Ziel",
        "Der Server am Ziel hat abgelehnt, was Microsoft 365 zugestellt hat, weil SPF für die Domain des Absenders gescheitert ist.",
        "include:spf.protection.outlook.com und jeden anderen Dienst, der für die Domain sendet, in ihren einzigen SPF-Eintrag aufnehmen.",
    ),
    "Microsoft 365: SPF record allows nobody": (
        "SPF-Eintrag erlaubt niemanden",
        "Outlook.com hat die Nachricht abgelehnt: Die Domain des Absenders veröffentlicht einen Eintrag, der gar keine Adresse erlaubt.",
        "v=spf1 -all durch einen Eintrag ersetzen, der die Absender nennt, und zwei Tage für die Verbreitung einrechnen.",
    ),
    "Microsoft 365: IPv6 without authentication": (
        "IPv6 ohne Authentifizierung",
        "Über IPv6 nimmt Microsoft 365 nur Mail an, die SPF oder DKIM besteht.",
        "SPF für die IPv6-Adresse veröffentlichen oder mit DKIM signieren; bis dahin über IPv4 senden.",
    ),
    "Microsoft 365: IPv6 without a reverse record": (
        "IPv6 ohne Reverse-DNS",
        "Über IPv6 nimmt Microsoft 365 Mail nur von Adressen mit PTR-Eintrag an.",
        "Ihn vom Inhaber des Adressbereichs setzen lassen; bis dahin über IPv4 senden.",
    ),
    "Microsoft 365: recipient takes no mail over IPv6": (
        "Empfänger nimmt keine Mail über IPv6 an",
        "Die Domain des Empfängers hat Microsoft 365 nicht beauftragt, anonyme Mail über IPv6 anzunehmen.",
        "Über IPv4 senden; Mailserver weichen von selbst aus, wenn der MX auch IPv4-Adressen hat.",
    ),
    "Microsoft 365: From missing or malformed": (
        "From fehlt oder ist fehlerhaft",
        "Microsoft 365 hat die Nachricht abgelehnt: Ihre From-Kopfzeile enthält keine gültige Adresse.",
        "Das sendende Programm From mit einer Adresse in spitzen Klammern schreiben lassen. In Exchange Online sehen Admins dasselbe bei Mail, die ein Gerät mit leerem From sendet.",
    ),
    "Microsoft 365: several From addresses without Sender": (
        "mehrere From-Adressen ohne Sender",
        "Die From-Kopfzeile enthält mehrere Adressen, und keine Sender-Kopfzeile sagt, wer gesendet hat (RFC 5322 3.6.2).",
        "Eine Adresse in From setzen oder Sender ergänzen.",
    ),
    "Microsoft 365: no such user here (directory-based edge blocking)": (
        "kein solcher Benutzer hier (Directory-Based Edge Blocking)",
        "Das Verzeichnis des Tenants hat keinen solchen Empfänger, oder die Domain ist in diesem Tenant nicht eingerichtet. Die Worte über Zugriff führen in die Irre.",
        "Die Adresse prüfen. Admin: nachsehen, ob der Empfänger synchronisiert ist und der Typ der Domain Authoritative lautet.",
    ),
    "Microsoft 365: none of the recipients exists": (
        "keinen der Empfänger gibt es",
        "Microsoft 365 kennt keinen der Empfänger dieser Transaktion. Die Worte über Zugriff führen in die Irre.",
        "Die Adressen prüfen. Admin: nachsehen, ob die Empfänger synchronisiert sind und der Typ der Domain Authoritative lautet.",
    ),
    "Microsoft 365: banned recipient": (
        "gesperrter Empfänger",
        "Microsoft 365 stellt an diesen Empfänger nicht mehr zu.",
        "Die Adresse prüfen; stimmt sie, wendet sich der Admin des Empfängers an den Support von Microsoft.",
    ),
    "Microsoft 365: too many to one recipient": (
        "zu viel an einen Empfänger",
        "Ein Absender schreibt in einer Stunde öfter an dieses Postfach, als Exchange Online zulässt.",
        "Weniger Nachrichten senden: Alarme in einer zusammenfassen oder über Stunden verteilen.",
    ),
    "Microsoft 365: recipient gets too much mail": (
        "Empfänger bekommt zu viel Mail",
        "Alle Absender zusammen füllen dieses Postfach in einer Stunde schneller, als Exchange Online zulässt.",
        "Die nächste Stunde abwarten. Kommt die Flut von der eigenen Seite, sie stoppen; sonst sucht der Admin des Empfängers nach einem Mailsturm.",
    ),
    "Microsoft 365: group takes mail from some senders only": (
        "Gruppe nimmt nur Mail von manchen Absendern an",
        "Der Empfänger ist eine Gruppe, und der Absender gehört nicht zu denen, die ihr schreiben dürfen.",
        "Den Inhaber der Gruppe bitten, externe Absender zuzulassen oder diesen aufzunehmen.",
    ),
    "Microsoft 365: recipient takes internal mail only": (
        "Empfänger nimmt nur interne Mail an",
        "Der Empfänger nimmt Mail nur von angemeldeten Personen seiner eigenen Organisation an.",
        "Den Admin des Empfängers bitten, externe Absender zuzulassen. Mail der eigenen Organisation muss über eine Anmeldung oder einen Connector hereinkommen.",
    ),
    "Microsoft 365: no such Outlook.com mailbox": (
        "kein solches Outlook.com-Postfach",
        "Bei Outlook.com, Hotmail, Live oder MSN gibt es kein solches Postfach, oder es ist geschlossen.",
        "Die Schreibweise mit dem Empfänger klären und die Adresse von Listen streichen.",
    ),
    "Microsoft 365: domain is not served here": (
        "Domain wird hier nicht bedient",
        "Dieser Server von Microsoft 365 bedient die Domain des Empfängers nicht.",
        "Nachsehen, ob der MX-Eintrag der ist, den das Admin Center des Tenants zeigt, und ob die Domain dort eine akzeptierte Domain ist.",
    ),
    "Microsoft 365: too many recipients": (
        "zu viele Empfänger",
        "Eine Transaktion hatte mehr Empfänger, als Microsoft 365 auf einmal annimmt.",
        "Ein Mailserver sendet den Rest von selbst; andere Programme teilen die Liste auf.",
    ),
}
