"""A number that does not add up is not published; the old build stays and the run names the row."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import dagster as dg
import psycopg
import pytest

from tests.support.oracle import small_expected
from tests.support.pipeline import Pipeline, checks, contents, failure, metadata
from tests.support.servers.api_server import ROUTES, serving, settings

pytest_plugins = ("tests.support.fixtures.refreshed_small", "tests.support.fixtures.project_copy")
BEN_CHANGES = "update leads set source = source || '!' where id = 'L07'"
# State of an interrupted build: the next build checks all agents.
INTERRUPTED = "update state.build_state set is_checked = false"
ONE_DAY = timedelta(days=1)


def execute(url: str, statement: str) -> None:
    with psycopg.connect(url) as connection:
        assert connection.execute(statement).rowcount == 1


def served(pipeline: Pipeline) -> dict[str, list[object]]:
    rows = contents(pipeline.databases.warehouse)
    return {name: rows[name] for name in rows if name.startswith("serving.")}


def answers(pipeline: Pipeline) -> list[str]:
    """Response bodies of a new API process, for each agent and route."""
    with serving(settings(), pipeline.databases) as api:
        responses = [api.get(route, agent) for agent in small_expected.AGENTS for route in ROUTES]
    assert [
        answer.status_code for answer in responses if answer.json()["meta"]["buildId"] != 1
    ] == []
    return [answer.text for answer in responses]


def steps(result: dg.ExecuteInProcessResult) -> dict[str, bool]:
    """Whether each finished step of a run succeeded."""
    return {
        event.step_key: event.is_step_success
        for event in result.all_events
        if event.step_key and (event.is_step_success or event.is_step_failure)
    }


def _is_evaluated(check: dg.AssetCheckEvaluation) -> bool:
    evaluated = check.metadata.get("is_evaluated")
    return evaluated is None or bool(evaluated.value)


@pytest.mark.parametrize(
    ("corruption", "check", "named"),
    [
        (
            "update marts.agent_performance_metrics set leads_assigned = leads_assigned + 1"
            " where agent_id = 'ana' and leads_assigned = 1 and date = '2024-01-01'",
            "agent_days_add_up",
            ["ana", "2024-01-01", "leads_assigned"],
        ),
        (
            "update raw.leads set disposition = 'won' where lead_id = 'L10'",
            "sample_recounted_from_raw",
            ["cem", "2024-02-13", "leads_interested", "leads_converted"],
        ),
        (
            "update raw.agent_activity_log set revenue_text = '76'"
            " where agent_id = 'cem' and revenue_text = '75'",
            "conservation",
            ["2024-02-21", "revenue_generated", "76.00", "75.00"],
        ),
        (
            "update intermediate.int_conversions set revenue = 76.00"
            " where agent_id = 'cem' and revenue = 75",
            "agent_days_add_up",
            ["cem", "2024-02-21", "revenue_generated", "76.00", "75.00"],
        ),
        (
            "update marts.agent_kpis set conversion_rate_pct = 99.9"
            " where agent_id = 'ana' and date_range = '30'",
            "funnel_agrees_with_kpis",
            ["ana", "30", "99.9", "50.0"],
        ),
        (
            "update marts.agent_funnel set interested = 9"
            " where agent_id = 'ana' and date_range = '30' and assigned = 4",
            "funnel_never_widens",
            ["ana", "30"],
        ),
        (
            "update marts.agent_lead_sources set revenue = 76"
            " where agent_id = 'cem' and date_range = '30' and revenue = 75",
            "sources_add_up",
            ["cem", "30", "76.00", "75.00"],
        ),
        (
            "update marts.agent_kpis set total_revenue = 76"
            " where agent_id = 'cem' and date_range = '30' and total_revenue = 75",
            "kpis_add_up",
            ["cem", "76.00", "75.00"],
        ),
    ],
)
def test_a_corrupted_row_is_rejected_and_named(
    small_pipeline: Pipeline, corruption: str, check: str, named: list[str]
) -> None:
    before = served(small_pipeline), answers(small_pipeline)
    execute(small_pipeline.databases.warehouse, corruption)
    execute(small_pipeline.databases.warehouse, INTERRUPTED)
    execute(small_pipeline.databases.operational, BEN_CHANGES)

    result = small_pipeline.refresh()

    assert not result.success
    assert steps(result) == {"extract_and_load": True, "dbt_build": False}
    assert (served(small_pipeline), answers(small_pipeline)) == before
    evaluation = checks(result)[check]
    assert (evaluation.passed, evaluation.severity) == (False, dg.AssetCheckSeverity.ERROR)
    rows = str(evaluation.metadata["rows"].value)
    assert [text for text in named if text not in rows] == []
    said = next(line for line in failure(result).splitlines() if f"{check}: " in line)
    assert [text for text in named[:2] if text not in said] == []


def test_leads_that_staging_drops_are_noticed(small_pipeline: Pipeline, project: Path) -> None:
    """Conservation compares marts with staging, the other check with raw."""
    model = project / "models" / "staging" / "stg_leads.sql"
    model.write_text(f"{model.read_text()}where lead_id <> 'L10'\n")
    result = small_pipeline.refresh()
    assert not result.success
    assert not checks(result)["leads_are_all_counted"].passed
    assert checks(result)["conservation"].passed


def test_a_small_change_checks_changed_agents_and_a_new_day_checks_all(
    small_pipeline: Pipeline,
) -> None:
    def checked(pipeline: Pipeline) -> tuple[bool, set[str]]:
        execute(pipeline.databases.operational, BEN_CHANGES)
        result = pipeline.refreshed()
        evaluated = {name for name, check in checks(result).items() if _is_evaluated(check)}
        return metadata(result, "marts/agent_kpis")["checks_all_agents"], evaluated

    is_for_all, evaluated = checked(small_pipeline)
    assert not is_for_all
    assert "conservation" in evaluated
    assert "leads_without_agent" not in evaluated
    is_for_all, evaluated = checked(replace(small_pipeline, as_of=small_expected.AS_OF + ONE_DAY))
    assert is_for_all
    assert {"conservation", "leads_without_agent"} <= evaluated


@pytest.mark.parametrize(
    ("corruption", "check"),
    [
        (
            "update marts.agent_performance_metrics set leads_assigned = leads_assigned + 1"
            " where agent_id = 'ana' and date = '2024-01-01'",
            "agent_days_add_up",
        ),
        (
            "update raw.leads set disposition = 'won' where lead_id = 'L10'",
            "sample_recounted_from_raw",
        ),
        ("delete from raw.agent_activity_log where lead_id = 'X99'", "conservation"),
    ],
)
def test_every_agent_is_checked_when_the_as_of_date_moves(
    small_pipeline: Pipeline, corruption: str, check: str
) -> None:
    before = served(small_pipeline)
    execute(small_pipeline.databases.warehouse, corruption)

    result = replace(small_pipeline, as_of=small_expected.AS_OF + ONE_DAY).refresh()

    assert not result.success
    assert not checks(result)[check].passed
    assert check in failure(result)
    assert served(small_pipeline) == before
    # The next refresh compares raw with the source and rebuilds everything.
    assert metadata(small_pipeline.refreshed(), "marts/agent_kpis")["scope"] == "full"
    after = served(small_pipeline)
    assert {name for name, rows in after.items() if rows != before[name]} == {"serving.refreshes"}


def test_a_small_change_of_an_agent_with_inconsistent_rows_is_rejected(
    small_pipeline: Pipeline,
) -> None:
    before = served(small_pipeline)
    with psycopg.connect(small_pipeline.databases.warehouse) as connection:
        corrupted = connection.execute(
            "update marts.agent_performance_metrics set leads_assigned = leads_assigned + 1"
            " where agent_id = 'ben' and date = (select min(date)"
            " from marts.agent_performance_metrics where agent_id = 'ben') returning date::text"
        ).fetchone()
    assert corrupted
    execute(small_pipeline.databases.operational, BEN_CHANGES)
    result = small_pipeline.refresh()
    assert not result.success
    assert served(small_pipeline) == before
    said = next(line for line in failure(result).splitlines() if "agent_days_add_up: " in line)
    assert "ben" in said
    assert corrupted[0] in said


def test_a_lead_counted_twice_is_rejected_even_if_one_agent_is_unchanged(
    small_pipeline: Pipeline,
) -> None:
    before, answered = served(small_pipeline), answers(small_pipeline)
    with psycopg.connect(small_pipeline.databases.warehouse) as connection:
        connection.execute(
            "insert into state.changed_agent_days (load_id, agent_id, date)"
            " select 'half-noted', 'ben', lead_date from staging.stg_leads where lead_id = 'L10'"
        )
        connection.execute("update raw.leads set agent_id = 'ben' where lead_id = 'L10'")
    result = small_pipeline.refresh()
    assert not result.success
    assert served(small_pipeline) == before
    said = next(line for line in failure(result).splitlines() if "int_leads: " in line)
    assert "(lead_id)=(L10)" in said
    # The run is not retried: the next one compares raw with the source, where the agent is cem.
    small_pipeline.refreshed()
    assert answers(small_pipeline) == answered


def test_marts_that_failed_a_check_are_rebuilt_by_the_next_refresh(
    small_pipeline: Pipeline,
) -> None:
    url = small_pipeline.databases.warehouse
    clean = contents(url, without=frozenset({"created_at"}))
    execute(url, "update intermediate.int_leads set is_contacted = false where lead_id = 'L01'")
    execute(url, INTERRUPTED)
    execute(small_pipeline.databases.operational, BEN_CHANGES)
    assert not small_pipeline.refresh().success
    small_pipeline.refreshed()
    healed = contents(url, without=frozenset({"created_at"}))
    assert healed["serving.agent_kpis"] == clean["serving.agent_kpis"]


def test_publish_rejects_marts_that_have_not_passed(small_pipeline: Pipeline) -> None:
    before = served(small_pipeline)
    execute(small_pipeline.databases.warehouse, INTERRUPTED)
    result = small_pipeline.refresh(only=("serving",))
    assert not result.success
    assert "have not passed their checks" in failure(result)
    assert served(small_pipeline) == before
