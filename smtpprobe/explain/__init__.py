"""Exchange and catalogue in, Note out: what every reply means here, and what to do next. Pure, no I/O."""

from smtpprobe.explain.notes import ADVISERS, annotate
from smtpprobe.explain.scene import Advice, Scene
from smtpprobe.explain.text import explain_text
from smtpprobe.explain.whole import annotate_all

__all__ = ["ADVISERS", "Advice", "Scene", "annotate", "annotate_all", "explain_text"]
