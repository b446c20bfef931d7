"""Vendors' wordings in German: exim cpanel. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Exim: client on a blocklist (cPanel)": (
        "Client auf einer Sperrliste (cPanel)",
        "Eine DNS-Sperrliste, hinter den Worten genannt, führt die Adresse des Clients; so formuliert es das Exim von cPanel.",
        "Die Adresse bei dieser Liste nachschlagen, die Ursache abstellen und dort die Austragung beantragen.",
    ),
    "Exim: relaying refused (cPanel)": (
        "Relaying verweigert (cPanel)",
        "Die Domain des Empfängers wird hier nicht bedient, und der Client hat sich nicht angemeldet; so formuliert es das Exim von cPanel.",
        "Im Mailprogramm die SMTP-Authentifizierung einschalten. Bei Mail zwischen Servern: Die Domain fehlt in der Liste lokaler oder entfernter Domains des Servers.",
    ),
    "Exim: sender not deliverable (cPanel)": (
        "Absender nicht zustellbar (cPanel)",
        "Exim konnte die Adresse des Absenders nicht bestätigen: Konto oder Domain existiert nicht, ist gesperrt, oder es fehlen DNS-Einträge.",
        "Dafür sorgen, dass es die Absenderadresse gibt, und einen MX-Eintrag für ihre Domain veröffentlichen.",
    ),
    "Exim: hourly sending limit (cPanel)": (
        "stündliche Sendegrenze (cPanel)",
        "Das Hosting-Konto hat in dieser Stunde mehr gesendet oder mehr Ablehnungen gehabt, als sein Provider erlaubt.",
        "Die nächste Stunde abwarten; nach einem gekaperten Skript oder Postfach suchen. Die Grenze hebt der Provider an.",
    ),
    "Exim: EHLO name refused (cPanel)": (
        "EHLO-Name abgelehnt (cPanel)",
        "Der Name des Clients in EHLO hat keinen Punkt, ist eine nackte Adresse oder der Name des Servers selbst.",
        "EHLO mit dem eigenen vollen Namen des Clients sagen.",
    ),
    "Exim: no such user (cPanel)": (
        "kein solcher Benutzer (cPanel)",
        "Die Domain wird hier gehostet und hat kein Postfach und keinen Alias dieses Namens; so formuliert es das Exim von cPanel.",
        "Die Schreibweise prüfen, dann die Adresse von der Liste nehmen. Der Inhaber der Domain kann eine Standardadresse setzen.",
    ),
}
