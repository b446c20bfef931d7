"""Postfix: its signs, its limits and its settings. Data only."""

from __future__ import annotations

from smtpprobe.catalogue.entries import Allowance, Setting, SoftwareEntry

ENTRY = SoftwareEntry(
    name="Postfix",
    greeting=r"\bE?SMTP Postfix\b(?: \(?(?P<version>\d[\w.\-]{0,40})\)?)?",
    ehlo=r"^(?:XVERP|XFORWARD NAME ADDR[ \w]{0,60})$",
    help=r"^(?:\d\.\d\.\d )?Commands: AUTH BDAT DATA EHLO\b",
    errors=(
        r"\b5\.5\.4 Unsupported option: ",
        r"\b5\.5\.2 Error: command not recognized",
        r"rejected: need fully-qualified (?:hostname|address)",
        r"User unknown in (?:local recipient|virtual alias|virtual mailbox|relay recipient) table",
        r"\b5\.5\.1 Error: (?:authentication not enabled|need MAIL command|nested MAIL command)",
        r"\b5\.5\.4 Syntax: (?:STARTTLS|DATA|VRFY address|MAIL FROM:<address>)",
        r"Error: I can break rules, too\. Goodbye",
        r"\b4\.7\.0 \S{1,255} Error: too many (?:errors|connections)",
    ),
    allowance=Allowance(refusals=8, unknown=8, syntax=8, nonmail=40, lookups=8, noops=20, ehlos=4, auths=4),
    settings=(
        Setting(
            rule="auth-in-clear",
            text="In main.cf: smtpd_tls_auth_only = yes. AUTH is then announced and accepted only inside TLS.",
            reference="postconf(5) smtpd_tls_auth_only",
        ),
        Setting(
            rule="users-revealed",
            text="In main.cf: disable_vrfy_command = yes. Postfix has no EXPN, so nothing needs closing there.",
            reference="postconf(5) disable_vrfy_command",
        ),
        Setting(
            rule="xclient-exposed",
            text="In main.cf: smtpd_authorized_xclient_hosts lists who may use XCLIENT. It is empty by default; name your proxies there and nobody else.",
            reference="postconf(5) smtpd_authorized_xclient_hosts",
        ),
        Setting(
            rule="xforward-exposed",
            text="In main.cf: smtpd_authorized_xforward_hosts lists who may use XFORWARD. It is empty by default; content filters on this machine need 127.0.0.1 and no more.",
            reference="postconf(5) smtpd_authorized_xforward_hosts",
        ),
        Setting(
            rule="starttls-missing",
            text="In main.cf: smtpd_tls_security_level = may, and smtpd_tls_chain_files = the PEM file with the key and, after it, its certificate chain. See that smtpd_discard_ehlo_keywords does not hold starttls.",
            reference="postconf(5) smtpd_tls_security_level, smtpd_tls_chain_files",
        ),
        Setting(
            rule="starttls-broken",
            text="The mail log names the cause. Check in main.cf that smtpd_tls_chain_files (or smtpd_tls_cert_file with smtpd_tls_key_file) names existing files whose key and certificate belong together, then run: postfix reload.",
            reference="postconf(5) smtpd_tls_chain_files, smtpd_tls_cert_file, smtpd_tls_key_file",
        ),
        Setting(
            rule="extension-broken",
            text="In main.cf: smtpd_discard_ehlo_keywords = chunking, silent-discard (put the keyword in question there) hides an extension; for one client only there is smtpd_discard_ehlo_keyword_address_maps. If a filter stands before the queue (smtpd_proxy_filter), suspect that first.",
            reference="postconf(5) smtpd_discard_ehlo_keywords, smtpd_discard_ehlo_keyword_address_maps, smtpd_proxy_filter",
        ),
        Setting(
            rule="works-unannounced",
            text="Take the keyword out of smtpd_discard_ehlo_keywords and out of the table that smtpd_discard_ehlo_keyword_address_maps names. Discarding hides a keyword in EHLO; the command behind it may go on working.",
            reference="postconf(5) smtpd_discard_ehlo_keywords",
        ),
        Setting(
            rule="version-leaked",
            text="In main.cf: smtpd_banner = $myhostname ESMTP. Postfix shows a version only where $mail_version was written there.",
            reference="postconf(5) smtpd_banner",
        ),
        Setting(
            rule="hang-up-after-errors",
            text="In main.cf: smtpd_hard_error_limit (20, but 1 under stress) is where it hangs up, smtpd_soft_error_limit (10) where it slows down by smtpd_error_sleep_time (1s). smtpd_junk_command_limit (100, 1 under stress) is for NOOP, VRFY, ETRN and RSET.",
            reference="postconf(5) smtpd_hard_error_limit, smtpd_soft_error_limit, smtpd_junk_command_limit; STRESS_README",
        ),
        Setting(
            rule="slow-greeting",
            text="In main.cf: postscreen_greet_wait (6s, 2s under stress) delays new clients on purpose. Otherwise it is the DNS: smtpd_peername_lookup = no saves the reverse lookup, and with smtpd_delay_reject = no the lookups in smtpd_client_restrictions come before the greeting.",
            reference="postconf(5) postscreen_greet_wait, smtpd_peername_lookup, smtpd_client_restrictions",
        ),
        Setting(
            rule="ehlo-differs",
            text="Where its deep protocol tests are on, postscreen answers a new client itself, and it announces less than smtpd. In main.cf bring postscreen_discard_ehlo_keywords and smtpd_discard_ehlo_keywords in line, and look at smtpd_discard_ehlo_keyword_address_maps. In master.cf look for -o lines of single services.",
            reference="postconf(5) postscreen_discard_ehlo_keywords; POSTSCREEN_README",
        ),
        Setting(
            rule="certificate-expired",
            text="Renew the file that smtpd_tls_chain_files (or smtpd_tls_cert_file) in main.cf names, then run: postfix reload. Make the renewal job do that too.",
            reference="postconf(5) smtpd_tls_chain_files, smtpd_tls_cert_file",
        ),
        Setting(
            rule="certificate-untrusted",
            text="The file of smtpd_tls_chain_files must hold the key, then the server's certificate, then each intermediate one upwards. In smtpd_tls_cert_file the order is the same, without the key.",
            reference="postconf(5) smtpd_tls_chain_files, smtpd_tls_cert_file",
        ),
        Setting(
            rule="tls-old",
            text="In main.cf: smtpd_tls_protocols = >=TLSv1.2 and smtpd_tls_mandatory_protocols = >=TLSv1.2. Before Postfix 3.6 write !SSLv2, !SSLv3, !TLSv1, !TLSv1.1.",
            reference="postconf(5) smtpd_tls_protocols, smtpd_tls_mandatory_protocols",
        ),
        Setting(
            rule="relay-accepted",
            text="In main.cf: smtpd_relay_restrictions = permit_mynetworks, permit_sasl_authenticated, defer_unauth_destination, and in mynetworks your own networks only.",
            reference="postconf(5) smtpd_relay_restrictions, mynetworks",
        ),
        Setting(
            rule="auth-in-clear-unannounced",
            text="In main.cf: smtpd_tls_auth_only = yes.",
            reference="postconf(5) smtpd_tls_auth_only",
        ),
        Setting(
            rule="auth-mechanism-weak",
            text="In main.cf: smtpd_sasl_mechanism_filter = !cram-md5, !digest-md5, !ntlm, static:rest. The list of Cyrus SASL is mech_list in smtpd.conf, that of Dovecot auth_mechanisms.",
            reference="postconf(5) smtpd_sasl_mechanism_filter",
        ),
        Setting(
            rule="bare-lf-accepted",
            text="In main.cf: smtpd_forbid_bare_newline = normalize mends messages and stays lenient with commands, as this shows; it is the default since 3.9, and there from 3.5.24, 3.6.14, 3.7.10 and 3.8.5 on. reject refuses both.",
            reference="postconf(5) smtpd_forbid_bare_newline",
        ),
        Setting(
            rule="early-talker-served",
            text="postscreen in front of smtpd watches for it: postscreen_greet_action = enforce.",
            reference="Postfix POSTSCREEN_README",
        ),
        Setting(
            rule="rcpt-tells-users",
            text="smtpd_hard_error_limit ends a connection after so many refusals (20 by default), and anvil limits each client over all its connections: smtpd_client_recipient_rate_limit.",
            reference="postconf(5) smtpd_hard_error_limit, smtpd_client_recipient_rate_limit",
        ),
    ),
)
