"""Vendors' wordings in German: netease. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "NetEase: address held": (
        "Adresse zurückgehalten",
        "NetEase hält diese Adresse für eine Weile zurück: REP wegen vieler toter Empfänger, ICC wegen zu vieler Verbindungen, IFC wegen zu viel Mail, MEP wegen gefälschter Absenderdomains.",
        "Die Gewohnheit abstellen, die die drei Buchstaben nennen, dann die Warteschlange weiter versuchen lassen. Mail muss die eigene, existierende Domain tragen.",
    ),
    "NetEase: address barred": (
        "Adresse ausgeschlossen",
        "NetEase schließt diese Adresse aus: IPB endgültig, weil sie auf seiner Sperrliste steht, IHU für eine Weile.",
        "Abstellen, was nicht stimmt, dann über die Seite in der Antwort die Austragung beantragen.",
    ),
    "NetEase: too much on one connection": (
        "zu viel auf einer Verbindung",
        "Das Kontingent einer Verbindung zu NetEase ist verbraucht: CEL schlechte Befehle, CCL Befehle, DMC Nachrichten, DRC Empfänger.",
        "Die Verbindung früher schließen, mit weniger Nachrichten und Empfängern auf jeder.",
    ),
    "NetEase: sender's count for the time used up": (
        "Kontingent des Absenders verbraucht",
        "NetEase zählt Nachrichten und Empfänger eines Absenders: SFQ und QRC sind die Kontingente einer Viertelstunde, STC und TRC die des Tages.",
        "Langsamer werden; nach STC oder TRC bis zum nächsten Tag warten.",
    ),
    "NetEase: address on a public blocklist": (
        "Adresse auf einer öffentlichen Sperrliste",
        "NetEase hat diese Adresse auf einer öffentlichen Sperrliste gefunden.",
        "Die Adresse auf den gängigen Listen nachschlagen und austragen lassen.",
    ),
    "NetEase: content taken for spam": (
        "Inhalt für Spam gehalten",
        "NetEase oder ein anderer Betreiber mit Coremail hielt den Inhalt für Spam; 451 stellt ihn zurück, 550 und 554 lehnen ihn ab.",
        "Nach 451 die Warteschlange es zwei Minuten später wieder versuchen lassen. Sonst Inhalt und Links ändern und SPF und DKIM bestehen lassen.",
    ),
    "NetEase: envelope and header senders differ": (
        "Absender in Envelope und Kopf verschieden",
        "NetEase lehnt die Nachricht ab, weil ihr Envelope-Absender und ihr From-Feld nicht zusammenpassen.",
        "Mit derselben Adresse in beiden senden.",
    ),
    "NetEase: SPF or DMARC failure": (
        "SPF oder DMARC gescheitert",
        "NetEase lehnt den Absender ab, weil SPF (MI:SPF) oder DMARC (MI:DMA) für seine Domain gescheitert ist.",
        "Die sendende Adresse in den SPF-Eintrag aufnehmen und mit DKIM im Namen der From-Domain signieren.",
    ),
    "NetEase: EHLO name or sender not acceptable": (
        "EHLO-Name oder Absender nicht annehmbar",
        "NetEase akzeptiert den Namen in EHLO (NHD) oder die Form der Absenderadresse (IMF) nicht.",
        "EHLO mit dem eigenen vollen Namen des Servers sagen und einen richtig aufgebauten Absender verwenden.",
    ),
    "NetEase: sender or address not on the list of allowed ones": (
        "Absender oder Adresse nicht auf der Erlaubnisliste",
        "Die Liste erlaubter oder abgelehnter Absender bei NetEase schließt diese Adresse (BLI) oder diesen Benutzer (BLU, SPB) aus.",
        "Die Firma des Empfängers bitten, es zuzulassen; ihr Mail-Admin führt die Liste.",
    ),
    "NetEase: recipient not open to outsiders": (
        "Empfänger für Außenstehende nicht offen",
        "NetEase lässt diesen Absender nicht an jenen Empfänger schreiben: FRL ist ein Postfach für interne Mail, RCL zu viele Empfänger auf einmal.",
        "Den Admin des Empfängers bitten, das Postfach zu öffnen, oder an weniger Empfänger auf einmal senden.",
    ),
    "NetEase: no such user": (
        "kein solcher Benutzer",
        "NetEase hat kein Postfach dieses Namens.",
        "Die Adresse von der Liste nehmen.",
    ),
    "NetEase: mailbox suspended": (
        "Postfach gesperrt",
        "Das Postfach bei NetEase ist gesperrt.",
        "Die Adresse von der Liste nehmen, bis ihr Inhaber es wieder öffnen lässt.",
    ),
    "NetEase: login required": (
        "Anmeldung nötig",
        "NetEase nimmt Mail im Namen eigener Domains erst nach einer Anmeldung an.",
        "Sich mit dem Code für Mailclients anmelden, den die Einstellungen der Webmail ausgeben, und mit der Adresse des Kontos senden.",
    ),
}
