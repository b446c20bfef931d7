"""Faults without a reply in German: misuse. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "fault spoken to before connecting": (
        "Das Programm hat die Verbindung benutzt, bevor sie offen war oder nachdem sie geschlossen wurde.",
        "Wenn `connect()` fehlte, wenn der Server zwischendurch aufgelegt hat oder wenn sich mehrere Threads ein Client-Objekt teilen.",
        "Zuerst verbinden und je Thread oder Task bei einer Verbindung bleiben. Ging es anfangs, hat der Server eine untätige Verbindung geschlossen: vor der nächsten Mail neu verbinden.",
    ),
    "fault connected already": (
        "Das Programm hat eine Verbindung geöffnet, die schon offen war.",
        "Wenn zwei Tasks ein Client-Objekt verwenden oder es nach einem Fehler nicht geschlossen wird.",
        "Jedem Task einen eigenen Client geben oder ihn vor der nächsten Verwendung schließen.",
    ),
    "fault TLS started twice": (
        "Das Programm hat TLS auf einer Verbindung verlangt, die es schon hat.",
        "Wenn eine Bibliothek TLS selbst beginnt (aiosmtplib seit 2.0) und das Programm zusätzlich `starttls()` aufruft, oder auf Port 465.",
        "Den zweiten Aufruf entfernen oder mit `start_tls=False` verbinden. Auf Port 465 ist kein STARTTLS nötig.",
    ),
    "fault no recipient given": (
        "Das Programm wollte eine Mail senden, die keinen Empfänger hat.",
        "Wenn die Adresse aus einem leeren Feld oder einer leeren Variablen kommt oder vorher alle Adressen aussortiert wurden.",
        "Den Wert prüfen, der als Empfänger übergeben wird, und dass die Liste nicht leer ist. Bei `sendmail -t` und msmtp muss die Nachricht selbst eine To-, Cc- oder Bcc-Zeile haben.",
    ),
    "fault no sender given": (
        "Das Programm wollte eine Mail senden, die keinen Absender hat.",
        "Wenn die Adresse des Absenders nicht eingestellt ist.",
        "Den Absender (msmtp: `from`, Django: `DEFAULT_FROM_EMAIL`, WordPress: das Absenderfeld des SMTP-Plugins) auf eine Adresse setzen, die das Relay akzeptiert.",
    ),
    "fault address not well formed": (
        "Die Bibliothek hat eine Adresse wegen ihrer Form abgelehnt, bevor sie mit einem Server sprach.",
        "Bei Leerzeichen, Kommas, fehlenden Teilen oder mehreren Adressen in einem Feld.",
        "Die Adresse zwischen Klammern ausgeben, um verirrte Zeichen zu sehen, Leerraum entfernen und mehrere Adressen als Liste übergeben.",
    ),
    "fault addresses outside ASCII": (
        "Eine Adresse enthält Buchstaben außerhalb von ASCII, und der Server bietet kein SMTPUTF8 an, also kann sie ihm nicht genannt werden.",
        "Bei Adressen etwa mit Umlauten, arabischen oder chinesischen Zeichen vor dem @.",
        "Die Domain in ihrer ASCII-Form schreiben (`xn--…`), die jeder Server annimmt. Ein Name vor dem @ außerhalb von ASCII braucht SMTPUTF8 auf jedem Server des Weges (`smtpprobe probe HOST` zeigt es) oder eine andere Adresse dieser Person.",
    ),
    "fault message bigger than the server takes": (
        "Die Nachricht ist größer, als der nächste Server annimmt oder dieser durchlässt; sie wurde gar nicht gesendet.",
        "Bei Anhängen: Bei der Übertragung wachsen sie um etwa ein Drittel (Base64).",
        "Stattdessen einen Link senden oder die Grenze anheben lassen (Postfix: `message_size_limit`, Exim: `message_size_limit`, Sendmail: `confMAX_MESSAGE_SIZE`). SIZE in `smtpprobe probe HOST` sagt, was ein Server annimmt.",
    ),
    "fault line break in a command": (
        "Die Bibliothek fand einen Zeilenumbruch in einer Adresse oder Kopfzeile und lehnte ab, denn er würde weitere Befehle oder Kopfzeilen einschmuggeln.",
        "Bei Formularfeldern, die ungeprüft durchgereicht werden, und bei Werten, die samt Zeilenende aus einer Datei gelesen werden.",
        "Den Wert bereinigen und Eingaben mit Zeilenumbruch ablehnen; es kann ein Versuch sein, das Formular zu missbrauchen.",
    ),
    "fault reply not understood": (
        "Was zurückkam, ist keine SMTP-Antwort oder keine, die passt.",
        "Wenn der Port einem anderen Dienst gehört (HTTP, IMAP, der Anmeldeseite eines Proxys), wenn TLS und Klartext vertauscht sind oder ein Scanner anstelle des Servers antwortet.",
        "`smtpprobe probe HOST:PORT` sagt, was dort spricht. 587 mit STARTTLS oder 465 mit TLS von Anfang an verwenden.",
    ),
    "fault no mail program on this machine": (
        "Das Programm übergibt seine Mail einem Programm oder Dienst auf diesem Rechner, und es gibt dort keinen, oder er hat abgelehnt.",
        "Bei `mail()` von PHP in einem Container, unter Windows oder auf einem Webhost ohne Mailserver.",
        "Stattdessen per SMTP senden (PHPMailer `isSMTP()`, ein SMTP-Plugin für WordPress, `mailer smtp`) oder ein Sendeprogramm wie msmtp installieren und in `sendmail_path` eintragen.",
    ),
    "fault settings of the sending program": (
        "Die eigenen Einstellungen des sendenden Programms sind unvollständig oder widersprechen sich, darum wurde nichts gesendet.",
        "Wenn die Einstellungsdatei nicht gefunden wird oder für diesen Benutzer nicht lesbar ist, der Host leer ist oder eine Bibliothek für das Protokoll fehlt.",
        "Die Datei prüfen, die das Programm liest (msmtp: `~/.msmtprc` mit Modus 600 und einem `account default`; JavaMail: die Implementierung neben der API und das Protokoll `smtp` oder `smtps`).",
    ),
    "fault certificate type for a content missing": (
        "Das Programm konnte die Nachricht nicht bauen: Ein Teil oder ein Anhang fehlt oder ist von unbekannter Art. Ein Server wurde nicht gefragt.",
        "Bei falschem Pfad zu einem Anhang, und in Java bei einem Class Loader, der die Mail-Implementierung nicht sieht.",
        "Pfad und Rechte des Anhangs prüfen. In Java die Activation-Bibliothek neben die Mail-Bibliothek legen und den Context Class Loader des Threads setzen.",
    ),
}
