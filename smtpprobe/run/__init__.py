"""The one straight path from a target to a Report: names, plan, wire, explanation, rules."""

from smtpprobe.run.main import go_on, probe, survey, unresolved
from smtpprobe.run.settings import Settings

__all__ = ["Settings", "go_on", "probe", "survey", "unresolved"]
