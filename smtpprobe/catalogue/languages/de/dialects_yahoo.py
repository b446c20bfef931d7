"""Vendors' wordings in German: yahoo. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Yahoo: malicious content": (
        "schädlicher Inhalt",
        "Yahoo fand im Inhalt etwas, das es für Phishing, Schadsoftware oder einen Link dorthin hält.",
        "Jeden Link und Anhang ansehen und das Konto, das gesendet hat; zum Vergleich eine schlichte Nachricht senden.",
    ),
    "Yahoo: policy or DMARC": (
        "Richtlinie oder DMARC",
        "Yahoo hat die Nachricht nach einer eigenen Regel oder der DMARC-Richtlinie der From-Domain abgelehnt; die Registry meint mit diesem Code eine zu schwache Anmeldung.",
        "Zuerst SPF, DKIM und DMARC prüfen, dann Kopfzeilen und Inhalt.",
    ),
    "Yahoo: sender not authenticated": (
        "Absender nicht authentifiziert",
        "Yahoo hat die Nachricht abgelehnt: Weder SPF noch DKIM hat für die Domain des Absenders bestanden.",
        "Mit DKIM in der Domain des Absenders signieren und die sendende Adresse in deren SPF-Eintrag aufnehmen; Massenversender brauchen beides und DMARC.",
    ),
    "Yahoo: DKIM or DMARC failed": (
        "DKIM oder DMARC gescheitert",
        "Yahoo hat die Nachricht abgelehnt: Sie besteht die DKIM- oder DMARC-Prüfung nicht, die die Domain des Absenders verlangt.",
        "Die Signatur reparieren. Mailinglisten setzen ihre eigene Adresse in From und die des Autors in Reply-To.",
    ),
    "Yahoo: sender's domain not in the DNS": (
        "Absenderdomain nicht im DNS",
        "Yahoo fand für die Domain in MAIL FROM oder From keine gültigen DNS-Einträge (es fragt nach SOA); 451 ist ein DNS-Fehler, 554 endgültig.",
        "Der Domain, auch Subdomains, in einer Zone mit richtigem SOA MX- oder Adresseinträge geben und die Nameserver von außen testen.",
    ),
    "Yahoo: headers malformed": (
        "Kopfzeilen fehlerhaft",
        "Yahoo hat die Nachricht abgelehnt: Eine Kopfzeile ist doppelt, fehlerhaft oder von falscher Art.",
        "From, Date, Subject, Message-ID je einmal; keine rohen Zeichen jenseits von ASCII; ein richtiger MIME-Typ.",
    ),
    "Yahoo: message not allowed": (
        "Nachricht nicht erlaubt",
        "Yahoo hat die Nachricht nach einer Regel abgelehnt, die es nicht erklärt; die Nummer in Klammern ist seine eigene.",
        "Authentifizierung, Kopfzeilen und Links prüfen. Bleibt es dabei, im Sender Hub mit dieser Zeile eine Anfrage stellen.",
    ),
    "Yahoo: no such user": (
        "kein solcher Benutzer",
        "Es gibt kein solches Konto bei Yahoo oder AOL.",
        "Die Schreibweise mit dem Empfänger klären und die Adresse von Listen streichen.",
    ),
    "Yahoo: mailbox closed": (
        "Postfach geschlossen",
        "Das Konto bei Yahoo oder AOL ist deaktiviert oder wurde aufgegeben.",
        "Die Adresse von Listen streichen.",
    ),
    "Yahoo: mailbox full": (
        "Postfach voll",
        "Das Postfach des Empfängers bei Yahoo ist voll.",
        "Dem Empfänger auf anderem Weg Bescheid geben.",
    ),
    "Yahoo: not delivered, without a reason": (
        "nicht zugestellt, ohne Begründung",
        "Yahoo konnte die Nachricht nicht zustellen und sagt nicht, warum; meist ist das Konto geschlossen oder gesperrt.",
        "Dem Empfänger von einer anderen Adresse schreiben. Bleibt es dabei, die Adresse streichen.",
    ),
    "Yahoo: login refused": (
        "Anmeldung abgelehnt",
        "Der Submission-Server von Yahoo oder AOL hat die Anmeldung abgelehnt.",
        "In den Sicherheitseinstellungen des Kontos ein App-Passwort anlegen und sich mit der vollen Adresse anmelden.",
    ),
    "Yahoo: recipient gets too much mail": (
        "Empfänger bekommt zu viel Mail",
        "Der Empfänger bekommt mehr Mail, als Yahoo in dieser Zeit durchlässt.",
        "Warten; später geht sie durch.",
    ),
    "Yahoo: limit of one connection": (
        "Grenze einer Verbindung",
        "Yahoo nimmt auf einer Verbindung eine begrenzte Zahl von Nachrichten an.",
        "Nichts zu tun: Der Mailserver öffnet eine neue. Seine eigene Grenze je Verbindung senken, um den Fehler zu vermeiden.",
    ),
    "Yahoo: trouble at Yahoo": (
        "Störung bei Yahoo",
        "Die Server von Yahoo sind beschäftigt oder haben einen eigenen Fehler.",
        "Nichts zu tun; die Warteschlange versucht es weiter.",
    ),
    "Yahoo: domain could not be asked": (
        "Domain ließ sich nicht abfragen",
        "Yahoo konnte über die Domain von Absender oder Empfänger gerade nichts herausfinden.",
        "Die Warteschlange weiter versuchen lassen; dauert es an, die Nameserver der Domain von außen testen.",
    ),
    "Yahoo: domain is not served here": (
        "Domain wird hier nicht bedient",
        "Yahoo bedient die Domain des Empfängers nicht.",
        "Das DNS nach dem MX der Domain fragen; ein alter zeigt vielleicht noch zu Yahoo.",
    ),
    "Yahoo: no such mailbox": (
        "kein solches Postfach",
        "Yahoo kennt kein solches Postfach, obwohl 552 ein volles bedeuten würde.",
        "Die Schreibweise prüfen, dann die Adresse streichen.",
    ),
    "Yahoo: sender address not confirmed": (
        "Absenderadresse nicht bestätigt",
        "Das angemeldete Konto darf nicht im Namen dieser Adresse senden.",
        "Die Adresse in den Einstellungen des Kontos bestätigen oder mit der eigenen des Kontos senden.",
    ),
}
