"""Sendmail: its signs, its limits and its settings. Data only."""

from __future__ import annotations

from smtpprobe.catalogue.entries import Allowance, Setting, SoftwareEntry

ENTRY = SoftwareEntry(
    name="Sendmail",
    greeting=r"\bE?SMTP Sendmail (?P<version>\d[\w.+\-]{0,40})",
    ehlo=r", pleased to meet you$",
    help=r"This is sendmail version (?P<version>\d[\w.+\-]{0,40})",
    errors=(
        r'Command unrecognized: "',
        r'Command not implemented: "',
        r"\b5\.5\.4 [^\s.]{1,64} parameter unrecognized",
        r"AUTH mechanism \S{1,64} not available",
        r"(?:EHLO|HELO) requires domain address",
        r'HELP topic "[^"\n]{0,40}" unknown',
        r"\.\.\. (?:Relaying denied|User unknown|Domain of sender address)",
        r"Need MAIL before RCPT|Need RCPT \(recipient\)",
        r"TLS not available after start",
        r"Unknown BODY type ",
    ),
    allowance=Allowance(refusals=20, unknown=20, syntax=20, nonmail=30, lookups=4, noops=15, ehlos=2, auths=4),
    settings=(
        Setting(
            rule="auth-in-clear",
            text="In sendmail.mc: define(`confAUTH_OPTIONS', `A p')dnl. The p keeps PLAIN and LOGIN back until TLS is on; CRAM-MD5 and DIGEST-MD5 stay, unless confAUTH_MECHANISMS leaves them out.",
            reference="Sendmail cf/README confAUTH_OPTIONS, confAUTH_MECHANISMS; op.me AuthOptions",
        ),
        Setting(
            rule="users-revealed",
            text="In sendmail.mc: define(`confPRIVACY_FLAGS', `authwarnings,novrfy,noexpn')dnl. VRFY then gets 252 for every name, EXPN 502.",
            reference="Sendmail cf/README confPRIVACY_FLAGS; op.me PrivacyOptions",
        ),
        Setting(
            rule="starttls-missing",
            text="In sendmail.mc define confSERVER_CERT, confSERVER_KEY, confCACERT and confCACERT_PATH. Check that neither M=S in DAEMON_OPTIONS nor an S in Srv_Features (access map) turns STARTTLS off.",
            reference="Sendmail cf/README STARTTLS, confSERVER_CERT, confSERVER_KEY",
        ),
        Setting(
            rule="starttls-broken",
            text="Sendmail that could not load its certificate at the start answers 454 and does not announce STARTTLS any more. Check that the files of confSERVER_CERT and confSERVER_KEY exist and match; the log says which one failed.",
            reference="Sendmail cf/README confSERVER_CERT, confSERVER_KEY",
        ),
        Setting(
            rule="extension-broken",
            text="In the access map: Srv_Features: followed by capital letters (S no STARTTLS, A no AUTH, P no PIPELINING, D no DSN, E no ETRN, X no EXPN, B no VERB). A tag with nothing after its colon is the default for all clients. In sendmail.mc, confPRIVACY_FLAGS hides and refuses alike: noexpn, noverb, noetrn, and noreceipts for DSN.",
            reference="op.me srv_features, PrivacyOptions; Sendmail cf/README Srv_Features",
        ),
        Setting(
            rule="works-unannounced",
            text="A small letter in Srv_Features announces again what a capital one hid (p PIPELINING, d DSN, e ETRN, s STARTTLS).",
            reference="op.me srv_features",
        ),
        Setting(
            rule="version-leaked",
            text="In sendmail.mc: define(`confSMTP_LOGIN_MSG', `$j Mail; $b')dnl (ESMTP is put in by itself). HELP tells the version too: delete the line with $v from /etc/mail/helpfile, but keep the file, since its absence is reported with the version.",
            reference="Sendmail cf/README confSMTP_LOGIN_MSG, HELP_FILE",
        ),
        Setting(
            rule="hang-up-after-errors",
            text="The limit of 25 unknown commands is compiled in (MAXBADCOMMANDS). In sendmail.mc: confMAX_NOOP_COMMANDS (20) for idle commands, and confBAD_RCPT_THROTTLE for a pause of a second after that many refused recipients.",
            reference="op.me 4.6 Measures against Denial of Service Attacks; Sendmail cf/README confMAX_NOOP_COMMANDS, confBAD_RCPT_THROTTLE",
        ),
        Setting(
            rule="slow-greeting",
            text="In sendmail.mc: define(`confTO_IDENT', `0s')dnl ends the ident call (5s by default). FEATURE(`greet_pause') waits on purpose; GreetPause: in the access map spares a client. What is left is the reverse lookup of the client in the DNS.",
            reference="Sendmail cf/README confTO_IDENT, greet_pause",
        ),
        Setting(
            rule="ehlo-differs",
            text="Srv_Features in the access map changes EHLO by client, the M= letters of DAEMON_OPTIONS by port. The name is $j: define(`confDOMAIN_NAME', `mail.example.com')dnl.",
            reference="Sendmail cf/README Srv_Features, confDOMAIN_NAME; op.me DaemonPortOptions",
        ),
        Setting(
            rule="certificate-expired",
            text="Renew the file that confSERVER_CERT names, with its key in confSERVER_KEY, and restart Sendmail: it reads them at the start.",
            reference="Sendmail cf/README confSERVER_CERT",
        ),
        Setting(
            rule="certificate-untrusted",
            text="confSERVER_CERT names the server's certificate with the intermediate ones behind it. confCACERT and confCACERT_PATH are for judging the others' certificates.",
            reference="Sendmail cf/README confSERVER_CERT, confCACERT, confCACERT_PATH",
        ),
        Setting(
            rule="tls-old",
            text="In sendmail.mc: define(`confSERVER_SSL_OPTIONS', `SSL_OP_NO_TLSv1 SSL_OP_NO_TLSv1_1')dnl.",
            reference="Sendmail cf/README confSERVER_SSL_OPTIONS; op.me ServerSSLOptions",
        ),
        Setting(
            rule="relay-accepted",
            text="Take FEATURE(`promiscuous_relay') and the like out of sendmail.mc, and list who may relay in /etc/mail/access (RELAY) or /etc/mail/relay-domains.",
            reference="Sendmail cf/README, ANTI-SPAM CONFIGURATION CONTROL",
        ),
        Setting(
            rule="auth-mechanism-weak",
            text="In sendmail.mc: define(`confAUTH_MECHANISMS', `PLAIN LOGIN')dnl, with confAUTH_OPTIONS `A p' so that they stay inside TLS.",
            reference="Sendmail cf/README confAUTH_MECHANISMS, confAUTH_OPTIONS",
        ),
        Setting(
            rule="early-talker-served",
            text="In sendmail.mc: FEATURE(`greet_pause', `5000')dnl waits five seconds, and refuses whoever talks meanwhile.",
            reference="Sendmail cf/README FEATURE(greet_pause)",
        ),
        Setting(
            rule="rcpt-tells-users",
            text="In sendmail.mc: define(`confBAD_RCPT_THROTTLE', `2')dnl slows a client down after so many unknown recipients.",
            reference="Sendmail cf/README confBAD_RCPT_THROTTLE",
        ),
    ),
)
