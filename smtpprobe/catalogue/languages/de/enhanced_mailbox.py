"""Enhanced status codes in German: mailbox. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "X.2.0": (
        "Anderer oder nicht näher bestimmter Postfachstatus",
        "Das Postfach existiert; etwas Ungenanntes daran hat diese Antwort bewirkt.",
        "Den Empfänger oder den dortigen Admin fragen, mit dem Text der Antwort in der Hand.",
    ),
    "X.2.1": (
        "Postfach deaktiviert, nimmt keine Nachrichten an",
        "Das Postfach existiert und nimmt nichts an: mit 4 vorerst, mit 5 endgültig.",
        "Nur sein Inhaber oder Admin kann es aktivieren. Gmail sagt 4.2.1 auch, wenn jemand zu schnell Mail bekommt; dann langsamer senden.",
    ),
    "X.2.2": (
        "Postfach voll",
        "Das Postfach hat seine Quota erreicht.",
        "Der Empfänger muss Mail löschen oder mehr Platz bekommen; die Nachricht so lange in der Warteschlange lassen. Der RFC will den Code vorläufig, doch viele Server senden ihn endgültig. Exchange Online meint mit 5.2.2 die Quota des Absenders.",
    ),
    "X.2.3": (
        "Nachricht überschreitet die administrative Größengrenze",
        "Die Nachricht ist größer, als dieses eine Postfach erlaubt, während der Server an sich mehr annimmt.",
        "Weniger senden oder einen Link teilen. Sendmail verwendet 5.2.3 auch für die Grenze des ganzen Servers.",
    ),
    "X.2.4": (
        "Problem beim Auflösen der Mailingliste",
        "Die Adresse ist eine Mailingliste, und ihre Mitglieder ließen sich nicht ermitteln.",
        "Der Inhaber der Liste muss nachsehen: eine leere Liste, eine kaputte Include-Datei oder ein unerreichbares Verzeichnis.",
    ),
}
