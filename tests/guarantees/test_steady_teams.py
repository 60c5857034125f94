"""Agents of a steady team are as often better as worse, and hardly ever see a notable change."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import psycopg
import pytest

from pipelines.insights.formulas.trends import agent_trends
from tests.support.built_comparisons import built_comparisons
from tests.support.crm.steady_team import EVEN_WEEK, QUIET_WEEKENDS, steady_team
from warehouse.databases import Databases

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]
pytest_plugins = ("tests.support.fixtures.project_copy",)

FIRST, LAST = date(2024, 11, 18), date(2025, 3, 31)
PERIODS = """name,kind,length,is_default
7,days,7,false
30,days,30,true
mtd,to_date,month,false
last_month,whole,month,false
"""


@dataclass(frozen=True)
class Team:
    leads_per_week: int
    agents: int
    week: Sequence[float] = EVEN_WEEK
    # Largest change of the pooled conversion rate, in percent. Where weekends are quiet it depends
    # on the weekdays that two spans end on: a span's last leads have had the least time to convert.
    max_pooled_change: float = 1.0


TEAMS = {
    "6 leads a week": Team(6, 2500),
    "20 leads a week": Team(20, 1500),
    "100 leads a week": Team(100, 1000),
    "quiet weekends": Team(20, 1500, QUIET_WEEKENDS, max_pooled_change=3.0),
}


@pytest.fixture
def raw(
    databases: Databases, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Team], str]:
    """Fills raw with a team's rows; gives the warehouse."""
    (project / "seeds" / "periods.csv").write_text(PERIODS)
    monkeypatch.setenv("AGENT_ANALYTICS_HOME", str(tmp_path / "home"))

    def fill(team: Team) -> str:
        rows = steady_team(team.agents, team.leads_per_week, team.week, FIRST, LAST, seed=7)
        leads, conversions = rows
        with psycopg.connect(databases.warehouse, autocommit=True) as connection:
            _copy(connection, "leads", leads)
            _copy(connection, "agent_activity_log", conversions.with_row_index("activity_id"))
            connection.execute("analyze")
        return databases.warehouse

    return fill


def _copy(connection: psycopg.Connection, table: str, rows: pl.DataFrame) -> None:
    columns = ", ".join(rows.columns)
    statement = f"copy raw.{table} ({columns}) from stdin with (format csv)"
    with connection.cursor() as cursor, cursor.copy(statement.encode()) as copy:
        copy.write(rows.write_csv(include_header=False))


@pytest.mark.parametrize("team", TEAMS.values(), ids=TEAMS)
def test_steady_agents_are_compared_fairly(raw: Callable[[Team], str], team: Team) -> None:
    warehouse = raw(team)
    days = [(date(2025, 3, 3), True), (date(2025, 3, 3), False), (LAST, True), (LAST, False)]
    for number, (as_of, is_over) in enumerate(days):
        # At 9:00 the as-of date is not over, at 24:00 it is.
        through = as_of if is_over else as_of - timedelta(1)
        built = built_comparisons(warehouse, as_of, through, only_dated=number > 0)
        rows = built.filter(compare="previous")
        notable = notable_shares(rows)
        assert set(notable) == {"7", "30", "mtd", "last_month"}
        for (period,), of_agents in rows.group_by("date_range"):
            case = (as_of, through, period)
            worse, differing, pooled_change = conversion(of_agents)
            # Four standard errors, where few agents have conversions at all.
            tolerance = max(0.05, 4 * 0.5 / differing**0.5)
            assert abs(worse - 0.5) <= tolerance, case
            assert abs(pooled_change) < team.max_pooled_change, case
            assert notable[str(period)] <= 0.05, case


def conversion(rows: pl.DataFrame) -> tuple[float, int, float]:
    """Share of worse agents among those whose unrounded rate differs, their number, and the change
    of the pooled rate in percent."""
    converted, leads, converted_before, leads_before = (
        rows[f"{side}_{name}"].cast(pl.Int64)
        for side in ("current", "previous")
        for name in ("leads_converted", "leads_handled")
    )
    # A common denominator; a previous rate of 0 counts as better.
    difference = converted * leads_before - converted_before * leads
    differing = difference.filter((leads > 0) & (leads_before > 0) & (difference != 0))
    rate, rate_before = (
        converted.sum() / leads.sum(),
        converted_before.sum() / leads_before.sum(),
    )
    return (differing < 0).sum() / differing.len(), differing.len(), 100 * (rate / rate_before - 1)


def notable_shares(rows: pl.DataFrame) -> dict[str, float]:
    """Share of agents with at least one notable card, by period."""
    trends = agent_trends(rows).with_columns(
        is_notable=pl.col("details").str.contains('"isNotable":true')
    )
    return dict(trends.group_by("date_range").agg(pl.col("is_notable").mean()).iter_rows())
