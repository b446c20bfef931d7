"""Servers that misuse AUTH: to a client that is only asking, and never sends a secret."""

from __future__ import annotations

from typing import Any

from behaviour import ANSWERED, Behaviour, Hostile
from courtesy import courteous, farewell, silence, then
from holding import Held

from smtpprobe.outcome import Defect, FailureKind, Profile

AUTH = {"only": ("auth-mechanism", "auth-unknown"), "lines": (), "profile": Profile.FULL}


def no_credentials(held: Held) -> list[str]:
    """Every AUTH line is a question, cancelled where it was taken for more."""
    said = [line for lines in held.heard for line in lines if line.startswith(b"AUTH") and line.count(b" ") > 1]
    return [f"with an initial response: {said}"] if said else []


def auth(name: str, sends: str, reply: bytes | Hostile, mechanisms: bytes = b"CRAM-MD5", **row: Any) -> Behaviour:
    script = courteous({b"AUTH": reply}, keywords=(b"AUTH " + mechanisms, b"HELP"))
    return Behaviour(
        name,
        sends,
        script,
        **{
            "outcome": ANSWERED[0],
            "status": ANSWERED[1],
            "settings": AUTH,
            "login": True,
            "check": no_credentials,
            **row,
        },
    )


def warned(held: Held) -> list[str]:
    """That PLAIN is offered in clear is told, and nobody was tempted by it."""
    rules = [finding.rule for finding in held.report.findings]
    return [*no_credentials(held), *([] if "auth-in-clear" in rules else [f"found {rules}"])]


ROWS = (
    auth(
        "auth_334_bad_base64",
        "AUTH: 334 and no base64",
        b"334 !!not base64!!\r\n",
        reference="auth_334_bad_base64",
        evidence=(b"334 !!not base64!!", b"501 5.7.0 no"),
    ),
    auth(
        "auth_plaintext_creds",
        "AUTH PLAIN LOGIN offered without TLS, 235 to whatever comes",
        b"235 2.7.0 welcome answers=AUTH\r\n",
        b"PLAIN LOGIN",
        reference="auth_plaintext_creds",
        check=warned,
    ),
    auth("auth_334_empty", "AUTH: `334` and nothing behind", b"334\r\n", evidence=(b"334\r\n",)),
    auth(
        "auth_334_of_8k",
        "AUTH: a challenge of 8,000 octets",
        b"334 " + b"QUFB" * 2000 + b"\r\n",
        evidence=(b"334 " + b"QUFB" * 2000,),
        defects=(Defect.LINE_OVER_512,),
    ),
    auth(
        "auth_354",
        "AUTH: 354, as if it were DATA",
        b"354 go ahead answers=AUTH\r\n",
        evidence=(b"354 go ahead",),
    ),
    auth("auth_421", "AUTH: 421 and FIN", farewell(b"AUTH"), evidence=(b"421 4.3.2 bye answers=AUTH",)),
    auth(
        "auth_challenged_and_silent",
        "AUTH: 334, and no answer to the `*` that cancels it",
        then(b"334 VXNlcm5hbWU6\r\n", silence),
        kinds=(FailureKind.TIMEOUT,),
        evidence=(b"334 VXNlcm5hbWU6",),
        settings={**AUTH, "only": ("auth-mechanism",)},
        waits=True,
    ),
    Behaviour(
        "auth_900_mechanisms",
        "AUTH with 900 mechanisms in one line",
        courteous(keywords=(b"AUTH " + b" ".join([b"X-%d" % n for n in range(900)]),)),
        *ANSWERED,
        defects=(Defect.LINE_OVER_512,),
        settings=AUTH,
        check=no_credentials,
    ),
)
