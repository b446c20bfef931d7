"""Vendors' wordings in German: postfix delivery. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Postfix: sender or recipient domain with null MX": (
        "Absender- oder Empfängerdomain mit Null-MX",
        "Die Domain in der Adresse veröffentlicht einen Null-MX: Sie nimmt keine Mail an und taugt daher auch nicht als Absender.",
        "Eine andere Adresse verwenden. Den Eintrag MX 0 . entfernt der Inhaber der Domain, wenn er nicht gewollt war.",
    ),
    "Postfix: bare line feed": (
        "nacktes LF",
        "Postfix bekam eine Zeile, die mit LF ohne CR endet, womit sich eine zweite Nachricht einschmuggeln ließe; es legt auf.",
        "CR LF senden. Übliche Ursache sind Skripte, Geräte und alte Gateways; der Admin kann sie mit smtpd_forbid_bare_newline_exclusions ausnehmen.",
    ),
    "Postfix: sent ahead, and cut off": (
        "vorausgeredet und getrennt",
        "Der Client hat Befehle gesendet, bevor er die Antwort auf den letzten hatte, obwohl Pipelining dort nicht erlaubt war.",
        "Den Client jede Antwort abwarten lassen, vor allem nach EHLO und nach DATA.",
    ),
    "Postfix: non-ASCII address without SMTPUTF8": (
        "Nicht-ASCII-Adresse ohne SMTPUTF8",
        "Eine Adresse enthält Zeichen jenseits von ASCII, und der Client hat bei MAIL nicht SMTPUTF8 gesagt.",
        "Über einen Server senden, der SMTPUTF8 kann, oder eine ASCII-Adresse verwenden.",
    ),
    "Postfix: header or body check": (
        "Kopfzeilen- oder Textprüfung",
        "Eine Zeile der Nachricht passt zu einem Muster in header_checks, mime_header_checks oder body_checks.",
        "Der Admin des Empfängers findet das Muster im Log; der Absender kann nur die Nachricht ändern.",
    ),
    "Postfix: refused by a milter": (
        "abgelehnt von einem Milter",
        "Ein Milter hat abgelehnt und keinen eigenen Text gegeben, darum sagte Postfix dies.",
        "Der Admin des Empfängers sieht in das Log des Milters: ein Spamfilter, SPF, DKIM oder DMARC.",
    ),
    "Postfix: put off by a milter, or the milter is down": (
        "vom Milter zurückgestellt, oder der Milter ist ausgefallen",
        "Ein Milter hat die Mail zurückgestellt, oder Postfix erreicht ihn nicht.",
        "Die Warteschlange versucht es weiter. Der Admin des Empfängers prüft, ob der Milter läuft; was ohne ihn geschieht, regelt milter_default_action.",
    ),
    "Postfix: mistake in a table, a milter or a policy service": (
        "Fehler in einer Tabelle, einem Milter oder Policy-Dienst",
        "Eine Tabelle, ein Policy-Dienst oder ein Milter dieses Servers hat versagt; an der Mail liegt es nicht.",
        "Die Warteschlange versucht es weiter. Admin: Die Log-Zeile davor nennt die Tabelle oder den Dienst.",
    ),
    "Postfix: queue file not written": (
        "Queue-Datei nicht geschrieben",
        "Postfix konnte die Nachricht nicht in seine Warteschlange schreiben: die Platte, ein Inhaltsfilter oder eine Prozessgrenze.",
        "Die Warteschlange versucht es weiter. Admin: die Log-Zeile davor und den freien Platz der Warteschlange ansehen.",
    ),
    "Postfix: message bigger than the limit, found in transit": (
        "Nachricht über der Grenze, unterwegs bemerkt",
        "Die Nachricht erwies sich als größer, als message_size_limit oder das Dateisystem zulässt.",
        "Statt der Datei einen Link senden.",
    ),
    "Postfix: mail loop": (
        "Mailschleife",
        "Die Nachricht trägt mehr als hopcount_limit Received-Zeilen: Sie läuft im Kreis.",
        "Die Received-Zeilen ansehen und den Kreis aus Weiterleitungen oder Transporten durchbrechen.",
    ),
    "Postfix: client was silent": (
        "Client hat geschwiegen",
        "Der Client hat so lange nichts gesendet, dass Postfix auflegte.",
        "Nach einem langsamen Client suchen, einer Firewall, die Pakete verschluckt, oder einem MTU-Problem.",
    ),
    "Postfix: new TLS sessions of a client counted out": (
        "neue TLS-Sitzungen eines Clients ausgezählt",
        "Dieser Client hat in einer Minute mehr TLS-Sitzungen begonnen, als smtpd_client_new_tls_session_rate_limit erlaubt.",
        "Verbindungen oder TLS-Sitzungen wiederverwenden und langsamer werden.",
    ),
    "Postfix: bounce with several recipients": (
        "Bounce mit mehreren Empfängern",
        "Eine Nachricht von <> hat mehr als einen Empfänger; ein Bounce hat nur einen, ein echter ist das also kaum.",
        "Von einer echten Adresse senden oder jeweils nur an einen Empfänger.",
    ),
    "Postfix: recipient has moved": (
        "Empfänger ist umgezogen",
        "Die Tabelle relocated nennt die neue Adresse des Empfängers.",
        "An die Adresse in der Antwort senden und die Liste korrigieren.",
    ),
    "Postfix: address not readable": (
        "Adresse nicht lesbar",
        "Postfix konnte die Adresse in MAIL oder RCPT nicht lesen.",
        "Sie in spitze Klammern setzen, ohne Leerzeichen und mit einem @.",
    ),
    "Postfix: domain without usable DNS records": (
        "Domain ohne brauchbare DNS-Einträge",
        "Die DNS-Einträge der Domain sind fehlerhaft, oder wo ein Name stehen muss, steht eine Zahl.",
        "Der Inhaber der Domain korrigiert ihre MX- und Adresseinträge.",
    ),
    "Postfix: put off by an access table": (
        "von einer Access-Tabelle zurückgestellt",
        "Eine Regel dieses Servers stellt die Mail zurück.",
        "Die Warteschlange weiter versuchen lassen.",
    ),
    "Postfix: login already done": (
        "Anmeldung schon erfolgt",
        "AUTH kam nach einer Anmeldung oder innerhalb einer Mailtransaktion.",
        "Sich einmal anmelden, gleich nach EHLO innerhalb von TLS.",
    ),
    "Postfix: command refused for a parameter's form": (
        "Befehl wegen der Form eines Parameters abgelehnt",
        "Postfix konnte den Befehl oder einen seiner Parameter nicht lesen.",
        "Die Zeile ansehen, die der Client gesendet hat; übliche Ursache sind Programme, die SMTP von Hand schreiben.",
    ),
}
