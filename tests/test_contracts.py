"""What every file of the project owes the others. Which room may import which, import-linter checks (make lint)."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from smtpprobe import probes, render

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "smtpprobe"
MODULES = sorted(PACKAGE.rglob("*.py"))
LOCKS = ["runtime", "dev", "serve", "fuzz"]
PURE = ["catalogue", "explain", "plan", "probes", "rules", "target", "wire.ehlo", "wire.replies"]

# Imports a room with all that is in it, then tells which of these packages came along.
IMPORT_ALL = """
import importlib, pkgutil, sys
room = importlib.import_module(sys.argv[1])
for module in pkgutil.walk_packages(getattr(room, "__path__", []), room.__name__ + "."):
    importlib.import_module(module.name)
print(*sorted({"aiosmtplib", "aiosmtpd", "click", "dns", "rich"} & sys.modules.keys()))
"""


def settings() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def brought_along(room: str) -> set[str]:
    command = [sys.executable, "-c", IMPORT_ALL, room]
    return set(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split())


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_fits_on_a_few_screens_and_says_what_it_is(module: Path) -> None:
    text = module.read_text()
    assert len(text.splitlines()) <= 400
    assert ast.get_docstring(ast.parse(text))


@pytest.mark.parametrize("room", PURE)
def test_a_pure_room_loads_no_network_and_no_terminal_library(room: str) -> None:
    assert brought_along(f"smtpprobe.{room}") == set()


def test_a_renderer_loads_no_network_library() -> None:
    assert brought_along("smtpprobe.render") == set()


def test_no_probe_in_the_folder_is_missing_from_the_registry() -> None:
    listed = [probe.name for probe in probes.PROBES]
    for module in pkgutil.iter_modules(probes.__path__):
        family = importlib.import_module(f"{probes.__name__}.{module.name}")
        assert {probe.name for probe in getattr(family, "PROBES", ())} <= set(listed)
    assert sorted(listed) == sorted(set(probes.ORDER))


def test_no_renderer_in_the_folder_is_missing_from_the_registry() -> None:
    rendering = [
        module.name
        for module in pkgutil.iter_modules(render.__path__)
        if hasattr(importlib.import_module(f"{render.__name__}.{module.name}"), "render")
    ]
    listed = [*render.RENDERERS, *(f"trace_{name}" for name in render.TRACE_RENDERERS)]
    listed += [f"diff_{name}" for name in render.DIFF_RENDERERS]
    listed += [f"check_{name}" for name in render.CHECK_FORMS]
    listed += [f"scan_{name}" for name in render.SCAN_FORMS]
    assert sorted(listed) == sorted(rendering)


def test_the_package_says_that_it_is_typed() -> None:
    assert (PACKAGE / "py.typed").is_file()


def test_every_room_has_its_floor() -> None:
    floors = settings()["tool"]["importlinter"]["contracts"][0]["layers"]
    placed = {name.split(".")[1] for floor in floors for name in re.findall(r"smtpprobe\.[a-z_.]+", floor)}
    rooms = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert placed == rooms - {"__init__", "__main__"}


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    here = [str(ROOT).encode(), f"{Path.home()}/".encode(), sys.prefix.encode()]
    folders = ["smtpprobe", "tests", "docs", "examples", "fixtures", "requirements", ".ci"]
    files = [path for folder in folders for path in (ROOT / folder).rglob("*") if "__pycache__" not in path.parts]
    files += [path for path in ROOT.iterdir() if path.suffix in {".md", ".toml"} or path.name == "Makefile"]
    contents = {path: path.read_bytes() for path in files if path.is_file()}
    assert [path for path, content in contents.items() if any(place in content for place in here)] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_versions_and_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text().replace("\\\n", " ")
    for line in text.splitlines():
        if not line.startswith("#"):
            assert re.fullmatch(r"[a-z0-9-]+==[0-9][0-9a-z.]*( ; [^:/\\]+?)?(\s+--hash=sha256:[0-9a-f]{64})+", line)


def test_the_locks_hold_what_the_project_asks_for() -> None:
    project = settings()
    runtime = project["project"]["dependencies"] + project["build-system"]["requires"]
    groups = project["dependency-groups"]
    serve = runtime + project["project"]["optional-dependencies"]["serve"]
    asked = {"runtime": runtime, "dev": runtime + groups["dev"], "serve": serve, "fuzz": groups["fuzz"]}
    for lock in LOCKS:
        locked = re.findall("^[a-z0-9-]+(?===)", (ROOT / "requirements" / f"{lock}.txt").read_text(), re.MULTILINE)
        assert {re.split("[<>=;~ []", requirement)[0] for requirement in asked[lock]} <= set(locked)
