"""Reckons with the tables of docs/scale.md: figures and assumptions are given there, and what follows has a formula.

A formula is written for people: names as they stand in the first column, ``×``, ``÷``, ``+``, ``−``, brackets, and
``min`` or ``max`` of values between semicolons. Every value is rounded to three digits before it is used again, so that
whoever reckons with the page comes to what it says.
"""

import ast
import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

DIGITS = 3
_SIGNS = str.maketrans({"×": "*", "÷": "/", "−": "-", ";": ","})
_OPERATORS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Add: operator.add,
    ast.Sub: operator.sub,
}
_FUNCTIONS: dict[str, Callable[..., float]] = {"min": min, "max": max}


@dataclass(frozen=True)
class Given:
    """A line with a value of its own: ``| name | value | unit | where it comes from |``."""

    name: str
    value: float


@dataclass(frozen=True)
class Followed:
    """A line with a formula: ``| name | formula | value | unit |``, the formula between backticks."""

    name: str
    formula: str
    value: float


@dataclass(frozen=True)
class Changed:
    """A line that changes one value: ``| name | instead | name of a result | value | unit |``."""

    name: str
    instead: float
    result: str
    value: float


def number(text: str) -> float:
    """What ``shown`` wrote, and as people write numbers. Raises ValueError where it is none."""
    return float(text.replace(",", ""))


def shown(value: float) -> str:
    """Three digits count, and none is written that does not: 68,800,000, 1.91, 0.00025."""
    rounded = float(f"{value:.{DIGITS}g}")
    if rounded >= 100 or rounded == int(rounded):
        return f"{rounded:,.0f}"
    return f"{rounded:.10f}".rstrip("0")


def lines(page: str) -> Iterator[Given | Followed | Changed]:
    """The lines of the page's tables that hold a value, in order."""
    for line in page.splitlines():
        if line.startswith("|"):
            one = read(line)
            if one:
                yield one


def read(line: str) -> Given | Followed | Changed | None:
    """A line of a table, None where it is a head or of some other table."""
    cells = [cell.strip() for cell in line.strip("|").split("|")]
    try:
        if len(cells) == 5:
            return Changed(cells[0], number(cells[1]), cells[2], number(cells[3]))
        if len(cells) == 4 and cells[1].startswith("`"):
            return Followed(cells[0], cells[1].strip("`"), number(cells[2]))
        if len(cells) == 4:
            return Given(cells[0], number(cells[1]))
    except ValueError:
        pass
    return None


def reckon(formula: str, known: Mapping[str, float]) -> float:
    """What a formula comes to. Raises KeyError for a name that is not known, SyntaxError for what is no formula."""
    names = sorted(known, key=len, reverse=True)
    pattern = re.compile("|".join([rf"\b{re.escape(name)}(?!\w)" for name in names] or ["(?!)"]))
    # 3,600 is a number; the values of min and max stand between semicolons.
    text = re.sub(r"(?<=\d),(?=\d{3})", "", pattern.sub(lambda match: repr(known[match[0]]), formula))
    try:
        tree = ast.parse(text.translate(_SIGNS), mode="eval")
    except SyntaxError as error:
        raise KeyError(f"the formula {formula!r} has a name that is not known: {text!r}") from error
    return _value(tree.body)


def _value(node: ast.expr) -> float:
    match node:
        case ast.Constant(value=int() | float() as value):
            return float(value)
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _OPERATORS:
            return _OPERATORS[type(sign)](_value(left), _value(right))
        case ast.Call(func=ast.Name(id=name), args=args) if name in _FUNCTIONS:
            return _FUNCTIONS[name](*[_value(one) for one in args])
        case _:
            raise KeyError(f"not known: {ast.unparse(node)}")


def results(page: str, changes: Mapping[str, float] = {}) -> dict[str, float]:
    """Every value of the page by its name: those given, or what ``changes`` says instead, and those that follow."""
    known: dict[str, float] = {}
    for line in lines(page):
        if isinstance(line, Given):
            known[line.name] = changes.get(line.name, line.value)
        elif isinstance(line, Followed):
            known[line.name] = number(shown(reckon(line.formula, known)))
    return known


def reckoned(page: str, measured: Mapping[str, float]) -> str:
    """The page with these values in place of the ones given, and all that follows reckoned anew."""
    written = []
    for line in page.splitlines():
        one = read(line) if line.startswith("|") else None
        if isinstance(one, Given) and one.name in measured:
            line = _with(line, 1, shown(measured[one.name]))
        written.append(line)
    page = "\n".join(written) + "\n"
    known = results(page)
    written = []
    for line in page.splitlines():
        one = read(line) if line.startswith("|") else None
        if isinstance(one, Followed):
            line = _with(line, 2, shown(known[one.name]))
        elif isinstance(one, Changed):
            line = _with(line, 3, shown(results(page, {one.name: one.instead})[one.result]))
        written.append(line)
    return "\n".join(written) + "\n"


def _with(line: str, place: int, text: str) -> str:
    cells = line.strip("|").split("|")
    cells[place] = f" {text} "
    return f"|{'|'.join(cells)}|"
