"""How the servers of a scan are to be asked: one value, which a worker is given whole."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from smtpprobe.run import Settings
from smtpprobe.scan.pacing import Pace


class Asking(Struct, frozen=True):
    """Plain data, which can be pickled: a worker needs nothing else to ask as the scan would.

    ``at_once`` is how many conversations may be held at a time. ``prose`` puts the catalogue's words into each line,
    in the language ``lang``. ``expect`` is the file of expectations: what it holds, its name, and a preset.
    ``nameservers`` are those to ask, none of them: the system's. ``seed`` is that of the order.
    """

    settings: Settings
    pace: Pace
    at_once: int
    prose: bool = False
    lang: str = "en"
    expect: tuple[bytes, str, str] | None = None
    nameservers: tuple[str, ...] = ()
    seed: int = 0

    def part(self, workers: int) -> Asking:
        """What each of so many workers may do, so that together they do what one alone might have done."""
        return replace(self.at_a_part_of_the_rate(workers), at_once=-(-self.at_once // workers))

    def at_a_part_of_the_rate(self, workers: int) -> Asking:
        """The same for each of so many workers, but for the rate, which is that of all together."""
        rate = None if self.pace.rate is None else self.pace.rate / workers
        return replace(self, pace=replace(self.pace, rate=rate))
