"""A Dockerfile's steps carried out without Docker: in a folder that stands for each stage's root.

Only COPY and RUN do something, and RUN is not confined: paths of the image in its lines are rewritten to the folder. So
this does for a Dockerfile that keeps to the folders it is told about.
"""

import json
import os
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from dockerfile_parse import DockerfileParser  # type: ignore[import-untyped]

_SECONDS = 600


@dataclass(slots=True)
class Image:
    """What the last stage leaves: its files under ``root``, its environment, and how it starts."""

    root: Path
    environment: dict[str, str] = field(default_factory=dict)
    user: str = ""
    folder: str = "/"
    entry_point: list[str] = field(default_factory=list)
    command: list[str] = field(default_factory=list)


def build(dockerfile: Path, context: Path, root: Path, folders: tuple[str, ...]) -> Image:
    """Carry out all stages in one root. ``folders`` are those of the image that RUN names. Raises as a step does."""
    image = Image(root)
    inside = re.compile(rf"(?<![\w/])(?={'|'.join(map(re.escape, folders))})")
    with dockerfile.open("rb") as file:
        steps = DockerfileParser(fileobj=file).structure
    for step in steps:
        value = step["value"]
        match step["instruction"]:
            case "FROM":
                image = Image(root)
            case "COPY":
                _copy(value.split(), context, root)
            case "RUN":
                subprocess.run(
                    ["sh", "-e", "-c", inside.sub(str(root), value)],
                    check=True,
                    cwd=root,
                    timeout=_SECONDS,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT,
                    env={**_outside(), "HOME": str(root)},
                )
            case "ENV":
                name, _, text = value.partition("=")
                image.environment[name] = text
            case "WORKDIR":
                image.folder = value
            case "USER":
                image.user = value
            case "ENTRYPOINT":
                image.entry_point = json.loads(value)
            case "CMD":
                image.command = json.loads(value)
            case "COMMENT":
                pass
            case other:
                raise NotImplementedError(other)
    return image


def _outside() -> dict[str, str]:
    """The environment without the checkout that the tests run in."""
    return {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "VIRTUAL_ENV"}}


def _copy(words: list[str], context: Path, root: Path) -> None:
    *sources, target = words
    if sources[0].startswith("--from="):
        # The stages share their root: what is copied under the same name is there, the rest is not done here.
        assert sources[1:] == [target]
        return
    for source in sources:
        place = root / target.lstrip("/")
        if (context / source).is_dir():
            shutil.copytree(context / source, place, ignore=shutil.ignore_patterns("__pycache__"))
            continue
        place = place / Path(source).name if target.endswith("/") else place
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(context / source, place)
