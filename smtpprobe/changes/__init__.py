"""What changed between two reports of a server, folded to what matters. Pure: documents in, changes in words out."""

from smtpprobe.changes.baseline import read_baseline, write_baseline
from smtpprobe.changes.comparing import compare, undecided
from smtpprobe.changes.document import snapshot
from smtpprobe.changes.facts import DocumentError, Fact, Snapshot
from smtpprobe.changes.files import read
from smtpprobe.changes.folding import folded
from smtpprobe.changes.matching import differences
from smtpprobe.changes.words import Also, What

__all__ = [
    "Also",
    "DocumentError",
    "Fact",
    "Snapshot",
    "What",
    "compare",
    "differences",
    "folded",
    "read",
    "read_baseline",
    "snapshot",
    "undecided",
    "write_baseline",
]
