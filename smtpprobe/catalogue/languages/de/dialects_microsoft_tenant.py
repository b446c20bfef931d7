"""Vendors' wordings in German: microsoft tenant. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Microsoft 365: tenant blocked for spam": (
        "Tenant wegen Spam gesperrt",
        "Microsoft hat alle Mail des eigenen Tenants des Absenders angehalten: Zu viel davon sah nach Spam aus.",
        "Das gehackte Konto, den Server oder Connector finden (Bericht zum ausgehenden Nachrichtenfluss), es schließen und dann dem Support von Microsoft den Fall erklären.",
    ),
    "Microsoft 365: new tenant behind an address of low reputation": (
        "neuer Tenant hinter einer Adresse mit schlechtem Ruf",
        "Der eigene Tenant des Absenders ist neu oder ein Test-Tenant, und Microsoft sendet seine Mail über Adressen mit schlechtem Ruf.",
        "Eine Lizenz kaufen oder den Tenant verifizieren und bis dahin den Support von Microsoft um eine Ausnahme bitten.",
    ),
    "Microsoft 365: domain not added to the tenant": (
        "Domain nicht im Tenant eingetragen",
        "Der Tenant sendet von Domains, die er nicht bei Microsoft 365 registriert hat.",
        "Jede sendende Domain im Tenant hinzufügen und bestätigen oder einen Connector mit dem Zertifikat einer bestätigten Domain verwenden. Nach Connectors suchen, die niemand eingerichtet hat.",
    ),
    "Microsoft 365: recipient blocked by the sender's own tenant": (
        "Empfänger vom eigenen Tenant des Absenders gesperrt",
        "Der eigene Admin des Absenders hat den Empfänger oder dessen Domain auf die Tenant Allow/Block List gesetzt; ein solcher Empfänger hält die Nachricht für alle auf.",
        "Den Empfänger aus der Nachricht nehmen oder den eigenen Admin um Löschung des Eintrags bitten.",
    ),
    "Microsoft 365: account blocked for spam": (
        "Konto wegen Spam gesperrt",
        "Microsoft hat das eigene Konto des Absenders wegen Spamversands angehalten; meist war es gehackt.",
        "Das Konto absichern (Passwort, Weiterleitungsregeln, App-Zustimmungen), dann im Defender-Portal von der Liste eingeschränkter Benutzer nehmen.",
    ),
    "Microsoft 365: sending account banned": (
        "sendendes Konto gesperrt",
        "Microsoft hat das sendende Konto gesperrt, weil Spam von ihm kam.",
        "Das Konto absichern, sein Passwort zurücksetzen, dann den Support von Microsoft um Wiederherstellung bitten.",
    ),
    "Microsoft 365: sender's daily limit": (
        "Tagesgrenze des Absenders",
        "Das eigene Konto des Absenders hat an so viele Empfänger geschrieben, wie es an einem Tag darf.",
        "Den nächsten Tag abwarten und für Listen einen Massenversanddienst verwenden. Hat niemand so viel gesendet, ist das Konto gehackt.",
    ),
    "Microsoft 365: automatic forwarding is off": (
        "automatische Weiterleitung ist aus",
        "Der weiterleitende Tenant lässt Mail nicht automatisch an externe Adressen weiterleiten.",
        "Der Admin erlaubt es für dieses Postfach in der Richtlinie für ausgehenden Spam, oder der Benutzer entfernt die Weiterleitung.",
    ),
    "Microsoft 365: no connector fits": (
        "kein Connector passt",
        "Microsoft 365 konnte nicht erkennen, zu welchem Tenant der Client gehört: Kein eingehender Connector passt zu seinem Zertifikat oder seiner Adresse, darum leitet es nicht weiter.",
        "Den Connector mit dem Zertifikat oder der öffentlichen Adresse vergleichen, die der lokale Server jetzt verwendet.",
    ),
    "Microsoft 365: partner connector refuses the client": (
        "Partner-Connector lehnt den Client ab",
        "Der Tenant des Empfängers nimmt Mail für diese Domain nur von den Adressen oder mit dem Zertifikat aus seinem Partner-Connector an.",
        "Über das Gateway zustellen, das der MX der Domain nennt; ihr Admin nimmt Adresse oder Zertifikat in den Connector auf.",
    ),
    "Microsoft 365: journaling is off": (
        "Journaling ist aus",
        "Die Organisation journalt lokale Mail nach Microsoft 365, wo Journaling Archive aus ist.",
        "Journaling Archive einschalten oder die Journalregel anderswohin richten.",
    ),
    "Microsoft 365: mail for another region": (
        "Mail für eine andere Region",
        "Die Nachricht erreichte die falsche Region von Microsoft 365, meist weil ein Absender nach dem Umzug eines Tenants eine alte MX-Antwort behält.",
        "Das DNS neu nach dem MX fragen und nicht an einen festen Namen zustellen. Neue Versuche laufen von selbst.",
    ),
    "Microsoft 365: tenant without a mail subscription": (
        "Tenant ohne Mail-Abonnement",
        "Der Tenant des Empfängers hat kein Abonnement mit Postfächern, oder es ist abgelaufen.",
        "Der Admin des Empfängers erneuert das Abonnement oder korrigiert den MX.",
    ),
    "Microsoft 365: trouble inside Microsoft 365": (
        "Störung innerhalb von Microsoft 365",
        "Ein Proxy oder eine Abfrage innerhalb von Microsoft 365 ist gescheitert (ATTR: den Tenant finden, PRX: weiterreichen).",
        "Die Warteschlange weiter versuchen lassen. Dauert es an, sieht der Admin des Empfängers auf die Seite zum Dienststatus.",
    ),
    "Microsoft 365: no second copy could be kept": (
        "zweite Kopie nicht möglich",
        "Exchange hält von jeder Nachricht eine zweite Kopie, bevor es Ja sagt, und fand dafür keinen Server.",
        "Die Warteschlange weiter versuchen lassen. Lokal die anderen Server der Database Availability Group ansehen.",
    ),
    "Microsoft 365: queue of the recipient's organisation is full": (
        "Warteschlange der Empfängerorganisation ist voll",
        "Für die Organisation des Empfängers wartet so viel Mail, dass Microsoft 365 dafür jetzt keine weitere annimmt.",
        "Die Warteschlange weiter versuchen lassen. Ihr Admin sucht nach einem Mailsturm oder einem lokalen Server, der nicht antwortet.",
    ),
    "Microsoft 365: Rich Text header too long": (
        "Rich-Text-Kopfzeile zu lang",
        "Das Rich-Text-Format von Outlook hat eine Kopfzeile in die Nachricht gesetzt, die dem Ziel zu lang ist.",
        "Die Nachricht als HTML oder reinen Text senden.",
    ),
    "Microsoft 365: attachments nested too deeply": (
        "Anhänge zu tief verschachtelt",
        "Microsoft 365 hat die Nachricht abgelehnt: Ihre Anhänge enthalten Anhänge, zu viele Ebenen tief.",
        "Die angehängten Nachrichten herausnehmen und einzeln senden.",
    ),
    "Microsoft 365: server not ready": (
        "Server nicht bereit",
        "Dieser Server von Microsoft 365 nimmt im Moment nichts an.",
        "Die Warteschlange weiter versuchen lassen; meist antwortet ein anderer Server desselben Namens.",
    ),
    "Microsoft 365: address malformed": (
        "Adresse fehlerhaft",
        "Microsoft 365 konnte die Adresse in MAIL oder RCPT nicht lesen.",
        "Nach Leerzeichen, einer fehlenden Domain oder Zeichen jenseits von ASCII suchen.",
    ),
}
