"""Real monitoring daemons, Nagios and Icinga 2, and what they keep of the checks that they run. Knows no test.

Each is started with the commands of examples/, runs every service once, and is stopped.
"""

import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct
from servers.base import UNPACKED, ServerError, stop

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
INSTALLED = "/opt/smtpprobe/bin/smtpprobe"
HOST = "127.0.0.1"
SECONDS = 60.0
_TEXT = 1_048_576

NAGIOS = UNPACKED / "usr" / "sbin" / "nagios4"
_NAGIOS = """\
log_file={folder}/nagios.log
cfg_file={folder}/objects.cfg
cfg_file={folder}/example.cfg
object_cache_file={folder}/objects.cache
precached_object_file={folder}/objects.precache
status_file={folder}/status.dat
status_update_interval=1
lock_file={folder}/nagios.pid
temp_file={folder}/nagios.tmp
temp_path={folder}
check_result_path={folder}/results
query_socket={folder}/nagios.qh
command_file={folder}/nagios.cmd
check_external_commands=0
retain_state_information=0
use_syslog=0
enable_notifications=0
check_for_updates=0
bare_update_check=1
service_inter_check_delay_method=n
service_interleave_factor=1
illegal_macro_output_chars=`~$&|'"<>
nagios_user=root
nagios_group=root
"""
# What Debian's own objects give to the example, and no more.
_OBJECTS = """\
define timeperiod {
  timeperiod_name always
  alias           always
  monday          00:00-24:00
  tuesday         00:00-24:00
  wednesday       00:00-24:00
  thursday        00:00-24:00
  friday          00:00-24:00
  saturday        00:00-24:00
  sunday          00:00-24:00
}
define command {
  command_name nothing
  command_line /bin/true
}
define contact {
  contact_name                  root
  host_notification_commands    nothing
  service_notification_commands nothing
  host_notification_period      always
  service_notification_period   always
}
define contactgroup {
  contactgroup_name admins
  alias             admins
  members           root
}
define host {
  name                generic-host
  check_period        always
  notification_period always
  max_check_attempts  1
  register            0
}
define service {
  name                  generic-service
  check_period          always
  notification_period   always
  notification_interval 0
  register              0
}
"""
_HOST = "define host {{\n  use mail-host\n  host_name {host}\n  address {host}\n}}\n"
_SERVICE = """\
define service {{
  use                 mail-service
  host_name           {host}
  service_description {name}
  check_command       check_smtpprobe!{arguments}
}}
"""

ICINGA = next(UNPACKED.glob("usr/lib/*/icinga2/sbin/icinga2"), UNPACKED / "none")
_SHARE = UNPACKED / "usr" / "share" / "icinga2"
_ICINGA = """\
include <itl>
include "{folder}/example.conf"
object CheckerComponent "checker" {{ }}
object GraphiteWriter "graphite" {{
  host = "127.0.0.1"
  port = {port}
  enable_send_thresholds = true
  enable_send_metadata = true
}}
object Host "mail" {{
  check_command = "dummy"
}}
"""
_ICINGA_SERVICE = """\
object Service "{name}" {{
  host_name = "mail"
  check_command = "smtpprobe"
  check_interval = 5s
  retry_interval = 5s
  max_check_attempts = 1
  vars.smtpprobe_target = "{target}"
  vars.smtpprobe_preset = "{preset}"
}}
"""


class Noted(Struct, frozen=True):
    """What a daemon knows of a service: the number of its state, the plugin's output, its lines, its numbers."""

    state: int
    output: str
    long_output: str
    numbers: str


class Service(Struct, frozen=True):
    """A server to be checked: its port at HOST, and the name of the preset."""

    port: int
    preset: str = "mx"


def _program(folder: Path) -> Path:
    """smtpprobe as it would be installed, from this tree."""
    place = folder / "smtpprobe"
    lines = ["import sys", f"sys.path.insert(0, {str(ROOT)!r})", "from smtpprobe.cli.start import main", "main()"]
    place.write_text("\n".join([f"#!{sys.executable}", *lines, ""]))
    place.chmod(0o755)
    return place


def _example(folder: Path, name: str) -> str:
    return (EXAMPLES / name).read_text(encoding="utf-8").replace(INSTALLED, str(_program(folder)))


def nagios(folder: Path, services: Mapping[str, Service]) -> dict[str, Noted]:
    """Run these services once, by the example's command and templates but at our own host alone."""
    example = _example(folder, "nagios/smtpprobe.cfg")
    theirs = re.compile(r"^define (?:host|service) \{\n(?:(?!\}).*\n)*? +host_name(?:(?!\}).*\n)*\}\n", re.MULTILINE)
    _write_nagios(folder, theirs.sub("", example), services)
    status = folder / "status.dat"
    with _daemon([str(NAGIOS), str(folder / "nagios.cfg")], folder / "output") as told:
        _await(lambda: len(_checked(status)) == len(services), told)
        return _checked(status)


