"""The plan for the whole Internet follows from the figures and assumptions that its page states."""

from __future__ import annotations

import sys

import pytest
from docs_console import ROOT

sys.path.append(str(ROOT / "tests" / "benchmarks"))
import scale_page
import scale_plan
from scale_plan import Changed, Followed, Given

PAGE = (ROOT / "docs" / "scale.md").read_text(encoding="utf-8")
LINES = list(scale_plan.lines(PAGE))


def test_all_that_follows_is_what_the_formulas_come_to() -> None:
    known: dict[str, float] = {}
    for line in LINES:
        if isinstance(line, Followed):
            come_to = scale_plan.number(scale_plan.shown(scale_plan.reckon(line.formula, known)))
            assert line.value == come_to, f"{line.name}: run .venv/bin/python tests/benchmarks/scale_page.py"
        if not isinstance(line, Changed):
            assert line.name not in known, f"{line.name} stands twice"
            known[line.name] = line.value


def test_the_page_is_as_the_program_would_write_it() -> None:
    assert scale_plan.reckoned(PAGE, {}) == PAGE


def test_each_change_names_an_assumption_and_a_result_and_changes_something() -> None:
    given = {line.name for line in LINES if isinstance(line, Given)}
    known = scale_plan.results(PAGE)
    changes = [line for line in LINES if isinstance(line, Changed)]
    assert len(changes) >= 5
    for line in changes:
        assert line.name in given
        assert scale_plan.results(PAGE, {line.name: line.instead})[line.result] != known[line.name]


def test_every_value_that_is_given_is_used() -> None:
    formulas = "\n".join(line.formula for line in LINES if isinstance(line, Followed))
    for line in LINES:
        if isinstance(line, Given):
            assert line.name in formulas, line.name


def test_every_figure_that_is_measured_stands_on_the_page() -> None:
    assert scale_page.MEASURED.keys() <= {line.name for line in LINES if isinstance(line, Given)}


def test_the_first_results_by_hand() -> None:
    """So that a mistake of the reckoning itself would show."""
    known = scale_plan.results(PAGE)
    assert known["hosts"] == pytest.approx(known["domains"] * known["hosts a domain"], rel=0.005)
    assert known["lookups"] == pytest.approx(known["domains"] + known["hosts"] * known["lookups a host"], rel=0.005)
    assert known["hours for names"] == pytest.approx(known["lookups"] / known["lookups a second"] / 3600, rel=0.005)
    assert known["hours in all"] == pytest.approx(known["hours for names"] + known["hours for servers"], rel=0.005)


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("servers ÷ servers a second ÷ 3,600", 2_000_000 / 500 / 3600),
        ("servers × (a line + 8) − 1", 2_000_000 * 18 - 1),
        ("min(servers; servers a second)", 500),
        ("max(a line; 4,000) × 2", 8000),
    ],
)
def test_a_formula_means_what_people_read_in_it(formula: str, value: float) -> None:
    assert scale_plan.reckon(formula, {"servers": 2_000_000, "servers a second": 500, "a line": 10}) == value


@pytest.mark.parametrize("formula", ["serfs × 2", "servers of all", "servers ÷", "__import__('os')", "'a' × 3"])
def test_a_formula_with_what_is_not_known_is_refused(formula: str) -> None:
    with pytest.raises(KeyError):
        scale_plan.reckon(formula, {"servers": 2})


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (68_812_345, "68,800,000"),
        (1.906, "1.91"),
        (80.0, "80"),
        (0.000251, "0.000251"),
        (722.4, "722"),
        (12.34, "12.3"),
    ],
)
def test_three_digits_are_shown(value: float, text: str) -> None:
    assert scale_plan.shown(value) == text
    assert scale_plan.number(text) == pytest.approx(value, rel=0.005)


def test_a_new_figure_changes_what_follows_and_nothing_else() -> None:
    page = scale_plan.reckoned(PAGE, {"CPU a handshake": 0.5})
    before, after = scale_plan.results(PAGE), scale_plan.results(page)
    assert after["CPU a handshake"] == 0.5
    assert after["CPU hours"] > before["CPU hours"]
    assert after["lookups"] == before["lookups"]
