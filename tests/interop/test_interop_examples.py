"""The examples in the hands of the programs that they are for: systemd, Nagios, Icinga, ShellCheck and pip."""

import re
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import image
import pytest
from servers.base import UNPACKED, MailServer

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
PROGRAM = Path(sys.executable).with_name("smtpprobe")
UNITS = (
    "smtpprobe-check.service",
    "smtpprobe-check.timer",
    "smtpprobe-dask-scheduler.service",
    "smtpprobe-dask-worker.service",
    "smtpprobe-exporter.service",
)
SERVICES = [unit for unit in UNITS if unit.endswith(".service")]
SECONDS = 120


def run(*words: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
    """A command to its end, with its output and errors in one."""
    return subprocess.run(  # type: ignore[call-overload, no-any-return]
        words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=SECONDS, check=False, **options
    )


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """The units, for a program that is there."""
    for unit in UNITS:
        text = (EXAMPLES / "systemd" / unit).read_text()
        (tmp_path / unit).write_text(re.sub(r"/opt/smtpprobe/bin/\w+", str(PROGRAM), text))
    return tmp_path


def test_the_shell_scripts_are_clean() -> None:
    scripts = [*EXAMPLES.rglob("*.sh"), ROOT / "tests" / "interop" / "install.sh"]
    ended = run("shellcheck", *scripts)
    assert (ended.returncode, ended.stdout) == (0, "")


def test_systemd_takes_the_units(units: Path) -> None:
    ended = run("systemd-analyze", "verify", "--man=no", *[units / unit for unit in UNITS])
    assert (ended.returncode, ended.stdout) == (0, "")


def test_systemd_would_not_take_a_unit_with_a_mistake(units: Path) -> None:
    timer = units / "smtpprobe-check.timer"
    timer.write_text(timer.read_text().replace("*:0/15", "every quarter of an hour"))
    ended = run("systemd-analyze", "verify", "--man=no", timer)
    assert "every quarter of an hour" in ended.stdout


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_can_do_little_harm(service: str) -> None:
    # The threshold is in tenths; systemd calls less than 2.0 "OK".
    ended = run(
        *("systemd-analyze", "security", "--no-pager", "--offline=true", "--threshold=15"),
        EXAMPLES / "systemd" / service,
    )
    assert ended.returncode == 0, ended.stdout


@pytest.fixture
def nagios(tmp_path: Path) -> Path:
    """The main file of a Nagios with Debian's objects and the example."""
    objects = tmp_path / "objects"
    objects.mkdir()
    for name in ("commands", "contacts", "templates", "timeperiods"):
        shutil.copy(UNPACKED / "etc" / "nagios4" / "objects" / f"{name}.cfg", objects)
    shutil.copy(EXAMPLES / "nagios" / "smtpprobe.cfg", objects)
    places = ("log_file", "object_cache_file", "status_file", "command_file", "lock_file", "temp_file")
    settings = {place: tmp_path / place for place in places}
    settings |= {"cfg_dir": objects, "temp_path": tmp_path, "check_result_path": tmp_path}
    lines = [f"{name}={value}\n" for name, value in settings.items()]
    main = tmp_path / "nagios.cfg"
    main.write_text("".join(lines) + "nagios_user=root\nnagios_group=root\nillegal_macro_output_chars=`~$&|'\"<>\n")
    return main


def verified(main: Path) -> subprocess.CompletedProcess[str]:
    return run(UNPACKED / "usr" / "sbin" / "nagios4", "-v", main)


def test_nagios_takes_the_objects(nagios: Path) -> None:
    ended = verified(nagios)
    assert ended.returncode == 0, ended.stdout
    assert re.findall(r"Total (Warnings|Errors): +(\d+)", ended.stdout) == [("Warnings", "0"), ("Errors", "0")]
    assert "Checked 2 services." in ended.stdout


def test_nagios_would_not_take_a_service_without_its_command(nagios: Path) -> None:
    objects = nagios.parent / "objects" / "smtpprobe.cfg"
    objects.write_text(objects.read_text().replace("check_smtpprobe!", "check_no_such_thing!"))
    ended = verified(nagios)
    assert ended.returncode == 1
    assert "check_no_such_thing" in ended.stdout


def validated(example: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Icinga's opinion of its library and this file."""
    main = folder / "icinga2.conf"
    main.write_text(
        'const PluginDir = "/usr/lib/nagios/plugins"\nconst NodeName = "here"\nconst ZoneName = "here"\n'
        "include <itl>\ninclude <plugins>\n"
        "object Endpoint NodeName {}\nobject Zone ZoneName { endpoints = [ NodeName ] }\n"
        f'include "{example}"\n'
    )
    binary, *_ = UNPACKED.glob("usr/lib/*/icinga2/sbin/icinga2")
    places = [f"--define={name}Dir={folder}" for name in ("Data", "Cache", "Log", "InitRun", "Spool", "Config")]
    return run(
        *(binary, "daemon", "--validate", "--config", main, "--include", UNPACKED / "usr/share/icinga2/include"),
        *(*places, "--define=RunAsUser=root", "--define=RunAsGroup=root"),
    )


def test_icinga_takes_the_objects(tmp_path: Path) -> None:
    ended = validated(EXAMPLES / "icinga" / "smtpprobe.conf", tmp_path)
    assert ended.returncode == 0, ended.stdout
    assert "Instantiated 3 Services." in ended.stdout


def test_icinga_would_not_take_a_command_without_its_line(tmp_path: Path) -> None:
    broken = tmp_path / "broken.conf"
    text = (EXAMPLES / "icinga" / "smtpprobe.conf").read_text()
    broken.write_text(text.replace("command = [", "commands = ["))
    ended = validated(broken, tmp_path)
    assert ended.returncode == 1
    assert "commands" in ended.stdout


@pytest.fixture(scope="module")
def built(server_folder: Path) -> Iterator[image.Image]:
    root = server_folder / "image"
    root.mkdir(mode=0o755)
    yield image.build(EXAMPLES / "docker" / "Dockerfile", ROOT, root, ("/opt", "/src"))
    shutil.rmtree(root)


def contained(built: image.Image, *words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """What `docker run IMAGE WORDS` does, with this folder mounted."""
    number = built.user.partition(":")[0]
    path = built.environment["PATH"].replace("/opt/", f"{built.root}/opt/").replace("$PATH", "/usr/bin:/bin")
    program = shutil.which(built.entry_point[0], path=path)
    assert program is not None
    # Python itself may lie in a folder that only root enters; nothing can be written so.
    reading = ["--ambient-caps=+dac_read_search", "--inh-caps=+dac_read_search", "--bounding-set=-all,+dac_read_search"]
    nobody = ["setpriv", f"--reuid={number}", f"--regid={number}", "--clear-groups", *reading]
    return run(*nobody, program, *built.entry_point[1:], *(words or built.command), cwd=folder, env={"PATH": path})


@pytest.fixture
def mounted(server_folder: Path) -> Iterator[Path]:
    folder = server_folder / "mounted"
    folder.mkdir(mode=0o755)
    yield folder
    shutil.rmtree(folder)


def test_the_image_checks_for_a_user_without_rights(built: image.Image, mounted: Path, postfix: MailServer) -> None:
    (mounted / "smtpprobe.toml").write_text(f'[[server]]\ntarget = "127.0.0.1:{postfix.port}"\n')
    ended = contained(built, folder=mounted)
    assert ended.returncode == 0, ended.stdout
    assert f"127.0.0.1:{postfix.port}" in ended.stdout


def test_the_image_has_all_that_the_exporter_needs(built: image.Image, mounted: Path) -> None:
    ended = contained(built, "exporter", "--help", folder=mounted)
    assert ended.returncode == 0, ended.stdout
    interpreter = built.root / "opt" / "smtpprobe" / "bin" / "python"
    assert run(interpreter, "-c", "import smtpprobe.cli.exporter, starlette, uvicorn", env={}).stdout == ""


def allowed(*sets: str) -> set[str]:
    """The system calls of these sets, and of those inside them."""
    text = run("systemd-analyze", "syscall-filter", "--no-pager", *sets).stdout
    words = re.findall(r"^ +([@\w-]+)$", text, re.MULTILINE)
    nested = [word for word in words if word.startswith("@")]
    return {word for word in words if not word.startswith("@")} | (allowed(*nested) if nested else set())


#: What MemoryDenyWriteExecute asks of the kernel: PR_SET_MDWE with PR_MDWE_REFUSE_EXEC_GAIN, since Linux 6.3.
NO_NEW_CODE = """
import ctypes, os, sys
if ctypes.CDLL(None).prctl(65, 1, 0, 0, 0):
    sys.exit(77)
os.execv(sys.argv[1], sys.argv[1:])
"""


@pytest.fixture
def confined(tmp_path: Path) -> Iterator[list[str | Path]]:
    """What goes before a command to hold it to the limits of the services; what it called is looked at in the end."""
    trace = tmp_path / "calls"
    # -D: the command keeps the process that is started, and gets its signals.
    strace: list[str | Path] = ["strace", "-D", "-f", "-qq", "-o", trace]
    if run(sys.executable, "-c", NO_NEW_CODE, "/bin/true").returncode:
        yield strace
    else:
        yield [sys.executable, "-c", NO_NEW_CODE, shutil.which("strace") or "", *strace[1:]]
    used = set(re.findall(r"^\d+ +(\w+)\(", trace.read_text("utf-8", "replace"), re.MULTILINE))
    assert "connect" in used
    assert used - (allowed("@system-service") - allowed("@privileged", "@resources")) == set()


@pytest.fixture
def expectations(tmp_path: Path, postfix: MailServer) -> Path:
    file = tmp_path / "smtpprobe.toml"
    file.write_text(f'[[server]]\ntarget = "127.0.0.1:{postfix.port}"\n')
    return file


def test_a_check_keeps_within_the_limits_of_its_service(
    confined: list[str | Path], expectations: Path, tmp_path: Path
) -> None:
    check = (PROGRAM, "check", expectations, "--format", "prometheus", "--output", tmp_path / "smtpprobe.prom")
    ended = run(*confined, *check)
    assert ended.returncode == 0, ended.stdout


def test_the_exporter_keeps_within_the_limits_of_its_service(
    confined: list[str | Path], expectations: Path, postfix: MailServer
) -> None:
    words = [*confined, PROGRAM, "exporter", "--config", expectations, "--listen", "127.0.0.1:0", "--quiet"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as exporter:
        assert exporter.stdout is not None
        found = re.search("http://[0-9.:]+/", exporter.stdout.readline())
        assert found is not None
        with urllib.request.urlopen(f"{found[0]}probe?target=127.0.0.1:{postfix.port}", timeout=SECONDS) as answer:
            assert b"probe_success 1" in answer.read()
        exporter.terminate()
        assert exporter.wait(SECONDS) == 0
