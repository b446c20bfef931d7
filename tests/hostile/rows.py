"""All rows, in reading order."""

from __future__ import annotations

import rows_greeting
from behaviour import Behaviour

BEHAVIOURS: tuple[Behaviour, ...] = (*rows_greeting.ROWS,)
BY_NAME = {behaviour.name: behaviour for behaviour in BEHAVIOURS}
