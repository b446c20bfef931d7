"""Enhanced status codes in German: addressing. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "X.0.0": (
        "Anderer, nicht näher bestimmter Status",
        "Bekannt ist nur die Klasse: Es ging gut, oder es ist vorerst oder endgültig gescheitert.",
        "Den Wortlaut der Antwort lesen; der Code fügt ihm nichts hinzu.",
    ),
    "X.1.0": (
        "Anderer Adressstatus",
        "Etwas an einer Adresse im Envelope gab den Ausschlag, und kein genauerer Code sagt, was.",
        "Absender und Empfänger auf Tippfehler durchsehen, dann den Text. Von Exchange heißt es oft, dass auf eine alte interne Adresse geantwortet wurde.",
    ),
    "X.1.1": (
        "Zielpostfach falsch",
        "Dieses Postfach gibt es nicht: Der Teil links vom @ ist dort unbekannt.",
        "Die Adresse korrigieren oder von der Liste nehmen. Sollte es sie geben, muss ihr Admin sie anlegen oder den Alias korrigieren. Manche Provider missbrauchen den Code für ein volles Postfach; der Text verrät es.",
    ),
    "X.1.2": (
        "Zielsystem falsch",
        "Die Domain rechts vom @ existiert nicht oder nimmt keine Mail an.",
        "Die Schreibweise der Domain und ihre MX-Einträge im DNS prüfen.",
    ),
    "X.1.3": (
        "Syntax der Zielpostfach-Adresse falsch",
        "Die Empfängeradresse ist nicht so geschrieben, wie eine Adresse sein darf.",
        "Überflüssige Leerzeichen, Anführungszeichen, Klammern oder ein zweites @ aus der Adresse entfernen.",
    ),
    "X.1.4": (
        "Zielpostfach-Adresse mehrdeutig",
        "Die Adresse passt zu mehr als einem Postfach.",
        "Den Empfänger nach der genauen Adresse fragen; sein Admin kann die Aliasse eindeutig machen.",
    ),
    "X.1.5": (
        "Zieladresse gültig",
        "Der Empfänger ist gültig; das ist die positive Antwort auf RCPT oder VRFY.",
        "Nichts zu beheben.",
    ),
    "X.1.6": (
        "Zielpostfach umgezogen, keine Nachsendeadresse",
        "Das Postfach war einmal hier und ist es nicht mehr, und niemand weiß, wohin es ging.",
        "Die neue Adresse auf anderem Weg herausfinden und die alte entfernen.",
    ),
    "X.1.7": (
        "Syntax der Absenderadresse falsch",
        "Die Absenderadresse des Envelope ist falsch aufgebaut.",
        "Im sendenden Programm eine gültige Adresse einstellen; prüfen, was es hinter MAIL FROM setzt.",
    ),
    "X.1.8": (
        "System des Absenders falsch",
        "Die Domain des Absenders existiert nicht im DNS oder kann keine Antworten empfangen.",
        "Dieser Domain einen MX- oder Adresseintrag geben oder mit einer Domain senden, die einen hat. Exchange Online verwendet 5.1.8 für eigene Konten, die wegen Spamversands gesperrt wurden.",
    ),
    "X.1.9": (
        "An nicht konformes System weitergereicht",
        "Die Nachricht ging an ein System weiter, das die Zustellung nicht wie verlangt melden oder verfolgen kann.",
        "Nichts zu tun; nur nicht auf einen Zustellbericht warten.",
    ),
    "X.1.10": (
        "Empfängeradresse hat Null-MX",
        "Die Domain des Empfängers veröffentlicht einen Null-MX: Sie erklärt, dass sie überhaupt keine Mail annimmt.",
        "Eine andere Adresse verwenden. Ist es die eigene Domain und soll sie Mail annehmen, den MX-Eintrag ersetzen, der aus einem einzelnen Punkt besteht. Exchange Online sagt 5.1.10 stattdessen bei einem unbekannten Empfänger.",
    ),
}
