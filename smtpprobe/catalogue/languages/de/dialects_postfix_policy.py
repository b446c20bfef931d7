"""Vendors' wordings in German: postfix policy. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Postfix: EHLO name is not fully qualified": (
        "EHLO-Name ist nicht vollständig",
        "Der in EHLO genannte Name hat keinen Punkt. Postfix hält eine solche Ablehnung bis RCPT zurück (smtpd_delay_reject): Am Empfänger liegt es nicht.",
        "EHLO mit einem vollen Namen sagen, der sich auflösen lässt, zum Beispiel myhostname in main.cf eines sendenden Postfix.",
    ),
    "Postfix: envelope address without a full domain": (
        "Envelope-Adresse ohne vollständige Domain",
        "Der in der Antwort genannten Adresse fehlt die Domain, oder ihre Domain hat keinen Punkt. Die Ablehnung eines Absenders kommt vielleicht erst bei RCPT.",
        "Die Adresse vervollständigen (user@example.com).",
    ),
    "Postfix: EHLO name is invalid or unknown to the DNS": (
        "EHLO-Name ist ungültig oder dem DNS unbekannt",
        "Der EHLO-Name ist kein gültiger Hostname oder hat weder Adresse noch MX-Eintrag. Auch bei RCPT gemeldet meint es den Namen.",
        "Dem sendenden Host einen Namen geben, den es im DNS gibt.",
    ),
    "Postfix: client address without a usable name": (
        "Client-Adresse ohne brauchbaren Namen",
        "Die sendende Adresse hat keinen PTR-Eintrag, oder der Name darin führt nicht zur Adresse zurück.",
        "Vom Inhaber der Adresse einen PTR-Eintrag und den passenden A- oder AAAA-Eintrag setzen lassen.",
    ),
    "Postfix: no such user": (
        "kein solcher Benutzer",
        "Die Tabelle, die die Antwort nennt, führt diese Adresse nicht. 450 statt 550 kommt von soft_bounce oder einem unknown_…_reject_code.",
        "Die Adresse korrigieren. Admin: den Benutzer mit postmap -q in dieser Tabelle nachschlagen.",
    ),
    "Postfix: not a domain of this server": (
        "keine Domain dieses Servers",
        "Die Domain des Empfängers steht weder in mydestination noch in virtual_*_domains oder relay_domains, und dieser Client darf nicht weiterleiten.",
        "Absender: sich anmelden oder den richtigen MX verwenden. Admin: die Domain eintragen oder prüfen, warum permit_sasl_authenticated oder mynetworks nicht griff.",
    ),
    "Postfix: address or name on a DNS blocklist": (
        "Adresse oder Name auf einer DNS-Sperrliste",
        "Eine DNS-Sperrliste, die dieser Server befragt, führt die Adresse des Clients oder einen von ihm verwendeten Namen. Der Text nennt die Liste.",
        "Die Adresse bei dieser Liste nachschlagen, die Ursache abstellen und dort die Austragung beantragen.",
    ),
    "Postfix: sender domain unknown to the DNS": (
        "Absenderdomain im DNS unbekannt",
        "Die Domain in MAIL FROM hat keinen MX- und keinen Adresseintrag, oder das DNS antwortete nicht (dann 450).",
        "Einen Absender verwenden, dessen Domain existiert und Bounces annehmen kann.",
    ),
    "Postfix: sender address belongs to another login": (
        "Absenderadresse gehört zu einer anderen Anmeldung",
        "smtpd_sender_login_maps ordnet diese Absenderadresse einem Benutzer zu, der auf dieser Verbindung nicht angemeldet ist.",
        "Sich als ihr Inhaber anmelden oder MAIL FROM ändern.",
    ),
    "Postfix: address verification": (
        "Adressprüfung",
        "Postfix hat den nächsten Server nach diesem Empfänger gefragt und kein Ja bekommen. Bei 450 läuft diese Prüfung noch oder ist vorerst gescheitert.",
        "Bei 450 es in einigen Minuten erneut versuchen. Bei 550 ist die zitierte Antwort des nächsten Servers der Grund.",
    ),
    "Postfix: user unknown, by a lookup": (
        "Benutzer unbekannt, laut Abfrage",
        "Eine Tabelle oder ein Policy-Dienst sagt, dass es diesen Empfänger nicht gibt.",
        "Die Schreibweise prüfen; den Empfänger auf anderem Weg fragen.",
    ),
    "Postfix: greylisting by a policy service": (
        "Greylisting durch einen Policy-Dienst",
        "Ein Policy-Server neben Postfix stellt unbekannte Absender einmal zurück. Ein echter Mailserver kommt einfach wieder.",
        "Fünf Minuten oder länger warten und von derselben Adresse erneut senden.",
    ),
    "Postfix: refused by an access table": (
        "abgelehnt von einer Access-Tabelle",
        "Ein Eintrag in einer der Access-Tabellen des Admins lehnt diesen Client, EHLO-Namen, Absender oder Empfänger ab: Die Worte vor dem Doppelpunkt sagen, was davon.",
        "Ändern kann es nur der Admin dieses Servers; die Log-Zeile nennt die Restriction.",
    ),
    "Postfix: sent ahead without leave": (
        "ohne Erlaubnis vorausgeredet",
        "Befehle kamen in einem Paket vor EHLO oder ohne dass PIPELINING angeboten war.",
        "Jede Antwort abwarten oder nur das zusammenfassen, was RFC 2920 erlaubt.",
    ),
    "Postfix: postscreen puts the client off": (
        "postscreen stellt den Client zurück",
        "Prüfungen von postscreen nach der Begrüßung enden auch bei einem Client, der sie besteht, mit 450: Er wird durchgelassen, wenn er wiederkommt.",
        "Für einen Mailserver, der es erneut versucht, nichts zu tun. Admin: postscreen_*_enable schalten diese tiefen Prüfungen ein.",
    ),
    "Postfix: server busy": (
        "Server beschäftigt",
        "Alle smtpd-Prozesse sind vergeben, oder postscreen sind die Plätze ausgegangen.",
        "Admin: default_process_limit anheben oder herausfinden, wer die Verbindungen hält.",
    ),
    "Postfix: queue disk full": (
        "Platte der Warteschlange voll",
        "Das Dateisystem der Warteschlange hat weniger frei als queue_minfree (oder das Anderthalbfache von message_size_limit).",
        "Admin: Platz in /var/spool/postfix schaffen. Absender versuchen es von selbst weiter.",
    ),
    "Postfix: rate limit by client address": (
        "Ratengrenze je Client-Adresse",
        "anvil hat von dieser Adresse in einer Minute mehr Nachrichten, Empfänger oder AUTH-Befehle gezählt, als die Grenzen erlauben.",
        "Langsamer werden. Admin: smtpd_client_message_rate_limit, smtpd_client_recipient_rate_limit, smtpd_client_auth_rate_limit.",
    ),
    "Postfix: mistake in main.cf or a table": (
        "Fehler in main.cf oder einer Tabelle",
        "Eine Restriction lässt sich nicht auswerten, zum Beispiel weil eine Tabelle fehlt oder falsch geschrieben ist.",
        "Admin: Die Warnung im Mail-Log zu dieser Sekunde nennt die Einstellung.",
    ),
    "Postfix: a table did not answer": (
        "eine Tabelle antwortete nicht",
        "Eine Lookup-Tabelle (LDAP, SQL, DNS), die Postfix für diese Entscheidung braucht, ist nicht erreichbar.",
        "Admin: diese Tabelle mit postmap -q prüfen.",
    ),
}
