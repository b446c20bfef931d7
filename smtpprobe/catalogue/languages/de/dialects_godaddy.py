"""Vendors' wordings in German: godaddy. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "GoDaddy: address on a Spamhaus list": (
        "Adresse auf einer Liste von Spamhaus",
        "GoDaddy lehnt diese Adresse ab, weil sie auf einer Liste von Spamhaus steht: IB104 SBL, IB105 XBL, IB106 PBL.",
        "Die Adresse bei check.spamhaus.org nachschlagen, die Ursache abstellen und dort die Austragung beantragen.",
    ),
    "GoDaddy: bad reputation at Cloudmark": (
        "schlechter Ruf bei Cloudmark",
        "GoDaddy lehnt diese Adresse ab, weil Cloudmark ihr einen schlechten Ruf gibt.",
        "Die Ursache abstellen und bei csi.cloudmark.com die Rücksetzung beantragen.",
    ),
    "GoDaddy: address blocked for an hour or a day": (
        "Adresse für eine Stunde oder einen Tag gesperrt",
        "GoDaddy sperrt diese Adresse für eine Stunde (IB110, IB112) oder den Tag (IB111, IB113), wegen Spam oder toter Empfänger.",
        "Die Quelle abstellen oder die Liste bereinigen und erneut senden, wenn die Zeit um ist.",
    ),
    "GoDaddy: rate limit": (
        "Ratengrenze",
        "Das Kontingent von GoDaddy für Nachrichten oder Empfänger dieser Adresse ist verbraucht: eine Stunde bei IB504 und IB607, die Verbindung bei IB510.",
        "Langsamer werden; nach IB510 eine neue Verbindung öffnen.",
    ),
    "GoDaddy: too many connections": (
        "zu viele Verbindungen",
        "Diese Adresse hat zu viele Verbindungen zu GoDaddy offen.",
        "Weniger gleichzeitig öffnen.",
    ),
    "GoDaddy: too many recipients": (
        "zu viele Empfänger",
        "Die Nachricht hat mehr Empfänger, als GoDaddy auf einmal annimmt.",
        "Sie in mehreren Transaktionen senden.",
    ),
    "GoDaddy: overloaded": (
        "überlastet",
        "Die Server von GoDaddy haben mehr Mail, als sie bewältigen.",
        "Die Warteschlange weiter versuchen lassen.",
    ),
    "GoDaddy: reverse DNS failed": (
        "Reverse-DNS gescheitert",
        "Diese Adresse hat keinen PTR-Eintrag, oder GoDaddy konnte ihn nicht nachschlagen.",
        "Einen PTR-Eintrag setzen, der zurückführt, und dafür sorgen, dass die Server seiner Zone antworten.",
    ),
    "GoDaddy: content taken for spam": (
        "Inhalt für Spam gehalten",
        "GoDaddy hielt den Inhalt für Spam.",
        "Links, Anhänge und Wortlaut ändern.",
    ),
    "GoDaddy: virus found": (
        "Virus gefunden",
        "GoDaddy hat in der Nachricht Schadsoftware gefunden.",
        "Den sendenden Rechner prüfen und eine harmlose Datei in einem anderen Format senden.",
    ),
    "GoDaddy: login on the wrong server": (
        "Anmeldung am falschen Server",
        "Die Server von GoDaddy für eingehende Mail nehmen keine Anmeldung an.",
        "Über smtpout.secureserver.net senden, Port 465 oder 587.",
    ),
    "GoDaddy: From missing or no address": (
        "From fehlt oder ist keine Adresse",
        "GoDaddy lehnt den Absender ab, weil er leer (IB501) oder eine IP-Adresse (IB502) ist.",
        "Mit einer richtigen Adresse in MAIL FROM und From senden.",
    ),
    "GoDaddy: sender domain does not resolve": (
        "Absenderdomain lässt sich nicht auflösen",
        "GoDaddy fand für die Domain des Absenders weder MX- noch Adresseintrag.",
        "Einen veröffentlichen oder einen Absender verwenden, dessen Domain einen hat.",
    ),
    "GoDaddy: SPF failure": (
        "SPF gescheitert",
        "GoDaddy lehnt den Absender ab, weil der SPF-Eintrag seiner Domain diese Adresse nicht nennt.",
        "Die Adresse in den Eintrag aufnehmen oder über einen eingetragenen Host senden.",
    ),
    "GoDaddy: address on GoDaddy's own list": (
        "Adresse auf GoDaddys eigener Liste",
        "Die eigene Sperrliste von GoDaddy führt diese Adresse.",
        "Den Link in der Antwort oder unblock.secureserver.net verwenden, sobald die Ursache abgestellt ist.",
    ),
    "GoDaddy: message too long in the queue": (
        "Nachricht zu lange in der Warteschlange",
        "Der sendende Server von GoDaddy hat nach Tagen von Versuchen aufgegeben.",
        "Die früheren Antworten des Empfängers ansehen und dessen Domain prüfen.",
    ),
    "GoDaddy: mailbox full": (
        "Postfach voll",
        "Das Postfach bei GoDaddy ist voll.",
        "Dem Empfänger auf anderem Weg sagen, dass er Platz schaffen soll.",
    ),
    "GoDaddy: account disabled": (
        "Konto deaktiviert",
        "Das Konto bei GoDaddy existiert, darf aber nichts empfangen.",
        "Die Adresse von der Liste nehmen.",
    ),
    "GoDaddy: no such account": (
        "kein solches Konto",
        "GoDaddy hat kein Postfach dieses Namens.",
        "Die Adresse von der Liste nehmen.",
    ),
    "GoDaddy: forwarding loop": (
        "Weiterleitungsschleife",
        "Zwei Weiterleitungen bei GoDaddy senden einander die Nachricht zu.",
        "Der Empfänger korrigiert die Einstellungen der Weiterleitung.",
    ),
    "GoDaddy: spam or virus": (
        "Spam oder Virus",
        "Der Filter von GoDaddy hielt die Nachricht für Spam oder Schadsoftware.",
        "Links und Anhänge ändern und den sendenden Rechner prüfen.",
    ),
}
