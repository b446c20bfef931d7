"""How the tests run somebody else's test suite: with the plugin, whether the installed package names it or not."""

from __future__ import annotations

from importlib.metadata import entry_points
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_NAMED = any(one.name == "smtpprobe" for one in entry_points(group="pytest11"))
#: The plugin by hand, where the installed package does not name it to pytest.
PLUGIN = () if _NAMED else ("-p", "smtpprobe.pytest_plugin")
STRICT = ("-W", "error", "-p", "no:cacheprovider")
