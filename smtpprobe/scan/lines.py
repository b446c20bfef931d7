"""What came of a server as one line of JSON."""

from __future__ import annotations

from smtpprobe.render import json
from smtpprobe.render.scan_document import build
from smtpprobe.scanning import Scanned


class Encoder:
    """Makes lines; ``prose`` puts the catalogue's words into them, in ``lang``."""

    def __init__(self, prose: bool = False, lang: str = "en") -> None:
        self._prose = prose
        self._lang = lang

    def line(self, scanned: Scanned) -> bytes:
        """The document of one server on one line, with a line end, fit for a terminal."""
        return json.compact(build(scanned, prose=self._prose, lang=self._lang)).encode()
