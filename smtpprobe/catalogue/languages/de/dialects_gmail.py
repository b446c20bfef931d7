"""Vendors' wordings in German: gmail. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Gmail: no such user": (
        "kein solcher Benutzer",
        "In der Domain gibt es kein Google-Konto und keinen Alias dieses Namens.",
        "Schreibweise und verirrte Leerzeichen mit dem Empfänger klären und die Adresse von Listen streichen.",
    ),
    "Gmail: account disabled": (
        "Konto deaktiviert",
        "Das Konto existiert, aber sein Inhaber, der Admin oder Google hat es geschlossen.",
        "Der Empfänger oder sein Admin muss es wiederherstellen; bis dahin die Adresse von Listen streichen.",
    ),
    "Gmail: mailbox full and abandoned": (
        "Postfach voll und verlassen",
        "Der Speicher des Empfängers ist voll, und seit Langem hat niemand das Konto benutzt.",
        "Die Adresse als tot behandeln und von Listen nehmen.",
    ),
    "Gmail: mailbox full": (
        "Postfach voll",
        "Der Empfänger hat den Speicher des Kontos verbraucht: anfangs 452, wenn es andauert 552.",
        "Platz schaffen kann nur der Empfänger, in Gmail, Drive und Fotos gleichermaßen. Ihm auf anderem Weg Bescheid geben.",
    ),
    "Gmail: recipient gets too much mail": (
        "Empfänger bekommt zu viel Mail",
        "Die Grenze ist die des Empfängers, nicht die des Absenders: Das Konto bekommt mehr Mail, als es in dieser Zeit darf.",
        "Warten; dieselbe Nachricht geht später durch. Stammt alles von der eigenen Seite (Alarme, Berichte), weniger und größere Nachrichten senden.",
    ),
    "Gmail: recipient domain not found": (
        "Empfängerdomain nicht gefunden",
        "Google fand für den Empfänger keine Domain dieses Namens.",
        "Die Schreibweise hinter dem @ prüfen, und dass kein Punkt oder Leerzeichen darauf folgt.",
    ),
    "Gmail: recipient address malformed": (
        "Empfängeradresse fehlerhaft",
        "Google konnte die Adresse des Empfängers nicht lesen: Sie verletzt die Grammatik von RFC 5321.",
        "In RCPT TO nach Leerzeichen, fehlenden Teilen, Anführungszeichen oder Zeichen jenseits von ASCII suchen.",
    ),
    "Gmail: sender address malformed": (
        "Absenderadresse fehlerhaft",
        "Google konnte den Envelope-Absender nicht lesen: Er verletzt die Grammatik von RFC 5321.",
        "MAIL FROM im sendenden Programm korrigieren; nach Leerzeichen, einer fehlenden Domain oder Zeichen jenseits von ASCII suchen.",
    ),
    "Gmail: group closed to the sender": (
        "Gruppe für den Absender geschlossen",
        "Die Google-Gruppe existiert nicht oder nimmt keine Mail von Außenstehenden an.",
        "Die Adresse prüfen. Wer schreiben darf, entscheidet der Inhaber der Gruppe in den Zugriffseinstellungen.",
    ),
    "Gmail: rule of a Workspace admin": (
        "Regel eines Workspace-Admins",
        "Eine Regel des eigenen Workspace-Admins von Absender oder Empfänger hat die Nachricht gestoppt (gcdp: Custom Domain Policy).",
        "Den Admin dieser Domain fragen, welche Regel für Compliance, Routing oder Anhänge es war.",
    ),
    "Gmail: headers too big": (
        "Kopfzeilen zu groß",
        "Die Kopfzeilen der Nachricht sind größer oder zahlreicher, als Google annimmt.",
        "Nach endlosen References-, To- oder X-Kopfzeilen suchen: Eine Schleife oder ein fehlerhaftes Programm erzeugt sie.",
    ),
    "Gmail: too many attachments": (
        "zu viele Anhänge",
        "Die Nachricht hat mehr Anhänge, als Google annimmt.",
        "Sie in ein Archiv packen oder einen Link senden.",
    ),
    "Gmail: message too big": (
        "Nachricht zu groß",
        "Die Nachricht ist größer, als Gmail annimmt, gezählt nach dem Kodieren (eine Datei wächst um ein Drittel).",
        "Statt der Datei einen Link senden oder sie komprimieren; SIZE in EHLO nennt die Grenze.",
    ),
    "Gmail: attachment not allowed": (
        "Anhang nicht erlaubt",
        "Gmail hat die Nachricht wegen einer Datei darin abgelehnt, die Schaden anrichten könnte: ein Programm, ein Skript, ein Makro oder ein geschütztes Archiv.",
        "Die Datei auf anderem Weg senden, etwa als Link. Umbenennen oder Zippen hilft nicht, Gmail sieht hinein.",
    ),
    "Gmail: mail loop": (
        "Mailschleife",
        "Die Nachricht ging durch zu viele Server, darum glaubt Google sie in einer Schleife gefangen.",
        "Die Received-Zeilen vergleichen: Eine Weiterleitung, Routing-Regel oder ein MX-Eintrag schickt sie dorthin zurück, woher sie kam.",
    ),
    "Gmail: From missing or not valid": (
        "From fehlt oder ist ungültig",
        "Gmail hat die Nachricht abgelehnt: Ihre From-Kopfzeile fehlt oder enthält keine Adresse.",
        "Das sendende Programm genau eine From-Kopfzeile mit einer gültigen Adresse schreiben lassen (RFC 5322 3.6.2).",
    ),
    "Gmail: several From addresses": (
        "mehrere From-Adressen",
        "Gmail hat die Nachricht abgelehnt: Sie hat mehrere From-Kopfzeilen oder mehrere Adressen in einer.",
        "Eine Adresse in From setzen. RFC 5322 erlaubt mehr zusammen mit einer Sender-Kopfzeile, Gmail nicht.",
    ),
    "Gmail: Message-ID missing or not valid": (
        "Message-ID fehlt oder ist ungültig",
        "Gmail hat die Nachricht abgelehnt: Ihre Message-ID-Kopfzeile fehlt oder ist fehlerhaft.",
        "Das sendende Programm oder seinen Mailserver eine Message-ID der Form <eindeutig@domain> setzen lassen.",
    ),
    "Gmail: headers malformed or doubled": (
        "Kopfzeilen fehlerhaft oder doppelt",
        "Gmail hat die Nachricht abgelehnt: Eine Kopfzeile steht doppelt, die nur einmal stehen darf, oder ist nicht so geschrieben, wie RFC 5322 es will.",
        "Die Antwort nennt die Kopfzeile. Das Programm korrigieren, das sie schreibt: jede einmal, ASCII oder Encoded-Words, wo sie erlaubt sind, und eine echte Domain in From.",
    ),
    "Gmail: message malformed": (
        "Nachricht fehlerhaft aufgebaut",
        "Gmail hat die Nachricht abgelehnt: Ihre MIME-Struktur oder ihre Kopfzeilen sind nicht lesbar.",
        "Die Nachricht so öffnen, wie sie gesendet wurde, und Grenzen, Kodierungen und Zeilenenden prüfen.",
    ),
}
