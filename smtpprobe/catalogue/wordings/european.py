"""Wordings in German, French, Spanish, Portuguese, Italian, Dutch and other European languages, accents taken off. Data only."""

from __future__ import annotations

from smtpprobe.catalogue.entries import WordingEntry
from smtpprobe.outcome import Reason

ENTRIES: tuple[WordingEntry, ...] = (
    WordingEntry(
        reason=Reason.MAILBOXFULL,
        patterns=(
            r"postfach[^.;]{0,40} (?:voll|uberfullt|uberschritten|kein(?:en)? (?:speicher)?platz)",
            r"mailbox[^.;]{0,20} (?:voll|ist uberfullt|pleine|llena|cheia|piena|vol)\b",
            r"speicherplatz[^.;]{0,40} (?:erschopft|uberschritten|voll|nicht aus)",
            r"boite (?:aux lettres|de reception|mail|e-?mail|vocale)?[^.;]{0,60} (?:pleine|saturee|depasse)",
            r"quota (?:depasse|atteint|superad|excedid|superat|overschreden|uberschritten)",
            r"espace (?:de stockage|disque)[^.;]{0,30} (?:insuffisant|depasse|sature)",
            r"buzon[^.;]{0,40} (?:lleno|llena|excedido|superado|sin espacio)",
            r"cuota[^.;]{0,30} (?:excedida|superada|agotada)",
            r"caixa (?:postal|de entrada|de correio)[^.;]{0,40} (?:cheia|lotada|esgotada|excedid)",
            r"casella[^.;]{0,40} (?:piena|esaurit|superat)",
            r"postvak[^.;]{0,30} vol\b",
            r"skrzynka[^.;]{0,40} (?:pelna|przepelniona)",
        ),
        samples=(
            "552 Das Postfach des Empfängers ist voll",
            "552 La boîte aux lettres du destinataire est pleine",
            "552 El buzón del destinatario está lleno",
            "552 La casella del destinatario è piena",
            "552 A caixa postal do destinatário está cheia",
        ),
        near_misses=("550 Das Postfach gibt es nicht",),
    ),
    WordingEntry(
        reason=Reason.SUSPEND,
        patterns=(
            r"(?:postfach|konto|account|benutzer|empfanger)[^.;]{0,30} (?:deaktiviert|gesperrt|inaktiv|geschlossen|stillgelegt)",
            r"(?:compte|boite|destinataire)[^.;]{0,40} (?:desactive|suspendu|inactif|ferme|resilie|bloque)",
            r"(?:cuenta|buzon|usuario)[^.;]{0,40} (?:desactivad|suspendid|inactiv|deshabilitad|bloquead|cerrad|cancelad)",
            r"(?:conta|caixa|usuario|utilizador)[^.;]{0,40} (?:desativad|suspens|inativ|bloquead|encerrad|cancelad)",
            r"(?:casella|account|utente)[^.;]{0,40} (?:disattivat|sospes|disabilitat|inattiv|bloccat|scadut)",
        ),
        samples=(
            "550 Das Konto ist gesperrt",
            "550 Le compte du destinataire est désactivé",
            "550 La cuenta está suspendida",
            "550 La casella è stata disabilitata",
        ),
        near_misses=("550 Das Konto gibt es nicht",),
    ),
    WordingEntry(
        reason=Reason.SPEEDING,
        patterns=(
            r"zu viele (?:\w{1,20} ){0,2}?(?:nachrichten|mails|e-mails|verbindungen)",
            r"trop de (?:messages|mails|courriels|requetes)",
            r"trop (?:vite|rapidement)",
            r"demasiados (?:mensajes|correos)",
            r"muitas mensagens|muitos e-?mails",
            r"troppi (?:messaggi|invii)",
        ),
        samples=("450 Zu viele Nachrichten von dieser Adresse", "450 Trop de messages"),
        near_misses=("450 Nachricht zu lang",),
    ),
    WordingEntry(
        reason=Reason.SPAMDETECTED,
        patterns=(
            r"pourriel|courrier indesirable|contenu (?:refuse|suspect|rejete)",
            r"correo no deseado|mensaje no deseado",
            r"indesejad[oa]s?\b",
            r"indesiderat[oaie]\b",
            r"unerwunschte (?:mail|nachricht|werbung|e-mail)",
        ),
        samples=("550 Message refusé: courrier indésirable", "550 Correo no deseado"),
        near_misses=("550 Courrier refusé",),
    ),
    WordingEntry(
        reason=Reason.MESGTOOBIG,
        patterns=(
            r"nachricht[^.;]{0,20} zu gro(?:ss|ß)",
            r"(?:message|courriel|taille)[^.;]{0,30} (?:trop (?:gros|volumineux|grand)|depasse)",
            r"mensaje[^.;]{0,30} (?:demasiado grande|excede|supera)",
            r"mensagem[^.;]{0,30} (?:muito grande|excede)",
            r"messaggio[^.;]{0,30} (?:troppo grande|supera)",
        ),
        samples=("552 Die Nachricht ist zu groß", "552 Le message est trop volumineux"),
        near_misses=("552 Die Nachricht ist gut",),
    ),
    WordingEntry(
        reason=Reason.HOSTUNKNOWN,
        patterns=(
            r"(?:domain|domane|rechner|server)[^.;]{0,40} (?:existiert nicht|nicht gefunden|unbekannt)",
            r"(?:domaine|hote|serveur)[^.;]{0,40} (?:n'existe pas|inconnu|introuvable|inexistant)",
            r"dominio[^.;]{0,40} (?:no existe|desconocido|nao existe|inexistente|non esiste|sconosciuto|no encontrado|non trovato)",
        ),
        samples=("550 Die Domain existiert nicht", "550 Domaine inconnu", "550 El dominio no existe"),
        near_misses=("550 Die Domain ist gut",),
    ),
    WordingEntry(
        reason=Reason.USERUNKNOWN,
        patterns=(
            r"(?:empfanger|benutzer|adresse|postfach|mailadresse|e-mail-adresse|account|konto|teilnehmer)\w{0,10}[^.;]{0,50} (?:unbekannt|existiert nicht|nicht gefunden|nicht bekannt|nicht vorhanden|nicht existent|ungultig|gibt es nicht|nicht eingerichtet|unzustellbar)",
            r"unbekannte[rn]? (?:empfanger|benutzer|adresse|nutzer)",
            r"kein(?:en?)? (?:solche[nrs]? )?(?:empfanger|benutzer|postfach|mailbox)",
            r"(?:utilisateur|destinataire|adresse|boite|compte|usager)[^.;]{0,60} (?:inconnu|n'existe pas|inexistant|introuvable|invalide|non trouve|incorrecte)",
            r"n'existe pas",
            r"(?:usuario|destinatario|direccion|buzon|cuenta|casilla)[^.;]{0,60} (?:desconocid|no existe|inexistente|no encontrad|invalid|no valid|nao existe|non esiste|sconosciuto|nao encontrad|inesistente|non valido|non trovato)",
            r"(?:usuari|utilizador|destinatari|enderec|caixa postal|conta)\w{0,3}[^.;]{0,60} (?:desconhecid|nao existe|inexistente|nao encontrad|invalid)",
            r"(?:utente|destinatario|indirizzo|casella|mailbox)[^.;]{0,60} (?:sconosciut|non esiste|inesistente|non valid|non trovat)",
            r"(?:gebruiker|ontvanger|adres|postbus)[^.;]{0,40} (?:onbekend|bestaat niet|niet gevonden|ongeldig)",
            r"(?:anvandare|mottagare|bruger|modtager|bruker|mottaker)\w{0,6}[^.;]{0,30} (?:okand|ukendt|ukjent|finns inte|findes ikke|finnes ikke)",
            r"(?:uzytkownik|odbiorca|adresat|konto|skrzynka)[^.;]{0,40} (?:nieznan|nie istnieje|nie znalezion)",
        ),
        samples=(
            "550 Empfänger unbekannt",
            "550 Adresse d'au moins un destinataire invalide",
            "550 El usuario no existe",
            "550 Destinatário desconhecido",
            "550 Utente sconosciuto",
        ),
        near_misses=("550 Der Empfänger ist da",),
    ),
    WordingEntry(
        reason=Reason.BLOCKED,
        patterns=(
            r"\b(?:ip|server|absender|rechner|ip-adresse)\b[^.;]{0,40} (?:gesperrt|blockiert|abgelehnt|nicht erlaubt|sperrliste)",
            r"\b(?:ip|serveur|adresse ip|connexion)\b[^.;]{0,40} (?:bloque|refuse|liste noire|rejete|interdit)",
            r"\b(?:ip|servidor|direccion ip|endereco ip|conexion|conexao)[^.;]{0,40} (?:bloquead|rechazad|denegad|lista negra|rejeitad|recusad|negad)",
            r"\b(?:ip|server|connessione|indirizzo ip)\b[^.;]{0,40} (?:bloccat|rifiutat|lista nera|negat)",
        ),
        samples=("550 Ihre IP ist gesperrt", "550 Votre adresse IP est bloquée", "550 IP bloqueada"),
        near_misses=("550 Ihre Nachricht ist da",),
    ),
    WordingEntry(
        reason=Reason.POLICYVIOLATION,
        patterns=(
            r"richtlinie\w{0,2}\b",
            r"politique (?:de|du|d')",
            r"politica(?:s)? (?:de|di|do|da|del)",
        ),
        samples=("550 Verstoß gegen eine Richtlinie", "550 Refusé par la politique de sécurité"),
        near_misses=("550 Richtung",),
    ),
    WordingEntry(
        reason=Reason.EXPIRED,
        patterns=(
            r"konnte[^.;]{0,60} (?:tage|stunden)[^.;]{0,20} nicht zugestellt",
            r"zeit(?:limit|uberschreitung|raum)[^.;]{0,20}",
            r"delai (?:de \w{1,15} )?(?:depasse|expire|ecoule)",
            r"tiempo (?:de \w{1,15} )?(?:agotado|excedido|expirado)",
            r"tempo (?:\w{1,10} )?(?:esgotado|expirado|excedido|scaduto)",
        ),
        samples=("Zeitüberschreitung bei der Zustellung", "Délai de remise dépassé"),
        near_misses=("Die Zeit ist gut",),
    ),
)
