"""Faults without a reply in German: exits. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "fault exit 64: wrong use": (
        "Das Programm wurde mit falschen Optionen oder Argumenten aufgerufen.",
        "Bei einer falsch geschriebenen Option in `sendmail_path`, in einem Pipe-Transport oder in einem Skript.",
        "Dieselbe Befehlszeile von Hand ausführen und lesen, worüber es sich beschwert.",
    ),
    "fault exit 65: input not well formed": (
        "Das Programm fand seine Eingabe, eine Adresse oder die Nachricht, nicht richtig aufgebaut.",
        "Bei einer Adresse, die sich nicht lesen lässt, oder ganz ohne Empfänger.",
        "Die Empfänger und die ersten Zeilen der übergebenen Nachricht ausgeben und korrigieren.",
    ),
    "fault exit 66: no input": (
        "Eine Datei, die das Programm lesen sollte, existiert nicht oder ist nicht lesbar.",
        "Bei falschem Pfad zu einer Nachricht oder Liste.",
        "Den Pfad und seine Rechte für den Benutzer prüfen, der das Programm ausführt.",
    ),
    "fault exit 67: no such user": (
        "Das zustellende Programm kennt den Benutzer nicht.",
        "Bei einem Tippfehler in der Adresse oder einem Benutzer, der in der Liste des Programms fehlt.",
        "Die Adresse korrigieren oder den Benutzer dort anlegen, wo dieses Programm seine Benutzer führt.",
    ),
    "fault exit 68: no such host": (
        "Das sendende Programm hat den Host nicht gefunden.",
        "Bei einem falsch geschriebenen Server- oder Domainnamen oder ausgefallenem DNS.",
        "Den Namen prüfen; `smtpprobe probe HOST` zeigt, ob er sich auflösen lässt.",
    ),
    "fault exit 69: service unavailable": (
        "Das Programm konnte seine Arbeit nicht tun, aus einem Grund, für den es keine bessere Nummer hat.",
        "Bei einer Mail, die der Server endgültig abgelehnt hat (sendmail, msmtp), oder einem fehlenden Helfer.",
        "Die Zeile davor lesen: Sie enthält die Antwort des Servers oder die Worte des Programms.",
    ),
    "fault exit 70: internal error": (
        "Das Programm stieß auf einen eigenen Fehler.",
        "Bei einem Programmfehler oder einer Bibliothek, die nicht passt.",
        "Das Log des Programms ansehen und es aktualisieren.",
    ),
    "fault exit 71 to 74: system error": (
        "Das Programm stieß auf einen Fehler des Betriebssystems: Es konnte keinen Prozess starten (71), keine Systemdatei lesen (72), seine Ausgabe nicht anlegen (73) oder nicht lesen oder schreiben (74).",
        "Bei vollen Platten, falschen Rechten und Grenzen für Prozesse oder Speicher.",
        "Plattenplatz, die Rechte der Dateien, die das Programm schreibt, und seine Grenzen prüfen; msmtp sagt 74, wenn die Verbindung abriss.",
    ),
    "fault exit 75: try again later": (
        "Das Programm ist vorerst gescheitert und will noch einmal aufgerufen werden. Es ist ein Exit-Status, keine SMTP-Antwort.",
        "Wenn ein Postfach gesperrt oder voll ist, eine Datenbank ausgefallen ist oder ein Server mit 4yz geantwortet hat.",
        "Zunächst nichts: Die Mail bleibt in der Warteschlange und wird erneut versucht. Geht es so weiter, das Programm von Hand ausführen oder in seinem Log nach dem Grund suchen.",
    ),
    "fault exit 76: protocol error": (
        "Die andere Seite hat auf eine Weise geantwortet, die im Protokoll nicht möglich ist.",
        "Bei einem Port, der etwas anderes spricht, oder wenn TLS und Klartext vertauscht sind.",
        "`smtpprobe probe HOST:PORT` zeigt, was dort spricht.",
    ),
    "fault exit 77: not permitted": (
        "Das Programm darf nicht tun, was verlangt wurde; msmtp und andere verwenden das für eine abgelehnte Anmeldung.",
        "Bei falschen Passwörtern und bei Dateien, die der Benutzer des Programms nicht lesen darf.",
        "Die Anmeldung prüfen, dann die Rechte.",
    ),
    "fault exit 78: settings wrong": (
        "Die Einstellungen des Programms sind falsch oder fehlen.",
        "Bei einer Einstellungsdatei, die nicht gefunden wird, einen falschen Modus hat oder eine unbekannte Option nennt.",
        "Das Programm von Hand mit seiner Prüf- oder Debug-Option ausführen und die Zeile korrigieren, die es nennt.",
    ),
    "fault delivering program not found": (
        "Der Mailserver konnte das Programm nicht starten, das die Mail zustellen sollte.",
        "Bei falschem Pfad, einem Skript ohne Ausführungsrecht oder Interpreterzeile oder einem chroot, das es nicht enthält.",
        "Die Befehlszeile von Hand als der Benutzer ausführen, den der Mailserver verwendet, und Pfad und Modus korrigieren.",
    ),
    "fault delivering program failed": (
        "Das Programm, das Mail an diesen Empfänger zustellt (ein Filter, eine Listenverwaltung, ein Autoresponder), ist gescheitert.",
        "Bei einem Fehler im Skript, einer fehlenden Datei, einer vollen Platte oder einer Zeitgrenze.",
        "Der Admin des Empfängers führt den Befehl von Hand als derselbe Benutzer aus, mit einer Nachricht auf der Standardeingabe, und liest die Ausgabe. Exit-Status 75 hätte einen neuen Versuch verlangt.",
    ),
}
