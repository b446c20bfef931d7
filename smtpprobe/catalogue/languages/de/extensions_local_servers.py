"""EHLO keywords in German: local servers. Texts only."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, ...]] = {
    "EHLO XCLIENT": (
        "Andere Client-Angaben",
        "ein Proxy nennt den echten Client",
        "Ein vertrauter Proxy teilt dem Server mit, für welchen Client er steht; die Sitzung beginnt dann mit einer neuen Begrüßung 220 von vorn.",
        "Nur Hosts in smtpd_authorized_xclient_hosts dürfen es sehen. Ist es vom Internet aus zu sehen, kann sich jeder als beliebige Adresse ausgeben und über den Server weiterleiten: das zuerst beheben.",
        "die angenommenen Attribute: NAME ADDR PORT PROTO HELO LOGIN DESTADDR DESTPORT; Dovecot hat eigene dazu, etwa SESSION und TTL",
    ),
    "EHLO XFORWARD": (
        "Weitergabe des Clients",
        "ursprünglicher Client, für Logs",
        "Ein Inhaltsfilter gibt weiter, wer die Nachricht gesendet hatte, damit der Server dahinter die wahre Herkunft ins Log schreibt.",
        "Es ändert Logs und keine Rechte. Sehen es Fremde, ist smtpd_authorized_xforward_hosts zu weit gefasst, und die eigenen Logs lassen sich fälschen.",
        "die angenommenen Attribute: NAME ADDR PORT PROTO HELO IDENT SOURCE",
    ),
    "EHLO XVERP": (
        "Variabler Envelope-Absender",
        "je Empfänger eine Rückadresse",
        "Postfix bildet für jeden Empfänger einen eigenen Envelope-Absender, sodass ein Bounce zeigt, welche Adresse gescheitert ist.",
        "Listensoftware verlangt es bei MAIL. Gewährt wird es mit smtpd_authorized_verp_clients; zum Verbergen heißt das Schlüsselwort in der Discard-Liste VERP.",
        "",
    ),
    "EHLO VERP": (
        "VERP ohne das X",
        "XVERP unter anderem Namen",
        "Andere Mailserver, darunter PowerMTA, kündigen den Umgang mit VERP ohne das X an.",
        "Den Parameter im Handbuch dieses Servers nachlesen: Die Schreibweise von Postfix funktioniert dort vielleicht nicht.",
        "",
    ),
    "EHLO XRCPTFORWARD": (
        "Weitergabe von Empfängerfeldern",
        "Proxy gibt Empfängerfelder weiter",
        "Ein Dovecot-Proxy gibt mit jedem Empfänger die Felder seiner Benutzerdatenbank in Base64 weiter.",
        "Auf login_trusted_networks beschränken, denn die Felder entscheiden, wo und wie eine Nachricht gespeichert wird.",
        "",
    ),
    "EHLO IGNOREQUOTA": (
        "Quota ignorieren",
        "in ein volles Postfach zustellen",
        "Ein LMTP-Client kann Cyrus bitten, trotz überschrittener Quota in das Postfach zuzustellen.",
        "Es passt zu Wiederherstellungen und Alarmen. Bekannt ist es aus Beschreibungen, an Cyrus selbst nicht nachgeprüft.",
        "",
    ),
    "EHLO X-RCPTLIMIT": (
        "Empfängergrenze",
        "Empfänger je Nachricht",
        "ZMailer kündigte schon lange vor LIMITS an, wie viele Empfänger eine Transaktion haben darf.",
        "Eine lange Empfängerliste bei dieser Zahl teilen, sonst erledigt es 452 4.5.3.",
        "die Zahl der Empfänger",
    ),
    "EHLO XADR": (
        "Adress-Debugging",
        "wie der MTA eine Adresse routet",
        "Zeigt, wie der MTA eine Adresse routen würde, und damit die Namen interner Kanäle.",
        "In Sun und Oracle Messaging Server ab Werk an, und ein Leck: DISABLE_ADDRESS=1 in der Optionsdatei von tcp_local setzen.",
        "",
    ),
    "EHLO XSTA": (
        "Kanalstatus",
        "Zahlen der Kanal-Warteschlangen",
        "Meldet, wie viele Nachrichten jeder Kanal verarbeitet hat und wie viele noch warten.",
        "Verkehrszahlen gehen sonst niemanden etwas an; DISABLE_STATUS=1 schaltet den Befehl ab.",
        "",
    ),
    "EHLO XCIR": (
        "Kreislaufprüfung",
        "Ergebnisse der Kreislaufprüfung",
        "Liefert, was die Kreislaufprüfung des MTA, eine Schleife von Testnachrichten, gemessen hat.",
        "Auf Kanälen zum Internet hin mit DISABLE_CIRCUIT=1 schließen.",
        "",
    ),
    "EHLO XGEN": (
        "Allgemeiner Status",
        "Zustand der MTA-Konfiguration",
        "Sagt, ob eine kompilierte Konfiguration und ein kompilierter Zeichensatz in Gebrauch sind.",
        "Harmlos, aber nach außen unnötig; die Einstellung dagegen ist DISABLE_GENERAL=1.",
        "",
    ),
    "EHLO XLOOP": (
        "Schleifen-Token",
        "Mailschleifen erkennen",
        "Ein hexadezimales Token in der EHLO-Antwort von Servern von Sun und Oracle; anscheinend erkennt ein Server daran, dass er mit sich selbst spricht.",
        "Nichts zurückzusenden. Zwei Hosts, die dasselbe Token zeigen, sind vielleicht ein System.",
        "ein hexadezimales Token",
    ),
}
