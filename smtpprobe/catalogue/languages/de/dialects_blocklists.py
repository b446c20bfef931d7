"""Vendors' wordings in German: blocklists. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Spamhaus: query error, not a listing: public resolver": (
        "Abfragefehler, keine Listung: öffentlicher Resolver",
        "Das ist keine Listung: Der empfangende Server hat Spamhaus über einen öffentlichen Resolver gefragt (127.255.255.254), einen Fehler bekommen und ihn für einen Treffer gehalten.",
        "Dem Admin des Empfängers auf anderem Weg sagen: Der Server braucht einen eigenen Resolver oder einen DQS-Schlüssel von Spamhaus und darf nur 127.0.0.2 bis 127.0.0.11 als Listung zählen. Am Absender liegt es nicht.",
    ),
    "Spamhaus: query error, not a listing: too many queries": (
        "Abfragefehler, keine Listung: zu viele Abfragen",
        "Das ist keine Listung: Der empfangende Server fragt Spamhaus öfter, als der kostenlose Dienst erlaubt (127.255.255.255), und hat den Fehler für einen Treffer gehalten.",
        "Dem Admin des Empfängers auf anderem Weg sagen: Der Server braucht einen DQS-Schlüssel von Spamhaus und darf nur 127.0.0.2 bis 127.0.0.11 als Listung zählen. Am Absender liegt es nicht.",
    ),
    "Spamhaus: query error, not a listing: zone name wrong": (
        "Abfragefehler, keine Listung: Zonenname falsch",
        "Das ist keine Listung: Der empfangende Server fragt eine Zone von Spamhaus, die es nicht gibt (127.255.255.252), und hat den Fehler für einen Treffer gehalten.",
        "Dem Admin des Empfängers auf anderem Weg sagen: Im Zonennamen in den Einstellungen des Servers steckt ein Fehler. Am Absender liegt es nicht.",
    ),
    "Spamhaus: domain on Spamhaus DBL": (
        "Domain auf Spamhaus DBL",
        "Eine Domain der Mail, in EHLO, im Absender oder in einem Link, steht auf der Domainliste von Spamhaus.",
        "Jede Domain der Mail bei check.spamhaus.org nachschlagen; ihr Inhaber beantragt dort die Austragung.",
    ),
    "Spamhaus: address on Spamhaus PBL": (
        "Adresse auf Spamhaus PBL",
        "Die Adresse steht auf der Policy-Liste von Spamhaus: Ihr Provider sagt, dass sie selbst keine Mail senden soll. Ein Spamvorwurf ist das nicht.",
        "Über den Submission-Server des Providers senden. Für die feste Adresse eines Mailservers bei check.spamhaus.org die Austragung beantragen oder das den Provider tun lassen.",
    ),
    "Spamhaus: address on a Spamhaus list": (
        "Adresse auf einer Liste von Spamhaus",
        "Eine Liste von Spamhaus führt die sendende Adresse: SBL für Spamquellen, CSS für Massenspam, XBL für gekaperte Rechner, PBL für Adressen, die nicht senden sollen.",
        "Die Adresse bei check.spamhaus.org nachschlagen: Dort steht, welche Liste und warum. Die Ursache abstellen, dann dort die Austragung beantragen; die meisten Listen geben die Adresse von selbst frei, sobald Ruhe ist.",
    ),
    "URIBL: query refused, not a listing": (
        "Abfrage verweigert, keine Listung",
        "Das ist keine Listung: URIBL verweigert sich dem Resolver des empfangenden Servers, weil er zu viel fragt oder ein öffentlicher ist, und der Server hat die Weigerung für einen Treffer gehalten.",
        "Dem Admin des Empfängers auf anderem Weg sagen: Der Server braucht einen eigenen Resolver und darf 127.0.0.1 nicht als Listung zählen. Am Absender liegt es nicht.",
    ),
    "URIBL: domain listed by URIBL": (
        "Domain bei URIBL gelistet",
        "Eine Domain der Mail, meist eine verlinkte, steht bei URIBL.",
        "Jede Domain der Mail bei admin.uribl.com nachschlagen und sie austragen lassen oder weglassen.",
    ),
    "Invaluement: address listed by Invaluement": (
        "Adresse bei Invaluement gelistet",
        "Die Liste von Invaluement mit Adressen, die meist Spam senden, führt diese.",
        "Die Adresse bei invaluement.com/removal nachschlagen, die Ursache abstellen und dort die Austragung beantragen.",
    ),
    "Cloudmark: address listed by Cloudmark": (
        "Adresse bei Cloudmark gelistet",
        "Cloudmark gibt dieser Adresse einen schlechten Ruf, und der Empfänger befragt Cloudmark.",
        "Die Ursache abstellen, dann mit dem Formular auf csi.cloudmark.com/reset-request die Rücksetzung beantragen. Sie wirkt binnen Stunden.",
    ),
}
