"""What EHLO promised in the state that an expectation is about, or why that is not known."""

from __future__ import annotations

from typing import Literal

from smtpprobe.expect.base import Judgement, failed, inconclusive, indexes, not_applicable, passing, said
from smtpprobe.expect.spine import hello
from smtpprobe.model import Capabilities, Transcript
from smtpprobe.outcome import FailureKind, Stage, TlsMode

State = Literal["clear", "tls", "best"]

WORDS: dict[State, str] = {"clear": "in clear", "tls": "inside TLS", "best": ""}


def no_tls(run: Transcript) -> Judgement:
    """Why there was no EHLO inside TLS: something that may pass, or that there is none to be had."""
    starttls = next((i for i in indexes(run, Stage.STARTTLS) if run.exchanges[i].reply is not None), None)
    if starttls is not None:
        asked = run.exchanges[starttls]
        code = asked.code or 0
        if code >= 400:
            answer = f"STARTTLS got {said(asked)}"
            return inconclusive(answer, starttls) if code < 500 else failed(answer, starttls)
    failures = [one.failure for one in run.connections if one.failure is not None]
    if any(one.kind is FailureKind.STARTTLS_INJECTION for one in failures):
        return failed("plaintext followed the go-ahead to STARTTLS, so TLS was not begun")
    broken = next((one for one in failures if one.stage is Stage.HANDSHAKE), None)
    if broken is not None:
        words = f"the TLS handshake did not come about: {broken.detail or broken.kind.meaning}"
        return inconclusive(words) if passing(broken) else failed(words)
    if run.tls is not None or starttls is not None:
        return inconclusive("EHLO inside TLS got no answer")
    if run.clear is None:
        return inconclusive("EHLO got no answer")
    if "STARTTLS" not in run.clear:
        return failed("STARTTLS is not offered", *indexes(run, Stage.EHLO)[:1])
    if run.target.tls is TlsMode.NONE:
        return not_applicable("TLS was not asked for")
    return inconclusive("the run ended before TLS")


def promised(run: Transcript, state: State) -> Capabilities | Judgement:
    """What EHLO said in this state, else what follows for whatever is expected of it.

    ``best`` is the state in which a mail goes: inside TLS where that can be had.
    """
    if state == "clear":
        if run.clear is not None:
            return run.clear
        if run.target.tls is TlsMode.IMPLICIT:
            return not_applicable("TLS begins with the first byte here, so nothing is said in clear")
        return inconclusive("EHLO got no answer")
    if run.encrypted is not None:
        return run.encrypted
    trouble = no_tls(run)
    if state == "tls":
        return trouble
    refused = trouble.result.value in ("failed", "not-applicable")
    if run.clear is not None and refused:
        return run.clear
    return trouble if run.clear is not None else inconclusive("EHLO got no answer")


def evidence(run: Transcript, there: Capabilities) -> tuple[int, ...]:
    """Where EHLO said it."""
    return hello(run, encrypted=there is run.encrypted)
