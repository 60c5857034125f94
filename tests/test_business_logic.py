"""The page on business logic points at places that exist, and its examples are computed."""

import doctest
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
FUNCTIONS = {
    "calculateAgentKPIs",
    "calculateConversionRates",
    "calculateTeamRanking",
    "calculateTrends",
    "generatePersonalInsights",
    "updateGoalProgress",
    "checkGoalAchievements",
    "calculateGoalCompletionPercentage",
    "logAgentActivity",
    "updateAgentMetrics",
}
ROW = re.compile(r"^\| (\w+) \|[^|]*\| `([^`]+)` \| `([^`]+)` \|$", re.MULTILINE)


def test_every_function_of_the_requirements_has_one_place_that_exists() -> None:
    rows = ROW.findall((ROOT / "docs" / "business-logic.md").read_text())
    assert {function for function, _, _ in rows} == FUNCTIONS
    assert len(rows) == len(FUNCTIONS)
    for function, place, name in rows:
        text = (ROOT / place).read_text()
        definition = rf"def {name}\(" if place.endswith(".py") else rf"\b{name}\b"
        assert re.search(definition, text), f"{function}: {place} defines no {name}"


def test_no_second_place_defines_the_same_function() -> None:
    rows = ROW.findall((ROOT / "docs" / "business-logic.md").read_text())
    for _, place, name in rows:
        if place.endswith(".py"):
            places = [
                str(path.relative_to(ROOT))
                for package in ("api", "goals", "pipelines", "warehouse")
                for path in (ROOT / package).rglob("*.py")
                if f"def {name}(" in path.read_text()
            ]
            assert places == [place]


def test_the_examples_give_what_the_page_says() -> None:
    failed, attempted = doctest.testfile(
        str(ROOT / "docs" / "business-logic.md"), module_relative=False
    )
    assert attempted > 0
    assert failed == 0
