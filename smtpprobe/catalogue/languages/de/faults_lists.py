"""Faults without a reply in German: lists. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "fault blocklist query: zone name mistyped": (
        "Das ist keine Listung. Spamhaus hat 127.255.255.252 geantwortet: Der Mailserver fragt eine Zone mit falsch geschriebenem Namen und hält den Fehler für eine Listung.",
        "Nach einer Änderung an den Sperrlisten-Einstellungen des Servers.",
        "Der Admin des ablehnenden Servers korrigiert den Zonennamen (`zen.spamhaus.org`) und lässt nur 127.0.0.2 bis 127.0.0.11 als Listung gelten (Postfix: `zen.spamhaus.org=127.0.0.[2..11]`). Der Absender kann es ihm nur mitteilen.",
    ),
    "fault blocklist query: public resolver": (
        "Das ist keine Listung. Die Sperrliste hat 127.255.255.254 geantwortet: Der Mailserver fragt sie über einen öffentlichen Resolver (8.8.8.8, 1.1.1.1, den eines Hosters), den die Liste nicht bedient.",
        "Auf Servern, deren `/etc/resolv.conf` einen öffentlichen Resolver oder den eines Hosters nennt.",
        "Der Admin des ablehnenden Servers betreibt einen eigenen Resolver (Unbound auf localhost) oder verwendet einen kostenlosen DQS-Schlüssel von Spamhaus und lässt nur 127.0.0.2 bis 127.0.0.11 als Listung gelten. Der Absender kann es ihm nur mitteilen.",
    ),
    "fault blocklist query: too many": (
        "Das ist keine Listung. Die Sperrliste hat 127.255.255.255 geantwortet: Der Mailserver fragt zu oft für die kostenlose Nutzung und hält den Fehler für eine Listung.",
        "Auf stark genutzten Servern, und wo sich viele Kunden einen Resolver teilen.",
        "Der Admin des ablehnenden Servers besorgt sich einen Datenfeed oder einen DQS-Schlüssel, speichert Antworten in einem eigenen Resolver zwischen und lässt nur 127.0.0.2 bis 127.0.0.11 als Listung gelten. Der Absender kann es ihm nur mitteilen.",
    ),
    "fault blocklist does not answer": (
        "Der Mailserver konnte seine Sperrliste nicht befragen und machte ohne sie weiter.",
        "Wenn es die Liste nicht mehr gibt, ihre Zone falsch geschrieben ist oder der Resolver sie nicht erreicht.",
        "Prüfen, ob es die Liste noch gibt, und sie andernfalls aus den Einstellungen entfernen. Mail wird dadurch nicht abgelehnt.",
    ),
}
