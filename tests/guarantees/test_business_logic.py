"""`docs/business-logic.md` names existing places, and its examples are computed."""

import doctest
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from pipelines.partitions import today
from tests.support.paths import DATA, DOCS, REPOSITORY
from tests.support.pipeline import Pipeline
from warehouse.databases import Databases

EXAMPLES = DATA / "business_logic.sql"
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
    rows = ROW.findall((DOCS / "business-logic.md").read_text())
    assert {function for function, _, _ in rows} == FUNCTIONS
    assert len(rows) == len(FUNCTIONS)
    for function, place, name in rows:
        text = (REPOSITORY / place).read_text()
        definition = rf"def {name}\(" if place.endswith(".py") else rf"\b{name}\b"
        assert re.search(definition, text), f"{function}: {place} defines no {name}"


def test_no_second_place_defines_the_same_function() -> None:
    rows = ROW.findall((DOCS / "business-logic.md").read_text())
    for _, place, name in rows:
        if place.endswith(".py"):
            places = [
                str(path.relative_to(REPOSITORY))
                for package in ("api", "goals", "pipelines", "warehouse")
                for path in (REPOSITORY / package).rglob("*.py")
                if f"def {name}(" in path.read_text()
            ]
            assert places == [place]


@pytest.fixture
def marts(
    databases: Databases, pipeline_home: Path, tmp_path: Path
) -> Iterator[Callable[..., None]]:
    """Reads columns of an example's agent in the last 30 days, once the pipeline has built them."""
    with psycopg.connect(databases.operational) as operational:
        operational.execute(EXAMPLES.read_text().encode())
    Pipeline(databases, pipeline_home, tmp_path, today("UTC")).refreshed()
    with psycopg.connect(databases.warehouse) as warehouse:

        def read(mart: str, agent: str, *columns: str) -> None:
            query = sql.SQL("select {} from marts.{} where agent_id = %s and date_range = '30'")
            names = sql.SQL(", ").join(map(sql.Identifier, columns))
            rows = warehouse.execute(query.format(names, sql.Identifier(mart)), [agent]).fetchall()
            print(*sorted(" ".join(map(str, row)) for row in rows), sep="\n")

        yield read


def test_the_examples_give_what_the_page_says(marts: Callable[..., None]) -> None:
    failed, attempted = doctest.testfile(
        str(DOCS / "business-logic.md"), module_relative=False, globs={"marts": marts}
    )
    assert attempted > 0
    assert failed == 0
