"""Vendors' enhanced status codes in German: microsoft filtering. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "Microsoft 365 4.7.500-699": (
        "Adresse zurückgehalten",
        "Von der Adresse wurde etwas Verdächtiges oder ein plötzlicher Anstieg gesehen; sie wird zurückgehalten, bis das geprüft ist.",
        "Die Warteschlange weiter versuchen lassen und langsamer senden.",
    ),
    "Microsoft 365 5.7.501-503": (
        "Sendendes Konto gesperrt",
        "Das sendende Konto ist wegen Spam gesperrt.",
        "Es absichern, dann den Support von Microsoft fragen.",
    ),
    "Microsoft 365 5.7.504": (
        "Empfängeradresse abgelehnt",
        "Die Adresse des Empfängers ist nicht gültig.",
        "Sie prüfen.",
    ),
    "Microsoft 365 5.7.505": (
        "Gesperrter Empfänger",
        "Microsoft 365 stellt an diesen Empfänger nicht zu.",
        "Der Admin des Empfängers wendet sich an den Support von Microsoft.",
    ),
    "Microsoft 365 5.7.506": (
        "Falsches HELO",
        "Der Client hat sich mit dem Namen des Servers selbst vorgestellt.",
        "In EHLO den eigenen vollständigen Hostnamen des Clients verwenden.",
    ),
    "Microsoft 365 5.7.507": (
        "Vom Empfänger abgewiesen",
        "Die Organisation des Empfängers sperrt die sendende Adresse.",
        "Deren Admin fragen.",
    ),
    "Microsoft 365 5.7.508": (
        "IPv6-Bereich sendet zu viel",
        "Das IPv6-Netz der sendenden Adresse hat eine Grenze überschritten.",
        "Langsamer senden oder stattdessen über IPv4.",
    ),
    "Microsoft 365 5.7.509": (
        "DMARC",
        "Die DMARC-Richtlinie der From-Domain verlangt die Ablehnung, und die Nachricht ist durchgefallen.",
        "Mit DKIM in der From-Domain signieren.",
    ),
    "Microsoft 365 5.7.510": (
        "Keine Mail über IPv6",
        "Die Domain des Empfängers nimmt über IPv6 keine an.",
        "IPv4 verwenden.",
    ),
    "Microsoft 365 5.7.511": (
        "Gesperrte Adresse, Austragung per Mail",
        "Die sendende Adresse ist gesperrt; die Austragung läuft per Mail an die Delist-Adresse.",
        "Den ganzen Bounce dorthin weiterleiten, nachdem die Ursache beseitigt ist.",
    ),
    "Microsoft 365 5.7.512": (
        "From fehlt oder ist fehlerhaft",
        "Die Nachricht hat keine gültige From-Kopfzeile.",
        "Eine Adresse in spitzen Klammern hineinschreiben.",
    ),
    "Microsoft 365 5.7.513": (
        "Eigene Sperrliste des Empfängers",
        "Die Domain des Empfängers führt die sendende Adresse auf ihrer Liste.",
        "Deren Admin um Austragung bitten.",
    ),
    "Microsoft 365 5.7.515": (
        "Massenversender nicht authentifiziert",
        "Eine Domain, die täglich mehr als 5.000 Nachrichten an Outlook.com sendet, braucht SPF, DKIM und DMARC.",
        "Alle drei bestehen lassen, wenigstens SPF oder DKIM in der From-Domain.",
    ),
    "Microsoft 365 5.7.520": (
        "Automatische Weiterleitung ist aus",
        "Der weiterleitende Tenant lässt Mail nicht automatisch hinaus.",
        "Sein Admin erlaubt es in der Richtlinie für ausgehenden Spam.",
    ),
    "Microsoft 365 5.7.606-649": (
        "Gesperrte Adresse",
        "Die sendende Adresse ist wegen Spam gesperrt.",
        "Die Ursache abstellen, dann sender.office.com verwenden.",
    ),
    "Microsoft 365 4.7.650-651": (
        "Ratengrenze nach Ruf",
        "Outlook.com lässt von einer Adresse mit schlechtem oder ohne Ruf wenig durch.",
        "Weniger und gleichmäßig senden; sich bei SNDS und JMRP anmelden.",
    ),
    "Microsoft 365 4.7.652": (
        "Zu viele Verbindungen",
        "Die Adresse hat mehr Verbindungen offen, als Outlook.com ihr erlaubt.",
        "Weniger gleichzeitig öffnen.",
    ),
    "Microsoft 365 5.7.700-749": (
        "Tenant gesperrt",
        "Die meiste Mail des eigenen Tenants des Absenders sah nach Spam aus, sein Versand ist angehalten.",
        "Das Loch schließen, dann den Support von Microsoft um Freigabe bitten.",
    ),
    "Microsoft 365 5.7.703": (
        "Empfänger vom eigenen Tenant gesperrt",
        "Der Admin des Absenders führt den Empfänger auf der Tenant Allow/Block List.",
        "Den Empfänger weglassen oder den eigenen Admin fragen.",
    ),
    "Microsoft 365 5.7.705": (
        "Tenant über seinem Schwellenwert",
        "Der Tenant des Absenders hat zu viel gesendet, was nach Spam aussah.",
        "Das gehackte Konto oder den Connector finden, dann dem Support von Microsoft den Fall erklären.",
    ),
    "Microsoft 365 5.7.708": (
        "Neuer Tenant hinter einer Adresse mit schlechtem Ruf",
        "Ein neuer oder Test-Tenant sendet über Adressen mit schlechtem Ruf.",
        "Den Tenant verifizieren oder eine Lizenz kaufen; der Support kann eine Ausnahme machen.",
    ),
    "Microsoft 365 5.7.750": (
        "Domain nicht im Tenant eingetragen",
        "Der Tenant sendet von Domains, die er nicht registriert hat.",
        "Sie hinzufügen und bestätigen.",
    ),
    "Microsoft 365 4.7.850-899": (
        "Adresse bis zur Prüfung zurückgehalten",
        "Von der Adresse wurde etwas Verdächtiges gesehen.",
        "Nichts zu tun, wenn die Mail in Ordnung ist; es wird bald aufgehoben.",
    ),
    "Microsoft 365 5.7.900-999": (
        "Eigener Code des Admins",
        "Eine Nachrichtenflussregel der Organisation hat die Nachricht abgelehnt, mit einer Nummer, die ihr Admin gewählt hat.",
        "Den Admin des Empfängers fragen, welche Regel es war.",
    ),
}
