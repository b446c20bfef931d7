"""Faults without a reply in German: delivery. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "fault mailbox over its quota": (
        "Das Postfach des Empfängers ist voll oder wäre es mit dieser Nachricht.",
        "Bei Quotas des Mailservers, des Dateisystems und bei der Grenze von Postfix für mbox-Dateien (`mailbox_size_limit`, die `File too large` meldet).",
        "Der Empfänger löscht Mail, oder sein Admin hebt die Grenze an (Postfix: `mailbox_size_limit`, `virtual_mailbox_limit`; Dovecot: `quota_rule`). Ist die Ablehnung vorläufig, versucht es der sendende Server tagelang weiter.",
    ),
    "fault mailbox not writable": (
        "Der Server hat die Mail für einen eigenen Benutzer angenommen und konnte sie nicht ins Postfach schreiben.",
        "Bei falschem Eigentümer oder Modus des Postfachs oder seines Ordners, einer Sperre, die nie freigegeben wird, oder einem schreibgeschützten Dateisystem.",
        "Auf diesem Server Eigentümer und Modus korrigieren (`chown USER:mail`, Modus 660; der Ordner eines virtuellen Benutzers gehört nach `virtual_uid_maps`) und alte Sperrdateien entfernen. Die Mail bleibt so lange in der Warteschlange.",
    ),
    "fault no room on the server": (
        "Der Server hat auf einer Platte keinen Platz mehr.",
        "Wenn Warteschlange, Postfächer oder Log eine Partition füllen; einer Platte mit freiem Platz können auch die Inodes ausgegangen sein.",
        "Der Admin des Servers schafft Platz (`df -h`, `df -i`) und lässt dann die Warteschlange wieder laufen.",
    ),
    "fault server short of resources": (
        "Dem Server fehlen im Moment Speicher, Prozesse oder andere Ressourcen für diese Mail.",
        "Unter Last, und wo eine Grenze zu niedrig gesetzt ist.",
        "Der Admin des Servers sucht, was Speicher oder Prozesse frisst, oder hebt die Grenze an. Die Mail wird von selbst erneut versucht.",
    ),
    "fault no such user on this server": (
        "Der Server, der die Domain des Empfängers führt, hat kein solches Postfach.",
        "Bei Tippfehlern, ausgeschiedenen Personen und Benutzern, die in der Alias- oder Benutzertabelle fehlen.",
        "Die Adresse korrigieren. Sollte es sie geben, legt der Admin des Empfängers den Benutzer oder einen Alias an und führt `newaliases` oder `postmap` aus, wo die Tabelle das braucht.",
    ),
    "fault address cannot be routed": (
        "Der Mailserver fand für diese Adresse keinen Weg: Keine seiner Regeln nimmt sie, und ihre Domain führte nirgendwohin.",
        "In Exim bei unbekannten Benutzern eigener Domains und bei Domains, die nicht im DNS stehen.",
        "Auf diesem Server `exim -d-all+route -bt ADDRESS` (oder `postmap -q`, `sendmail -bv`) ausführen: Das zeigt, welche Regel abgelehnt hat. Die Adresse, den Alias oder die Domainliste korrigieren.",
    ),
    "fault mail goes in a circle": (
        "Die Nachricht lief immer wieder durch dieselben Server, und einer davon hat sie angehalten.",
        "Bei Weiterleitungsregeln, die aufeinander zeigen, einer Domain, die zwei Server jeweils dem anderen zuschreiben, oder einer Liste, die sich selbst antwortet.",
        "Die Received-Zeilen von unten nach oben lesen, um zu sehen, wo sie umkehrt, und den Kreis durchbrechen: einen Alias, eine Weiterleitung oder die Domainlisten der beiden Server.",
    ),
    "fault given up after many attempts": (
        "Der sendende Server hat es so lange versucht, wie er sollte, und dann aufgegeben. Der Grund ist derselbe wie bei den Versuchen davor.",
        "Nach zwei bis fünf Tagen mit vorläufigen Ablehnungen oder ganz ohne Verbindung.",
        "Im Log die früheren Versuche suchen und nach deren Fehler handeln (der Text davor in der Zeile nennt den letzten). Erneut senden, sobald das behoben ist.",
    ),
    "fault transport of the mail server missing": (
        "Der Mailserver soll über einen Transport zustellen, der nicht definiert ist oder nicht läuft.",
        "Nachdem ein Tabelleneintrag einen Transport nennt, den `master.cf` nicht hat (amavis, lmtp, ein alter Filter), oder wenn ein Dienst sofort abstürzt.",
        "Den Namen des Transports in `transport_maps` und `content_filter` mit `master.cf` vergleichen, weiter oben im Log nach dem Absturz suchen, dann neu laden.",
    ),
    "fault table of the mail server broken": (
        "Der Mailserver konnte eine seiner eigenen Tabellen nicht lesen und hat die Mail daher aufgeschoben.",
        "Wenn eine Tabelle nicht neu gebaut wurde (`postmap`, `newaliases`), ihr Typ nicht unterstützt wird oder die Datenbank dahinter ausgefallen ist.",
        "Die Log-Zeile davor nennt die Tabelle. Sie neu bauen oder ihre Datenbank starten, dann die Warteschlange laufen lassen.",
    ),
    "fault forwarding file in disorder": (
        "Eine Weiterleitungs-, Alias- oder Filterdatei des Empfängers ist nicht verwendbar: Sie fehlt, ist unsicher oder hat einen Fehler.",
        "Nach einer Bearbeitung und bei einem Home-Verzeichnis, in das andere schreiben dürfen.",
        "Der Empfänger oder sein Admin korrigiert die Datei und ihre Rechte (kein Schreibrecht für Gruppe und andere).",
    ),
    "fault still in the queue": (
        "Die Mail wartet noch in der Warteschlange dieses Servers; die Liste sagt nicht, warum.",
        "In Listen ohne Grund (`exim -bp`), bei eingefrorener oder angehaltener Mail und vor dem ersten Versuch.",
        "Im Log oder mit `exim -Mvl ID`, `postcat -q ID` lesen, was beim letzten Versuch gesagt wurde. Eingefrorene Mail läuft mit `exim -Mt ID` weiter, angehaltene mit `postsuper -H ID`.",
    ),
}
