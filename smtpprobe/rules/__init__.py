"""What deserves a finding: a transcript in, findings out. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from smtpprobe.model import Finding, Transcript


def judge(transcript: Transcript) -> tuple[Finding, ...]:
    return ()


def verdict(transcript: Transcript, findings: Sequence[Finding]) -> str:
    return transcript.outcome.meaning
