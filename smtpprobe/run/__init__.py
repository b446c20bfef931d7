"""The one straight path from a target to a Report: names, plan, wire, explanation, rules."""

from smtpprobe.run.main import probe, survey, unresolved
from smtpprobe.run.settings import Settings

__all__ = ["Settings", "probe", "survey", "unresolved"]
