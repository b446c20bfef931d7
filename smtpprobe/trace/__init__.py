"""The walk of a mail from its sender to the recipient's server: names, run and verdicts joined into a diagnosis."""

from smtpprobe.trace.main import trace

__all__ = ["trace"]
