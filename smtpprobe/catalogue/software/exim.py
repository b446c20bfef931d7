"""Exim: its signs, its limits and its settings. Data only."""

from __future__ import annotations

from smtpprobe.catalogue.entries import Allowance, Setting, SoftwareEntry

ENTRY = SoftwareEntry(
    name="Exim",
    greeting=r"\bE?SMTP Exim (?P<version>\d[\w.\-]{0,40})",
    ehlo=r"^(?:X_PIPE_CONNECT|PIPE_?CONNECT)$|^\S{1,255} Hello [^,\[\n]{1,255} \[[\da-f:.]{2,45}\]$",
    help=r"^Commands supported:\n",
    errors=(
        r"^(?:504 )?(?-i:[A-Z][A-Z0-9_-]{1,19}) authentication mechanism not supported",
        r"malformed address: [^\n]{1,255} may not follow ",
        r"Too many (?:syntax or protocol errors|nonmail commands)",
        r"AUTH command used when not advertised",
        r"STARTTLS command used when not advertised",
        r"Syntactically invalid (?:EHLO|HELO) argument",
        r"(?:^|\d )unrecognized command$",
        r"valid RCPT command must precede ",
    ),
    allowance=Allowance(refusals=12, unknown=2, syntax=2, nonmail=8, lookups=4, noops=4, ehlos=2, auths=2),
    settings=(
        Setting(
            rule="auth-in-clear",
            text="In the main section: auth_advertise_hosts = ${if eq{$tls_in_cipher}{}{}{*}}. For a single authenticator: server_advertise_condition = ${if def:tls_in_cipher}. What is not advertised is not accepted either.",
            reference="Exim specification 14.23 auth_advertise_hosts, 33.1 server_advertise_condition",
        ),
        Setting(
            rule="users-revealed",
            text="Remove acl_smtp_vrfy and acl_smtp_expn from the main section. Without an ACL, VRFY gets 252 whatever the name, and EXPN is refused.",
            reference="Exim specification 44.14, 49.7 acl_smtp_vrfy, acl_smtp_expn",
        ),
        Setting(
            rule="starttls-missing",
            text="In the main section: tls_advertise_hosts = *, with tls_certificate and tls_privatekey naming PEM files that Exim's user may read. On Debian: MAIN_TLS_ENABLE = yes in /etc/exim4/exim4.conf.localmacros.",
            reference="Exim specification 14.23 tls_advertise_hosts, 43.6",
        ),
        Setting(
            rule="starttls-broken",
            text="The main log names the TLS error. Most often the files of tls_certificate and tls_privatekey cannot be read by Exim's user, or do not belong together.",
            reference="Exim specification 43.6 tls_certificate, tls_privatekey",
        ),
        Setting(
            rule="extension-broken",
            text="Each extension has its own switch in the main section: chunking_advertise_hosts, pipelining_advertise_hosts, smtputf8_advertise_hosts and dsn_advertise_hosts (set one empty to stop), accept_8bitmime = false, prdr_enable = false. VRFY, EXPN and ETRN stand in EHLO as long as their ACL is set, even one that refuses everybody.",
            reference="Exim specification 14.18, 14.23",
        ),
        Setting(
            rule="works-unannounced",
            text="Set the matching option to the clients that may know, for example dsn_advertise_hosts = * (empty by default) or prdr_enable = true. VRFY, EXPN and ETRN are announced as soon as acl_smtp_vrfy, acl_smtp_expn or acl_smtp_etrn is set.",
            reference="Exim specification 14.18, 14.23 dsn_advertise_hosts, prdr_enable",
        ),
        Setting(
            rule="version-leaked",
            text="In the main section: smtp_banner = $smtp_active_hostname ESMTP. The default adds the product, $version_number and the time.",
            reference="Exim specification 14.23 smtp_banner",
        ),
        Setting(
            rule="hang-up-after-errors",
            text="In the main section: smtp_max_unknown_commands (3), smtp_max_synprot_errors (3) and smtp_accept_max_nonmail (10). smtp_accept_max_nonmail_hosts spares named clients the last one.",
            reference="Exim specification 14.23, 49.4, 49.5, 49.6",
        ),
        Setting(
            rule="slow-greeting",
            text="In the main section: rfc1413_query_timeout = 0s ends ident calls, and host_lookup decides whose address is looked up in the DNS. Then read acl_smtp_connect: dnslists conditions and a delay modifier hold the greeting back.",
            reference="Exim specification 14.23 rfc1413_query_timeout, host_lookup; 44.21 delay",
        ),
        Setting(
            rule="ehlo-differs",
            text="The advertise options are host lists, expanded for each client: look for addresses or conditions in tls_advertise_hosts, auth_advertise_hosts and the like. The name comes from primary_hostname or smtp_active_hostname.",
            reference="Exim specification 14.18, 14.23 smtp_active_hostname",
        ),
        Setting(
            rule="certificate-expired",
            text="Renew the file that tls_certificate in the main section names, and keep it readable for Exim's user. On Debian the path may come from MAIN_TLS_CERTIFICATE.",
            reference="Exim specification 14.23 tls_certificate",
        ),
        Setting(
            rule="certificate-untrusted",
            text="Put the intermediate certificates behind the server's own in the file of tls_certificate, in order. Where tls_certificate is unset, Exim makes a self-signed one: set it.",
            reference="Exim specification 14.23 tls_certificate, 43.15",
        ),
        Setting(
            rule="tls-old",
            text="With GnuTLS (Debian): tls_require_ciphers = NORMAL:-VERS-TLS1.0:-VERS-TLS1.1. With OpenSSL: openssl_options = +no_sslv2 +no_sslv3 +no_tlsv1 +no_tlsv1_1.",
            reference="Exim specification 43.5 tls_require_ciphers, 14.23 openssl_options",
        ),
        Setting(
            rule="relay-accepted",
            text="In the ACL of acl_smtp_rcpt: require message = relay not permitted, domains = +local_domains : +relay_to_domains, before the final accept; and in relay_from_hosts your own networks only.",
            reference="Exim specification 7.2, 44 acl_smtp_rcpt",
        ),
        Setting(
            rule="auth-mechanism-weak",
            text="Delete the authenticator of that public_name from the section after begin authenticators.",
            reference="Exim specification 33.1 public_name",
        ),
    ),
)
