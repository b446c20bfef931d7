"""EHLO keywords in German: historic. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "EHLO ONEX": (
        "Transaktion mit einer Nachricht",
        "eine Nachricht in dieser Sitzung",
        "Der Client teilt dem Server mit, dass er eine einzige Nachricht senden und dann gehen wird.",
        "Eine Erfindung von Sendmail, die noch in der Registry steht. Heutige Server gewinnen dadurch nichts und können die Zeile streichen.",
        "",
    ),
    "EHLO SAML": (
        "Senden und zustellen",
        "an das Terminal und ins Postfach",
        "Die Nachricht geht an das Terminal des Benutzers, wenn er angemeldet ist, und in jedem Fall in das Postfach.",
        "RFC 5321 nennt es veraltet. Ein Server, der es aufführt, hat eine alte Liste kopiert; in der Praxis ist 502 zu erwarten.",
        "",
    ),
    "EHLO SEND": (
        "An Terminal senden",
        "an das Terminal des Benutzers",
        "Der Text erscheint auf dem Terminal eines angemeldeten Benutzers und wird nirgends gespeichert.",
        "Niemand verwendet es; ein Server, der es wirklich könnte, ließe Fremde auf Bildschirme schreiben.",
        "",
    ),
    "EHLO SOML": (
        "Senden oder zustellen",
        "an das Terminal oder ins Postfach",
        "Der Text geht an das Terminal, wenn der Benutzer angemeldet ist, sonst ins Postfach.",
        "Alte Spam-Werkzeuge wollten damit an Filtern vorbei, die nur auf MAIL achten; den Befehl ablehnen.",
        "",
    ),
    "EHLO SUBMITTER": (
        "Verantwortlicher Einlieferer",
        "verantwortliche Adresse, Sender ID",
        "Der Absender nennt die Adresse, die für diese Einlieferung verantwortlich ist, für die Prüfung nach Sender ID.",
        "Sender ID wurde zugunsten von SPF und DKIM aufgegeben. Ein Server, der den Parameter liest, hält ihn vielleicht noch in seinen Logs fest.",
        "",
    ),
    "EHLO TURN": (
        "Rollentausch",
        "Client und Server tauschen",
        "Client und Server tauschen die Rollen, sodass Mail über dieselbe Verbindung in die andere Richtung fließt.",
        "Es prüft niemandes Identität: Wer in EHLO einen fremden Namen nennt, bekommt dessen Mail. Abschalten und ETRN oder ATRN verwenden.",
        "",
    ),
    "EHLO UTF8SMTP": (
        "UTF-8-Mail, Experiment",
        "Vorläufer von SMTPUTF8",
        "Das Experiment vor SMTPUTF8, mit einer zweiten Adresse in ASCII als Rückfallebene.",
        "Seine Parameter sind nicht die von SMTPUTF8, und kein heutiger Client sendet sie. Den Server auf einen aktualisieren, der RFC 6531 spricht.",
        "",
    ),
    "EHLO VERB": (
        "Ausführlicher Modus",
        "zeigt, was die Zustellung tut",
        "Der Server stellt sofort zu und zeigt jeden Schritt davon als zusätzliche Antwortzeile.",
        "Gehört zu Sendmail. Zeigt Außenstehenden das eigene Routing; die Privacy-Option noverb setzen.",
        "",
    ),
    "EHLO TLS": (
        "TLS vor dem Standard",
        "Vorläufer von STARTTLS",
        "Entwürfe von RFC 2487 kündigten TLS mit diesem Wort an; sehr alte Server tun es noch.",
        "Heutige Clients achten allein auf STARTTLS und bleiben im Klartext. Auf einem solchen Server den Befehl STARTTLS versuchen, dann den Server ersetzen.",
        "",
    ),
    "EHLO X-TURNME": (
        "Rollentausch auf Wunsch",
        "wartende Mail anfordern",
        "Ein privater Befehl zwischen TURN und ETRN, mit dem ein Client die Mail verlangt, die auf ihn wartet.",
        "ETRN verwenden. Führt der eigene Server dies noch auf, herausfinden, wer es aufrufen darf.",
        "",
    ),
    "EHLO XREMOTEQUEUE": (
        "Fernstart der Warteschlange, alte Form",
        "Queue anstoßen, vor ETRN",
        "Ein Befehl zum Starten einer Warteschlange, den es gab, bevor ETRN geschrieben wurde.",
        "ETRN hat ihn ersetzt; ein Einwahlkunde, der ihn noch braucht, hat sehr alte Software.",
        "",
    ),
    "EHLO XQUE": (
        "Befehl für die Warteschlange",
        "Steuern der Queue; unbestätigt",
        "Alte Verwandte von Sendmail führen ihn auf, anscheinend um die Warteschlange zu zeigen oder zu markieren; eine Beschreibung, die das bestätigt, war nicht zu finden.",
        "Nichts Aktuelles baut darauf, und eine offene Sicht auf die Warteschlange wäre ein Leck.",
        "",
    ),
    "EHLO XTRN": (
        "Privates TURN",
        "private Abart von TURN",
        "Der Weg eines Herstellers, die Richtung der Mail auf einer offenen Verbindung zu wechseln.",
        "Wie TURN behandeln: ATRN leistet dasselbe mit Anmeldung.",
        "",
    ),
    "EHLO XUSR": (
        "Einlieferung durch Benutzer",
        "kennzeichnet neue Einlieferung",
        "Kennzeichen von Sendmail für eine Nachricht, die von einem Benutzer und nicht von einem anderen Relay kommt, damit Kopfzeilen ergänzt werden dürfen.",
        "Submission auf Port 587 trat an seine Stelle; Sendmail braucht es längst nicht mehr.",
        "",
    ),
    "EHLO XONE": (
        "Eine Nachricht, alte Form",
        "Vorläufer von ONEX",
        "Der Name, den ONEX trug, als es noch privat zu Sendmail und Sun gehörte.",
        "Kann ignoriert werden, denn es versprach nur, dass eine einzige Nachricht folgt.",
        "",
    ),
    "EHLO XVRB": (
        "Ausführlicher Modus, alte Form",
        "Vorläufer von VERB",
        "Der private Name, unter dem der ausführliche Modus von Sun und Sendmail begann.",
        "Dass es dasteht, datiert die Software auf die 1990er: ihren Ersatz planen.",
        "",
    ),
    "EHLO XDSN": (
        "Zustellberichte, alte Form",
        "Vorläufer von DSN",
        "Zustellberichte, wie sie erprobt wurden, bevor RFC 1891 ihre Form festlegte.",
        "Darauf allein keine DSN-Parameter senden, denn ihre alte Schreibweise kann abweichen.",
        "",
    ),
    "EHLO XAUD": (
        "XAUD",
        "unbekannt; alte Multimediaserver",
        "Gesehen auf alten Sprach- und Multimedia-Mailservern; der Name deutet auf Audio, eine Beschreibung fand sich nicht.",
        "Nicht anrühren: Ein Absender verliert nichts, wenn er es nicht verwendet.",
        "",
    ),
}