def _write_nagios(folder: Path, example: str, services: Mapping[str, Service]) -> None:
    (folder / "results").mkdir(exist_ok=True)
    (folder / "nagios.cfg").write_text(_NAGIOS.format(folder=folder))
    defined = [
        _SERVICE.format(host=HOST, name=name, arguments=f"{one.port}!{one.preset}") for name, one in services.items()
    ]
    (folder / "objects.cfg").write_text(_OBJECTS + (_HOST.format(host=HOST) if defined else "") + "".join(defined))
    (folder / "example.cfg").write_text(example)


def _checked(status: Path) -> dict[str, Noted]:
    text = status.read_text(encoding="utf-8") if status.exists() else ""
    blocks = re.findall(r"^servicestatus \{\n(.*?)^\t\}", text, re.MULTILINE | re.DOTALL)
    found = [dict(line.strip().split("=", 1) for line in block.splitlines() if "=" in line) for block in blocks]
    return {
        one["service_description"]: Noted(
            state=int(one["current_state"]),
            output=one["plugin_output"],
            long_output=one["long_plugin_output"].replace("\\n", "\n").rstrip("\n"),
            numbers=one["performance_data"],
        )
        for one in found
        if one["has_been_checked"] == "1"
    }


def icinga(folder: Path, services: Mapping[str, Service]) -> tuple[dict[str, Noted], dict[str, float]]:
    """Run these services once, by the example's command. What it keeps of them, and the numbers as it writes them on.

    The numbers are named SERVICE.LABEL.value, and .crit or .warn where it could read a threshold.
    """
    example = _example(folder, "icinga/smtpprobe.conf")
    command = example[: example.index("apply Service")]
    (folder / "example.conf").write_text(command)
    with _graphite() as (port, lines):
        defined = [
            _ICINGA_SERVICE.format(name=name, target=f"{HOST}:{one.port}", preset=one.preset)
            for name, one in services.items()
        ]
        (folder / "icinga2.conf").write_text(_ICINGA.format(folder=folder, port=port) + "".join(defined))
        with _daemon(_icinga_command(folder), folder / "output") as told:
            _await(lambda: all(any(f".{name}." in line for line in lines) for name in services), told)
    numbers = {}
    for line in lines:
        found = re.fullmatch(r"icinga2\.mail\.services\.(.+?)\.smtpprobe\.perfdata\.(.+) (\S+) [0-9]+", line)
        if found is not None:
            numbers[f"{found[1]}.{found[2]}"] = float(found[3])
    return _kept(folder / "data" / "icinga2.state"), numbers


def _icinga_command(folder: Path, *options: str) -> list[str]:
    for name in ("data", "cache", "run", "log", "spool"):
        (folder / name).mkdir(exist_ok=True)
    places = {"DataDir": "data", "CacheDir": "cache", "InitRunDir": "run", "LogDir": "log", "SpoolDir": "spool"}
    constants = [f"{name}={folder / place}" for name, place in places.items()]
    constants += [f"ConfigDir={folder}", f"PkgDataDir={_SHARE}", "RunAsUser=root", "RunAsGroup=root"]
    defined = [word for constant in constants for word in ("--define", constant)]
    config = ["--config", str(folder / "icinga2.conf"), "--include", str(_SHARE / "include")]
    return [str(ICINGA), "daemon", *config, *options, *defined]


def _kept(state: Path) -> dict[str, Noted]:
    """What Icinga writes when it stops: a JSON document after the other, each behind its length (netstrings)."""
    octets, found = state.read_bytes(), {}
    while octets:
        length, _, octets = octets.partition(b":")
        document, octets = json.loads(octets[: int(length)]), octets[int(length) + 1 :]
        result = document["update"].get("last_check_result")
        if document["type"] == "Service" and result is not None:
            output, _, long_output = result["output"].partition("\n")
            numbers = " ".join(map(str, result["performance_data"] or []))
            name = document["name"].partition("!")[2]
            found[name] = Noted(int(result["state"]), output.rstrip(), long_output.rstrip("\n"), numbers)
    return found


@contextmanager
def _graphite() -> Iterator[tuple[int, list[str]]]:
    """A place that takes numbers: its port, and the lines that came."""
    lines: list[str] = []
    with socket.create_server((HOST, 0)) as listener:

        def take() -> None:
            with listener.accept()[0] as stream, stream.makefile(encoding="utf-8") as text:
                lines.extend(line.rstrip("\n") for line in iter(text.readline, ""))

        thread = threading.Thread(target=take, daemon=True)
        thread.start()
        yield listener.getsockname()[1], lines
        thread.join(SECONDS)


@contextmanager
def _daemon(command: Sequence[str], output: Path) -> Iterator[Callable[[], str]]:
    """The daemon in the foreground; what is lent tells why it ended, "" while it runs."""
    with output.open("ab") as sink:
        running = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=sink, stderr=sink, start_new_session=True, env=dict(os.environ)
        )

    def ended() -> str:
        return "" if running.poll() is None else output.read_text("utf-8", "replace")[-_TEXT:]

    try:
        yield ended
    finally:
        stop(running)


def _await(done: Callable[[], bool], ended: Callable[[], str]) -> None:
    deadline = time.monotonic() + SECONDS
    while not done():
        if (said := ended()) or time.monotonic() > deadline:
            raise ServerError(f"the monitor did not run its checks: {said}")
        time.sleep(0.05)
