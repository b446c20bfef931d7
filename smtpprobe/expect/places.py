"""Where the keys of a TOML file stand. Only lines are told here; what the keys mean and whether they fit is not known.

Python's reader of TOML tells no lines, so the file is read a second time, by a grammar.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

from smtpprobe.expectation import Place

Path = tuple[str | int, ...]

_LANGUAGE = Language(tree_sitter_toml.language())
_KEYS = frozenset({"bare_key", "quoted_key", "dotted_key"})


class Places:
    """The lines of one file, by the path of what stands there: ``("server", 0, "target")``."""

    def __init__(self, data: bytes, file: str) -> None:
        self.file = file
        self._lines: dict[Path, int] = {}
        self._counts: dict[Path, int] = {}
        for node in Parser(_LANGUAGE).parse(data).root_node.named_children:
            if node.type == "pair":
                self._pair(node, ())
            elif node.type in ("table", "table_array_element"):
                self._table(node)

    def at(self, path: Path) -> Place | None:
        """Where this stands, or the nearest table around it; None where the file has nothing of it."""
        for length in range(len(path), 0, -1):
            if path[:length] in self._lines:
                return Place(self.file, self._lines[path[:length]])
        return None

    def _table(self, node: Node) -> None:
        header, *pairs = node.named_children
        path = self._inside(_names(header))
        if node.type == "table_array_element":
            number = self._counts.get(path, -1) + 1
            self._counts[path] = number
            path = (*path, number)
        for length in range(1, len(path) + 1):
            self._note(path[:length], header)
        for pair in pairs:
            if pair.type == "pair":
                self._pair(pair, path)

    def _inside(self, names: tuple[str, ...]) -> Path:
        """The path of a header: a table within an array of tables is within the last one so far."""
        path: Path = ()
        for name in names[:-1]:
            path = (*path, name)
            if path in self._counts:
                path = (*path, self._counts[path])
        return (*path, *names[-1:])

    def _pair(self, node: Node, table: Path) -> None:
        key, value = [child for child in node.named_children if child.type != "comment"][:2]
        names = _names(key)
        for length in range(1, len(names) + 1):
            self._note((*table, *names[:length]), key)
        self._value(value, (*table, *names))

    def _value(self, node: Node, path: Path) -> None:
        children = [child for child in node.named_children if child.type != "comment"]
        if node.type == "array":
            for number, child in enumerate(children):
                self._note((*path, number), child)
                self._value(child, (*path, number))
        elif node.type == "inline_table":
            for child in children:
                self._pair(child, path)

    def _note(self, path: Path, node: Node) -> None:
        self._lines.setdefault(path, node.start_point.row + 1)


def _names(node: Node) -> tuple[str, ...]:
    return tuple(_keys(node))


def _keys(node: Node) -> Iterator[str]:
    if node.type == "dotted_key":
        for child in node.named_children:
            yield from _keys(child)
    else:
        text = (node.text or b"").decode()
        yield text if node.type == "bare_key" else next(iter(tomllib.loads(f"{text} = 0")))
