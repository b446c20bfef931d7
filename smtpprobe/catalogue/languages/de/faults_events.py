"""Faults without a reply in German: events. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "fault not sent: bounced before (Mailgun 605)": (
        "Der sendende Dienst hat gar nicht gesendet: Die Adresse steht auf seiner eigenen Liste von Adressen, die früher gebounct haben. Eine Nummer wie 605 ist hier ein Ereignis seiner API, keine SMTP-Antwort.",
        "Nach einem früheren endgültigen Bounce von dieser Adresse, aus dem eigenen Konto.",
        "Herausfinden, warum sie damals gebounct hat. Funktioniert sie jetzt, sie aus der Unterdrückungsliste des Dienstes löschen; wenn nicht, aus der eigenen Liste.",
    ),
    "fault not sent: unsubscribed (Mailgun 606)": (
        "Der sendende Dienst hat nicht gesendet: Der Empfänger hatte sich von der Mail abgemeldet. Die Nummer ist ein Ereignis seiner API, keine SMTP-Antwort.",
        "Bei Empfängern, die einen Abmeldelink benutzt haben.",
        "Das achten. Mail, die diese Person seither verlangt hat (eine Rechnung, ein Passwort), geht unter einem anderen Tag oder einer anderen Gruppe hinaus.",
    ),
    "fault not sent: complained before (Mailgun 607)": (
        "Der sendende Dienst hat nicht gesendet: Dieser Empfänger hatte die Mail als Spam gemeldet. Die Nummer ist ein Ereignis seiner API, keine SMTP-Antwort.",
        "Bei Empfängern auf der Beschwerdeliste des eigenen Kontos.",
        "Die Adresse endgültig aus den eigenen Listen löschen. Häuft es sich, prüfen, wie Adressen gesammelt werden.",
    ),
    "fault given up by the service (Mailgun 602)": (
        "Der sendende Dienst hat aufgehört, weil die Zeit für neue Versuche um ist. Die Nummer ist ein Ereignis seiner API, keine SMTP-Antwort.",
        "Nach Stunden vorläufiger Ablehnungen.",
        "Die früheren Ereignisse derselben Nachricht ansehen: Dort steht die Antwort des Empfängers selbst.",
    ),
    "fault token refused by an API": (
        "Die API eines sendenden Dienstes hat den Schlüssel oder das Token des Programms nicht akzeptiert. Die Nummer ist ein HTTP-Status oder ein Ereignis dieser API, keine SMTP-Antwort.",
        "Bei abgelaufenen oder gelöschten Schlüsseln, Schlüsseln einer anderen Region oder eines anderen Kontos und Schlüsseln ohne Senderecht.",
        "Einen neuen Schlüssel mit Senderecht anlegen, ihn dort ablegen, wo das Programm ihn liest, und die Region der API prüfen (Mailgun und andere haben eine für die EU).",
    ),
    "fault sender not verified with the service": (
        "Der sendende Dienst hat die Absenderadresse oder -domain nicht bestätigt, oder das Konto ist noch im Testmodus.",
        "Bei neuen Konten, einer neuen From-Domain und Diensten im Sandbox-Modus, wo auch Empfänger bestätigt sein müssen.",
        "Die Domain des Absenders in der Konsole des Dienstes bestätigen (ihre DNS-Einträge für DKIM und SPF) und die Freigabe für den Produktivbetrieb beantragen.",
    ),
    "fault quota of the sending service": (
        "Der sendende Dienst nimmt von diesem Konto vorerst keine Mail mehr an: Seine Rate, Tagesmenge oder sein Tarif ist ausgeschöpft.",
        "Bei Schüben, bei Listen, die größer sind als der Tarif, und nach vielen Bounces oder Beschwerden.",
        "Das Senden über die Zeit verteilen, die Rate einhalten, die der Dienst nennt, oder die Grenze anheben lassen.",
    ),
    "fault dropped by the sending service": (
        "Der sendende Dienst hat die Nachricht nach einer eigenen Regel verworfen, bevor er einen Mailserver gefragt hat.",
        "Bei Fehlern in der Anfrage an seine API oder in einer Vorlage und bei seinen eigenen Inhaltsprüfungen.",
        "Das Ereignislog des Dienstes nennt die Regel. Die Anfrage oder den Inhalt korrigieren, dann erneut senden.",
    ),
}
