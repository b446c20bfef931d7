"""Names, addresses and ids of a server replaced by those of examples, everywhere in the same way. Pure.

What the software is stays readable: its words, its version, its keywords and the limits that it announces.
"""

from __future__ import annotations

from smtpprobe.masking.run import masked
from smtpprobe.masking.table import Masks, masks

__all__ = ["Masks", "masked", "masks"]
