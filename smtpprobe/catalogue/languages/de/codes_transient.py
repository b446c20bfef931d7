"""Reply codes in German: transient. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "421": (
        "Dienst nicht verfügbar, Übertragungskanal wird geschlossen",
        "Der Server beendet diese Sitzung und schließt die Verbindung. Das gilt vorerst, nicht für immer.",
        "Jederzeit: Überlast, Herunterfahren, Timeout im Leerlauf, zu viele Verbindungen oder zu viele Fehler. Gmail (4.7.x) und Yahoo (TSS04) bremsen damit Absender, denen sie misstrauen; chasquid ersetzt damit seine dritte Ablehnung.",
        "Warten, dann mit weniger gleichzeitigen Sitzungen über eine neue Verbindung wiederkommen. Bleibt es dabei, den Text lesen: Er nennt die Grenze oder den Ruf, woran es scheitert.",
    ),
    "422": (
        "Passwortumstellung nötig oder Postfach über Quota",
        "Zwei unverwandte Meldungen teilen sich diese Nummer. RFC 5248 führt sie neben 432 für ein Konto, das ein neues Passwort braucht; in Bounces ist sie 4.2.2 (Postfach voll) ohne Punkte.",
        "Nach RCPT oder den Daten bei einem vollen Postfach. Geräte von Barracuda melden damit, dass ihre Lizenz abgelaufen ist.",
        "Im Text lesen, was gemeint ist: Platz im Postfach schaffen, ein neues Passwort setzen oder die Lizenz des Geräts erneuern lassen.",
    ),
    "430": (
        "Befehl vorerst ungültig",
        "Laut Registry: ein Befehl, der im Moment nicht gilt (X.5.1). In der Praxis: irgendein vorübergehender Fehler, den der Server nicht nennt.",
        "Courier gibt ihn aus, wenn das eigene Programm submit scheitert. Andere Server verwenden ihn kaum.",
        "Die Warteschlange weiter vbitten lassen. Bei einem eigenen Courier die Ursache in dessen Mail-Log suchen.",
    ),
    "432": (
        "Passwortumstellung nötig",
        "Das Konto ist bekannt, aber sein Passwort muss neu gesetzt werden, bevor dieses Anmeldeverfahren funktioniert (4.7.12). Mit 4.3.2 von Exchange ist es etwas anderes: zu viele gleichzeitige Zustellungen an ein Postfach.",
        "Nach AUTH bei Servern, die auf einen neuen Passwortspeicher umgestellt haben, also selten. Exchange und Microsoft 365 senden `432 4.3.2` mit `recipient thread limit exceeded`, Courier `432 Service temporarily unavailable`.",
        "Bei AUTH: sich einmal mit PLAIN innerhalb von TLS anmelden oder das Passwort ändern. Beim Thread-Limit: langsamer an diesen Empfänger senden.",
    ),
    "450": (
        "Postfach im Moment nicht verfügbar",
        "Die Mail wurde jetzt nicht angenommen: Das Postfach ist belegt, oder eine Richtlinie sperrt sie für eine Weile.",
        "Greylisting beim ersten Kontakt, eine noch laufende Prüfung von Absender oder Empfänger, Postfix bei einem Client, dessen Adresse keinen passenden Namen hat (4.7.25), oder bei unbekannter Absenderdomain (4.1.8), Gmail, wenn ein Benutzer zu schnell Mail bekommt (4.2.1).",
        "Die Warteschlange von derselben Adresse aus weiter vbitten lassen; Greylisting ist nach einigen Minuten vorbei. Spricht der Text von einem Hostnamen oder einer Domain, das DNS korrigieren, denn Warten hilft dann nicht.",
    ),
    "451": (
        "Lokaler Fehler bei der Verarbeitung",
        "Auf der Seite des Servers ging etwas schief oder ist noch nicht bereit, und der Befehl wurde verworfen. Adresse und Nachricht können in Ordnung sein.",
        "Eine gescheiterte DNS- oder Datenbankabfrage, ein Filter, der nicht antwortet, ein SPF-Eintrag, der sich nicht abrufen ließ. Exim verwendet den Code für alles, was eine ACL zurückstellt, Microsoft 365 zum Drosseln (4.7.500, 4.7.650), qmail und Haraka bei nackten Zeilenvorschüben (LF ohne CR).",
        "Mit wachsenden Pausen erneut vbitten. Dauert es Stunden, den Text lesen: Drosselung verlangt langsameres Senden, nackte LF ein repariertes Programm, ein lokaler Fehler den Admin des Servers.",
    ),
    "452": (
        "Zu wenig Speicherplatz oder zu viele Empfänger",
        "Dem Server fehlt im Moment der Platz, oder diese Transaktion hat schon so viele Empfänger, wie er annimmt.",
        "Die Platte der Warteschlange ist fast voll (4.3.1), RCPT überschritt die Grenze (4.5.3), oder Gmail nennt den Speicher eines Benutzers voll (4.2.2).",
        "Bei zu vielen Empfängern erst an die angenommenen senden, den Rest gleich danach in einer neuen Transaktion. Bei voller Platte muss der Admin des Servers Platz schaffen; die Warteschlange kann warten.",
    ),
    "453": (
        "Keine Mail vorhanden",
        "Für die Domains, die ATRN genannt hat, wartet nichts. Eine schlechte Nachricht ist das nur der Nummer nach.",
        "Auf Port 366 für On-Demand Mail Relay, wenn ein Standort mit wechselnder Adresse seine Mail abholen will.",
        "Beim nächsten regulären Abruf wieder fragen; um keine Warteschlange muss man sich kümmern.",
    ),
    "454": (
        "TLS nicht verfügbar oder Anmeldung gescheitert, aus vorübergehendem Grund",
        "Nach STARTTLS: derzeit kein TLS. Nach AUTH: Der Server konnte die Anmeldung nicht prüfen, was über das Passwort nichts aussagt.",
        "Ein Zertifikat oder Schlüssel, der sich nicht lesen lässt, eine ausgefallene Passwortdatenbank. Sendmail bietet STARTTLS auch ohne Zertifikat an und sagt dann 454 4.3.3; Gmail sendet den Code bei zu vielen Anmeldungen und, als 454 5.5.1, bei einem zweiten STARTTLS; Amazon SES bei einem Konto, das zu schnell sendet.",
        "Nachsehen, auf welchen Befehl er antwortet. Auf dem eigenen Server die Zertifikatsdateien oder die Passwortprüfung ansehen; als Client es später erneut vbitten und niemals auf ein Passwort im Klartext ausweichen.",
    ),
    "455": (
        "Server kann die Parameter nicht berücksichtigen",
        "Der Server kennt den Parameter hinter der Adresse, kann ihm aber derzeit nicht nachkommen. Das endgültige Gegenstück ist 555.",
        "Selten, nach MAIL oder RCPT mit dem Parameter einer Erweiterung. Stalwart sagt 455 bei zu vielen Empfängern und zu vielen gescheiterten Anmeldungen.",
        "Den Befehl noch einmal ohne den Parameter senden oder später mit ihm.",
    ),
    "458": (
        "Nachrichten für die Gegenstelle lassen sich nicht einreihen",
        "Der Server kennt die Gegenstelle, die ETRN genannt hat, kann aber gerade nicht anfangen, ihre Mail zu senden.",
        "Wenn der Lauf der Warteschlange beschäftigt oder gesperrt ist. Nur Server mit ETRN haben diesen Code.",
        "ETRN nach einigen Minuten wiederholen.",
    ),
    "459": (
        "Gegenstelle nicht erlaubt",
        "Die Warteschlange der Gegenstelle, die ETRN genannt hat, darf von hier aus nicht gestartet werden. Der Nummer nach vorübergehend, in Wahrheit eine fehlende Berechtigung.",
        "Wenn der Server ETRN an gelistete Domains oder Client-Adressen bindet.",
        "Den Admin des Servers bitten, ETRN für diese Domain von der eigenen Adresse aus zu erlauben.",
    ),
}
