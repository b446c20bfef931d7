"""Vendors' wordings in German: exchange directory. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Exchange: no such user in the directory": (
        "kein solcher Benutzer im Verzeichnis",
        "Exchange fand in seinem Verzeichnis kein Postfach, keinen Kontakt und keine Gruppe für die Adresse des Empfängers.",
        "Die Adresse korrigieren und den Autovervollständigen-Eintrag in Outlook löschen. Admin: die Proxyadressen vergleichen, nach einem Umzug auch die X500-Adresse.",
    ),
    "Exchange: no such user": (
        "kein solcher Benutzer",
        "Die Adresse des Empfängers gibt es in dieser Organisation nicht. Die Registry meint mit diesem Code einen Null-MX; Exchange nicht.",
        "Sie korrigieren und einen veralteten Autovervollständigen-Eintrag löschen.",
    ),
    "Exchange: recipient takes logged-in senders only": (
        "Empfänger nimmt nur angemeldete Absender an",
        "Das Postfach oder die Gruppe nimmt Mail nur von angemeldeten Personen der eigenen Organisation an.",
        "Den Admin des Empfängers oder den Inhaber der Gruppe bitten, externe Absender zuzulassen. Mail der eigenen Organisation muss über eine Anmeldung oder einen vertrauten Connector hereinkommen.",
    ),
    "Exchange: recipient takes listed senders only": (
        "Empfänger nimmt nur eingetragene Absender an",
        "Das Postfach oder die Gruppe nimmt Mail nur von Absendern an, die auf ihrer Liste stehen, und dieser steht nicht darauf.",
        "Den Admin des Empfängers oder den Inhaber der Gruppe bitten, den Absender aufzunehmen.",
    ),
    "Exchange: message over the mailbox's own limit": (
        "Nachricht über der Grenze des Postfachs",
        "Die Nachricht ist größer, als dieser Empfänger bekommen oder dieser Absender senden darf.",
        "Statt der Datei einen Link senden; der Admin kann die Grenze des Postfachs anheben.",
    ),
    "Exchange: recipient's own address is damaged": (
        "eigene Adresse des Empfängers ist beschädigt",
        "Der Verzeichniseintrag des Empfängers hat eine primäre Adresse, die nicht gültig ist.",
        "Der Admin des Empfängers korrigiert die Proxyadressen.",
    ),
    "Exchange: forwarding in the directory is wrong": (
        "Weiterleitung im Verzeichnis ist falsch",
        "Das Postfach des Empfängers leitet an eine Adresse weiter, die zu ihm zurückführt oder die es nicht gibt.",
        "Der Admin des Empfängers korrigiert die Weiterleitung.",
    ),
    "Exchange: mailbox full": (
        "Postfach voll",
        "Im Postfach des Empfängers ist kein Platz mehr.",
        "Platz schaffen können nur der Empfänger oder der Admin; ihnen auf anderem Weg Bescheid geben.",
    ),
    "Exchange: mailbox gets too much at once": (
        "Postfach bekommt zu viel auf einmal",
        "Für dieses Postfach kommen gleichzeitig so viele Nachrichten, dass Exchange den Rest zurückstellt, um die anderen Postfächer zu schützen.",
        "Warten; zugestellt wird, wenn die Flut vorbei ist. Kommt sie von der eigenen Seite, die Alarme oder die Liste stoppen.",
    ),
    "Exchange: mailbox disabled": (
        "Postfach deaktiviert",
        "Postfach oder Konto des Empfängers ist deaktiviert.",
        "Die Adresse streichen oder den Admin des Empfängers fragen.",
    ),
    "Exchange: sender address is not the login's": (
        "Absenderadresse gehört nicht zur Anmeldung",
        "Das angemeldete Konto darf nicht im Namen dieser Absenderadresse senden.",
        "In MAIL FROM und From die eigene Adresse der Anmeldung verwenden oder den Admin Send As gewähren lassen (Add-RecipientPermission).",
    ),
    "Exchange: sender's own limit": (
        "eigene Grenze des Absenders",
        "Der ABSENDER hat die Empfänger oder Nachrichten des Tages verbraucht; kein Postfach ist voll.",
        "Einen Tag warten. Hat niemand so viel gesendet, ist das Konto gehackt: das Passwort zurücksetzen und nach Weiterleitungsregeln suchen.",
    ),
    "Exchange: the mailbox store refused it": (
        "der Postfachspeicher hat abgelehnt",
        "Exchange konnte die Nachricht nicht ins Postfach legen; die Worte hinter STOREDRV nennen den Fehler.",
        "Der Admin des Empfängers sucht nach der genannten Exception. Übliche Ursache ist eine beschädigte Nachricht oder ein Postfach mitten im Umzug.",
    ),
}
