"""What a SASL mechanism behind AUTH means, and how well it keeps a secret. Entries and one look-up, nothing else."""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct

Strength = Literal["plaintext", "weak", "fair", "strong", "token", "certificate"]


class Mechanism(Struct, frozen=True):
    """One SASL mechanism.

    ``strength`` says what an eavesdropper on a connection without TLS gets: "plaintext" the password itself, "weak"
    enough to find it or to break in, "fair" a long guessing game, "strong" next to nothing. "token" ones hand over a
    bearer token, so they need TLS as much; "certificate" ones prove nothing themselves and rely on TLS or the network.
    """

    name: str
    meaning: str
    strength: Strength
    advice: str
    references: tuple[str, ...]


_ALL: tuple[Mechanism, ...] = (
    Mechanism(
        name="PLAIN",
        meaning="User name and password in one line, base64 and nothing more.",
        strength="plaintext",
        advice="The best supported of all; offer it inside TLS only.",
        references=("RFC 4616",),
    ),
    Mechanism(
        name="LOGIN",
        meaning="User name and password, asked for one after the other in base64.",
        strength="plaintext",
        advice="Never standardised; keep it, inside TLS, only for clients that cannot do PLAIN.",
        references=("draft-murchison-sasl-login",),
    ),
    Mechanism(
        name="CRAM-MD5",
        meaning="A challenge is answered with a keyed MD5 of it.",
        strength="weak",
        advice="The server must store the password almost in the clear, and a listener can guess offline. Replace it by SCRAM, or by PLAIN inside TLS.",
        references=("RFC 2195",),
    ),
    Mechanism(
        name="DIGEST-MD5",
        meaning="HTTP digest authentication brought to SASL, on MD5.",
        strength="weak",
        advice="RFC 6331 declared it historic for its many flaws. Switch it off.",
        references=("RFC 2831", "RFC 6331"),
    ),
    Mechanism(
        name="NTLM",
        meaning="The challenge and response of Windows networks.",
        strength="weak",
        advice="Its hashes can be relayed or cracked, and the challenge gives away names of the Windows domain. Disable it towards the Internet.",
        references=("Microsoft MS-NLMP", "Microsoft MS-SMTPNTLM"),
    ),
    Mechanism(
        name="GSSAPI",
        meaning="A Kerberos 5 ticket proves who the client is; no password crosses the network.",
        strength="strong",
        advice="Good within one Kerberos realm. Outsiders cannot use it, so list it on internal servers only.",
        references=("RFC 4752",),
    ),
    Mechanism(
        name="GSS-SPNEGO",
        meaning="The two sides first settle which GSSAPI method to use, mostly Kerberos or NTLM.",
        strength="fair",
        advice="It is only as strong as what is chosen: forbid NTLM if you can.",
        references=("RFC 4178", "IANA SASL mechanisms registry"),
    ),
    Mechanism(
        name="GS2-KRB5",
        meaning="Kerberos 5 in the newer GS2 framing.",
        strength="strong",
        advice="Few mail clients know it; offer GSSAPI beside it.",
        references=("RFC 5801",),
    ),
    Mechanism(
        name="GS2-KRB5-PLUS",
        meaning="GS2-KRB5, bound to the TLS channel.",
        strength="strong",
        advice="The binding stops a relay in the middle, provided that no proxy ends TLS before the server.",
        references=("RFC 5801", "RFC 5056"),
    ),
    Mechanism(
        name="SCRAM-SHA-1",
        meaning="A salted challenge and response on SHA-1, in which both sides prove that they know the password.",
        strength="fair",
        advice="Still sound in this use, though SHA-256 is the one to prefer. Raise the iteration count to 4096 or more.",
        references=("RFC 5802",),
    ),
    Mechanism(
        name="SCRAM-SHA-1-PLUS",
        meaning="SCRAM on SHA-1 that is also tied to the TLS connection it runs in.",
        strength="fair",
        advice="Needs channel binding on both sides; TLS 1.3 has it as tls-exporter.",
        references=("RFC 5802", "RFC 9266"),
    ),
    Mechanism(
        name="SCRAM-SHA-256",
        meaning="Salted challenge and response on SHA-256; the server stores no password.",
        strength="strong",
        advice="The password mechanism of choice, inside TLS all the same.",
        references=("RFC 7677",),
    ),
    Mechanism(
        name="SCRAM-SHA-256-PLUS",
        meaning="SCRAM-SHA-256 with channel binding, so that a man in the middle of TLS is noticed.",
        strength="strong",
        advice="Behind a proxy that ends TLS it must fail; withdraw it there.",
        references=("RFC 7677", "RFC 9266"),
    ),
    Mechanism(
        name="SCRAM-SHA-512",
        meaning="SCRAM with SHA-512 in the place of SHA-256.",
        strength="strong",
        advice="In use without an RFC of its own; keep SCRAM-SHA-256 for other clients.",
        references=("draft-melnikov-scram-sha-512", "RFC 5802"),
    ),
    Mechanism(
        name="SCRAM-SHA-512-PLUS",
        meaning="SCRAM on SHA-512, with the TLS channel mixed into the proof.",
        strength="strong",
        advice="Rare in mail clients, so never the only offer.",
        references=("draft-melnikov-scram-sha-512", "RFC 9266"),
    ),
    Mechanism(
        name="XOAUTH",
        meaning="A request signed with OAuth 1.0a, from Gmail's first years of OAuth.",
        strength="token",
        advice="Google retired it in favour of XOAUTH2. A list that still names it is out of date.",
        references=("Google: Gmail XOAUTH (retired)",),
    ),
    Mechanism(
        name="XOAUTH2",
        meaning="User name and an OAuth 2.0 access token, in the form of Google and Microsoft.",
        strength="token",
        advice="Tokens expire: after 535 let the client fetch a new one. Clients need registration with the provider.",
        references=("Google: XOAUTH2 protocol", "Microsoft: OAuth for IMAP, POP and SMTP"),
    ),
    Mechanism(
        name="OAUTHBEARER",
        meaning="An OAuth 2.0 bearer token, in the standard form.",
        strength="token",
        advice="Prefer it to XOAUTH2 where client and server know both. On failure the server sends its reasons as JSON, and the client must answer with one more line.",
        references=("RFC 7628",),
    ),
    Mechanism(
        name="OAUTH10A",
        meaning="OAuth 1.0a signatures in the framing of RFC 7628.",
        strength="token",
        advice="Hardly deployed; OAUTHBEARER does the job.",
        references=("RFC 7628",),
    ),
    Mechanism(
        name="EXTERNAL",
        meaning="The identity was proved outside of SASL, mostly by the client's TLS certificate.",
        strength="certificate",
        advice="Offer it only after a certificate was verified. Without one it can but fail, or worse, succeed.",
        references=("RFC 4422 A",),
    ),
    Mechanism(
        name="ANONYMOUS",
        meaning="No identity at all; the client may leave a trace such as an address.",
        strength="weak",
        advice="Has no place on a mail server: whoever uses it must gain no right to relay.",
        references=("RFC 4505",),
    ),
    Mechanism(
        name="PLAIN-CLIENTTOKEN",
        meaning="PLAIN with a further token for the device, a private mechanism of Google.",
        strength="plaintext",
        advice="Only Google's own programs know its format. Use PLAIN or OAuth instead.",
        references=("observed (smtp.gmail.com)",),
    ),
    Mechanism(
        name="XYMCOOKIE",
        meaning="Session cookies of Yahoo Mail in place of a password.",
        strength="token",
        advice="Private to Yahoo and its apps; others log in there with an app password or OAuth.",
        references=("observed (smtp.mail.yahoo.com)",),
    ),
    Mechanism(
        name="SKEY",
        meaning="One-time passwords of the S/Key system, on MD4.",
        strength="weak",
        advice="Obsolete since OTP replaced it.",
        references=("RFC 2222 7.3",),
    ),
    Mechanism(
        name="OTP",
        meaning="One-time passwords from a hash chain.",
        strength="fair",
        advice="Each password works once, yet a short passphrase behind the chain can be guessed. Practically gone from mail.",
        references=("RFC 2444",),
    ),
    Mechanism(
        name="SECURID",
        meaning="A number from an RSA SecurID token, with a PIN.",
        strength="fair",
        advice="Mail clients rarely ask for such numbers; application passwords serve better.",
        references=("RFC 2808",),
    ),
    Mechanism(
        name="SRP",
        meaning="The Secure Remote Password exchange, which gives a listener nothing to guess with.",
        strength="strong",
        advice="Sound and almost unused; SCRAM found the clients.",
        references=("draft-burdis-cat-srp-sasl",),
    ),
    Mechanism(
        name="KERBEROS_V4",
        meaning="Kerberos version 4, on single DES.",
        strength="weak",
        advice="Its cipher can be broken in a day. Move to GSSAPI with Kerberos 5.",
        references=("RFC 2222 7.1",),
    ),
)

MECHANISMS: Final[dict[str, Mechanism]] = {mechanism.name: mechanism for mechanism in _ALL}


def lookup(name: str) -> Mechanism | None:
    """The entry for a mechanism's name, whatever its case. None: not in our list."""
    return MECHANISMS.get(name.upper()) if name.isascii() else None
