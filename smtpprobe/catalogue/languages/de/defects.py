"""Defects of replies in German. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "defect bare-lf": (
        "Eine Antwortzeile endete nur mit einem Zeilenvorschub (LF). Strenge Clients warten auf CRLF und können hängen bleiben, und nachlässige Zeilenenden sind der Nährboden für SMTP-Smuggling.",
        "Den Server oder den Proxy davor jede Zeile mit CRLF beenden lassen. Oft ist ein Skript hinter inetd schuld.",
    ),
    "defect bare-cr": (
        "Mitten in einer Antwortzeile stand ein Wagenrücklauf (CR). Manche Clients halten ihn für das Zeilenende und sehen so zwei Antworten, wo andere eine sehen.",
        "Nach einem konfigurierten Text mit verirrtem CR suchen, oft ein unter Windows bearbeitetes Banner.",
    ),
    "defect nul": (
        "Im Text stand ein NUL-Byte. In C geschriebene Clients lesen nur bis dorthin.",
        "Ein kaputtes Serverprogramm oder Binärdaten eines anderen Protokolls vermuten und den Hersteller um eine Korrektur bitten.",
    ),
    "defect control": (
        "Der Text enthielt Steuerzeichen. Roh angezeigt könnten sie ein Terminal übermalen oder Zeilen in einem Log fälschen; hier werden sie maskiert.",
        "Auf dem eigenen Server Banner und Antworttexte säubern. Bei einem fremden dem Host misstrauen und seine Logs nur mit einem sicheren Betrachter öffnen.",
    ),
    "defect not-ascii": (
        "Der Text enthielt Oktette über 127. Antworten sind ASCII, außer in UTF-8 an einen Client, der SMTPUTF8 verlangt hat.",
        "Übersetzte Banner und Meldungen in ASCII schreiben oder auf Englisch lassen.",
    ),
    "defect not-utf8": (
        "Der Text enthielt Oktette, die weder ASCII noch UTF-8 sind, jeder Client zeigt also etwas anderes.",
        "Die Meldung suchen, die in einem alten Zeichensatz gespeichert ist, und sie in ASCII neu schreiben.",
    ),
    "defect no-text": (
        "Eine Antwortzeile war ein nackter Code. Clients müssen das aushalten, doch den Grund einer Ablehnung erfährt daraus niemand.",
        "Jeder Antwort ein Wort Text geben; in einer Begrüßung mit 220 ist der Name des Servers Pflicht.",
    ),
    "defect line-over-512": (
        "Eine Antwortzeile war länger als die 512 Oktette, die jeder Client verkraften muss. Darüber hinaus darf ein Client sie kürzen oder ablehnen.",
        "Den Text auf mehrere Zeilen einer Antwort verteilen.",
    ),
    "defect line-too-long": (
        "Eine Zeile ging über 8 KiB hinaus. Nur ihr Anfang wurde behalten, denn keine ehrliche Antwort braucht so viel.",
        "Nach einem ausufernden Text suchen oder einem Programm, das nie ein Zeilenende schreibt.",
    ),
    "defect reply-too-long": (
        "Eine Antwort ging über 64 KiB oder 1.000 Zeilen hinaus. Dort wurde die Verbindung getrennt, damit kein Server den Speicher eines Clients füllen kann.",
        "Beim eigenen Server herausfinden, was seine Antwort endlos macht; von einem fremden fernbleiben.",
    ),
    "defect session-too-long": (
        "Alle Antworten der Sitzung zusammen gingen über 256 KiB hinaus, der Rest wurde nicht gelesen.",
        "Nachsehen, welcher Befehl so viel gebracht hat; verdächtig sind meist ein Hilfetext oder eine Liste von Benutzern.",
    ),
    "defect truncated": (
        "Die Verbindung endete mitten in einer Antwort. Zu sehen ist nur ihr Anfang, und auf den Code ist kein Verlass.",
        "Noch einmal versuchen. Endet sie jedes Mal an derselben Stelle, im Log des Servers nach einem Absturz suchen oder auf dem Weg nach einem Filter.",
    ),
    "defect malformed": (
        "Eine Zeile begann nicht mit einem Reply-Code aus drei Ziffern. Von da an lässt sich keine Antwort mehr sicher einem Befehl zuordnen.",
        "Sicherstellen, dass der Port wirklich SMTP spricht und kein Skript in die Sitzung schreibt.",
    ),
    "defect codes-differ": (
        "Die Zeilen einer Antwort trugen verschiedene Codes. Der eine Client glaubt der ersten, der andere der letzten, und dazwischen kann Mail verloren gehen.",
        "Die Regel oder das Plugin reparieren, das diese Antwort baut: Jede ihrer Zeilen muss denselben Code wiederholen.",
    ),
    "defect outside-grammar": (
        "Die zweite Ziffer des Codes liegt über 5. Meist ist es ein erweiterter Statuscode ohne Punkte, wie 571 für 5.7.1.",
        "Einen Code aus RFC 5321 konfigurieren, etwa 550, und den erweiterten Code mit Punkten in den Text setzen.",
    ),
    "defect enhanced-class-differs": (
        "Der erweiterte Code beginnt mit einer anderen Ziffer als der Reply-Code: Der eine sagt vorläufig, der andere endgültig oder Erfolg. Es gilt der Reply-Code.",
        "Beide in Einklang bringen, denn manche Absender sehen auf den erweiterten Code, wenn sie über einen neuen Versuch entscheiden.",
    ),
    "defect unsolicited": (
        "Eine Antwort kam, die kein Befehl verlangt hatte. Ein einfacher Client hält sie für die Antwort auf seinen nächsten Befehl und liegt von da an falsch.",
        "Ein 421 oder 221 vor dem Auflegen ist harmlos. Alles andere ist ein Fehler des Servers oder von etwas dazwischen, also mit einer Sitzung aus dem Netz des Servers selbst vergleichen.",
    ),
    "defect keyword-illegal": (
        "Eine EHLO-Zeile beginnt nicht mit einem richtigen Schlüsselwort aus Buchstaben, Ziffern und Bindestrichen, und Clients werden sie ignorieren.",
        "Die Zeile in der Konfiguration des Servers korrigieren oder dem Hersteller melden.",
    ),
    "defect keyword-repeated": (
        "EHLO hat ein Schlüsselwort mehrfach angekündigt. Clients sind sich nicht einig, welcher Zeile sie folgen; viele vergessen alle bis auf die letzte.",
        "Alle Argumente in eine Zeile setzen. `AUTH=` neben `AUTH` war für Clients des letzten Jahrhunderts gedacht und kann weg.",
    ),
    "defect keyword-mangled": (
        "Etwas auf dem Weg hat ein EHLO-Schlüsselwort mit dem Buchstaben X überschrieben, höchstwahrscheinlich STARTTLS, damit die Sitzung im Klartext bleibt und unterwegs gelesen werden kann.",
        "Die SMTP-Inspektion abschalten (`fixup` oder `inspect esmtp` auf Firewalls von Cisco) oder das Netz dazwischen darum bitten. Über diesen Weg keine Passwörter senden.",
    ),
    "defect argument-unreadable": (
        "Das Argument eines Schlüsselworts sollte eine Zahl sein und ist keine oder ist absurd lang. Ein Client kann die Grenze nicht erfahren und muss raten.",
        "Die Grenze in einfachen Ziffern setzen, zum Beispiel `SIZE 52428800`, oder nur das Schlüsselwort ankündigen.",
    ),
}
