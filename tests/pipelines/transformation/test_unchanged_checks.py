"""A refresh without changes reports each blocking check as passed earlier, with its build."""

import logging
from pathlib import Path

import pytest

from tests.support.pipeline import Pipeline, checks, failure, metadata

pytest_plugins = ("tests.support.fixtures.refreshed_small", "tests.support.fixtures.project_copy")
BLOCKING = {
    "agent_days_add_up",
    "conservation",
    "funnel_agrees_with_kpis",
    "funnel_never_widens",
    "kpis_add_up",
    "leads_are_all_counted",
    "sample_recounted_from_raw",
    "sources_add_up",
}


def test_reused_results_are_marked_as_not_evaluated(
    small_pipeline: Pipeline, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "dagster"):
        result = small_pipeline.refreshed()
    assert metadata(result, "marts/agent_kpis")["scope"] == "nothing"
    assert [line for line in caplog.messages if "emitted no result" in line] == []
    evaluations = checks(result)
    assert set(evaluations) >= BLOCKING
    for check in evaluations.values():
        assert check.passed
        assert check.metadata["is_evaluated"].value is False
        assert check.metadata["build_id"].value == 1
    # A check that only warns may have warned: its last evaluation stays visible.
    assert "leads_without_agent" not in evaluations


def test_a_new_check_is_evaluated(small_pipeline: Pipeline, project: Path) -> None:
    (project / "tests" / "gate" / "nobody_is_called_ana.sql").write_text(
        "select * from {{ ref('agent_kpis') }} where agent_id = 'ana'\n"
    )
    result = small_pipeline.refresh()
    assert not result.success
    assert "nobody_is_called_ana" in failure(result)
    assert not checks(result)["nobody_is_called_ana"].passed
