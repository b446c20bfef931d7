"""Vendors' wordings in German: opensmtpd. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "OpenSMTPD: unknown parameter, with the code for wrong order": (
        "unbekannter Parameter, mit dem Code für falsche Reihenfolge",
        "OpenSMTPD kennt diesen Parameter nicht. Sein 503 bedeutet hier keine falsche Reihenfolge; andere sagen 555.",
        "Den Parameter weglassen.",
    ),
    "OpenSMTPD: unknown RCPT parameter, with the code for wrong order": (
        "unbekannter RCPT-Parameter, mit dem Code für falsche Reihenfolge",
        "Der Parameter hinter RCPT ist nicht bekannt. Die Reihenfolge stimmt trotz des 503.",
        "RCPT nur mit der Adresse senden.",
    ),
    "OpenSMTPD: a parameter where none is taken": (
        "Parameter, wo keiner angenommen wird",
        "Der Befehl ist bekannt, nimmt aber keinen Parameter. Das gilt für HELP und DATA, für QUIT und in 6.8 auch für NOOP.",
        "Den bloßen Befehl senden. Ein Server darf Themen von HELP weglassen (RFC 5321 4.1.1.8), sollte aber Text hinter NOOP ignorieren (4.1.1.9); 7.x tut es.",
    ),
    "OpenSMTPD: AUTH or STARTTLS not for this session": (
        "AUTH oder STARTTLS nicht für diese Sitzung",
        "Die listen-Zeile hat kein auth oder kein tls, oder AUTH wurde außerhalb von TLS versucht, wo es nie angeboten wird.",
        "Für AUTH zuerst STARTTLS senden. Bietet EHLO kein STARTTLS an, einen anderen Port verwenden.",
    ),
    "OpenSMTPD: wrong order": (
        "falsche Reihenfolge",
        "Der Befehl kam zu früh oder zu spät: noch kein EHLO, noch kein MAIL, oder eine Transaktion ist offen.",
        "Nachsehen, welcher Befehl davor abgelehnt wurde.",
    ),
    "OpenSMTPD: second EHLO refused": (
        "zweites EHLO abgelehnt",
        "OpenSMTPD nimmt je Sitzung und TLS-Zustand ein EHLO oder HELO an, obwohl RFC 5321 4.1.4 mehr erlaubt.",
        "RSET verwenden, um neu zu beginnen.",
    ),
    "OpenSMTPD: a joke about WIZ": (
        "ein Scherz über WIZ",
        "Jemand hat WIZ gesendet, die Hintertür sehr alter Sendmails. Es gibt keine.",
        "Als normal hinnehmen.",
    ),
    "OpenSMTPD: unknown verb": (
        "unbekannter Befehl",
        "OpenSMTPD kennt diesen Befehl nicht; auch VRFY und EXPN lässt es weg.",
        "Ohne ihn auskommen.",
    ),
    "OpenSMTPD: TLS is mandatory on this listener": (
        "TLS ist auf diesem Listener Pflicht",
        "In der listen-Zeile steht tls-require.",
        "STARTTLS senden, dann noch einmal EHLO.",
    ),
    "OpenSMTPD: login is mandatory on this listener": (
        "Anmeldung ist auf diesem Listener Pflicht",
        "In der listen-Zeile steht auth, das macht ihn zu einem Submission-Port.",
        "Sich anmelden. Mail von anderen Servern gehört auf Port 25.",
    ),
    "OpenSMTPD: no match rule, or no such user": (
        "keine match-Regel oder kein solcher Benutzer",
        "Entweder nimmt keine match-Zeile in smtpd.conf diesen Empfänger von diesem Client an (andere sagen dazu relaying denied), oder den lokalen Benutzer gibt es nicht.",
        "Absender: die Adresse prüfen oder sich zum Weiterleiten anmelden. Admin: die match-Zeilen und die Tabelle der action vergleichen.",
    ),
    "OpenSMTPD: mechanism unknown": (
        "Mechanismus unbekannt",
        "OpenSMTPD hat nur PLAIN und LOGIN.",
        "PLAIN innerhalb von TLS verwenden.",
    ),
    "OpenSMTPD: STARTTLS with a parameter, or AUTH without": (
        "STARTTLS mit Parameter oder AUTH ohne",
        "STARTTLS steht allein (RFC 3207 4); AUTH braucht den Namen des Mechanismus.",
        "Die Zeile korrigieren und noch einmal senden.",
    ),
    "OpenSMTPD: recipients of one message used up": (
        "Empfängerzahl einer Nachricht ausgeschöpft",
        "smtp limit max-rcpt (1000) ist für diese Nachricht erreicht.",
        "Diese Transaktion abschließen und für den Rest eine weitere öffnen.",
    ),
    "OpenSMTPD: message too big, told after the data": (
        "Nachricht zu groß, nach den Daten gemeldet",
        "OpenSMTPD ignoriert SIZE= bei MAIL und urteilt über die Nachricht, sobald es sie ganz hat.",
        "Vor dem Senden mit dem SIZE von EHLO vergleichen. Admin: smtp max-message-size.",
    ),
    "OpenSMTPD: alias or forward loops": (
        "Alias oder Weiterleitung in Schleife",
        "Das Auflösen des Empfängers scheiterte: ein Alias, eine Weiterleitung oder Liste, die zu sich selbst, ins Leere oder zu tief führt.",
        "Admin: dem Alias von Hand folgen.",
    ),
    "OpenSMTPD: EHLO without a name": (
        "EHLO ohne Namen",
        "Hinter EHLO oder HELO stand nichts.",
        "Den vollen Namen des sendenden Hosts angeben.",
    ),
    "OpenSMTPD: put off": (
        "zurückgestellt",
        "Eine Tabelle, ein Filter oder die Warteschlange von OpenSMTPD hat vorerst versagt. Mit `please try again later` dahinter ist es das vorgeschaltete spamd von OpenBSD, das Greylisting betreibt.",
        "Die Warteschlange von derselben Adresse aus weiter versuchen lassen.",
    ),
    "OpenSMTPD: messages of one session used up": (
        "Nachrichtenzahl einer Sitzung ausgeschöpft",
        "Die Sitzung hat max-message der limit-Regel verbraucht.",
        "Für die nächsten eine neue Verbindung öffnen.",
    ),
    "OpenSMTPD: mail loop": (
        "Mailschleife",
        "Die Nachricht trägt 100 Received-Zeilen: Sie läuft im Kreis.",
        "Den Kreis aus Weiterleitungen durchbrechen.",
    ),
    "OpenSMTPD: header not well formed": (
        "Kopf fehlerhaft aufgebaut",
        "Der Nachricht fehlt ein Pflichtfeld, oder eines wie From steht doppelt darin.",
        "From und Date je einmal senden, und richtig aufgebaute Kopfzeilen.",
    ),
    "OpenSMTPD: address not readable": (
        "Adresse nicht lesbar",
        "OpenSMTPD konnte die Adresse in MAIL oder RCPT nicht lesen.",
        "Sie in spitze Klammern setzen, ohne Leerzeichen und mit einem @.",
    ),
    "OpenSMTPD: login refused": (
        "Anmeldung abgelehnt",
        "OpenSMTPD hat Benutzername und Passwort nicht akzeptiert.",
        "Beides mit der Tabelle vergleichen, die im Listener bei auth steht.",
    ),
    "OpenSMTPD: alias or forward could not be expanded now": (
        "Alias oder Weiterleitung derzeit nicht auflösbar",
        "Eine Tabelle oder .forward-Datei hinter dem Empfänger war im Moment nicht lesbar; 424 ist 4.2.4 ohne Punkte.",
        "Die Warteschlange versucht es weiter. Admin: die Rechte von .forward und die Tabellen ansehen.",
    ),
}
