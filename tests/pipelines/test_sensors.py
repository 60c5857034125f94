"""Alerts of failed runs and of stale data: sent once each, without data or addresses."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dagster as dg
import psycopg
import pytest

from config.environment import environment
from config.settings import Settings
from pipelines.sensors import alert_sensors
from pipelines.webhook import Alert, WebhookError, send
from tests.support.servers.api_server import fill
from tests.support.servers.http_receiver import Receiver, receiving
from warehouse.databases import Databases

ALERT = Alert("run_failed", "error", "Run 1 failed.", {"runId": "1"})
LEAD = "lead L02 of Mrs Example"


@pytest.fixture(autouse=True)
def without_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.webhook.PAUSE_SECONDS", 0.01)


def bodies(receiver: Receiver) -> list[dict[str, Any]]:
    return [json.loads(posted.body) for posted in receiver.posted]


def test_an_alert_is_text_for_people_and_fields_for_programs() -> None:
    with receiving() as receiver:
        send(f"{receiver.url}/services/T0/B0", ALERT)
    [posted] = receiver.posted
    assert posted.path == "/services/T0/B0"
    assert posted.headers["Content-Type"] == "application/json"
    [body] = bodies(receiver)
    assert body.pop("sentAt").endswith("+00:00")
    assert body == {
        "text": "Run 1 failed.",
        "source": "agent-analytics",
        "kind": "run_failed",
        "severity": "error",
        "facts": {"runId": "1"},
    }


def test_an_alert_is_retried_while_the_receiver_is_down() -> None:
    with receiving(503, 429, 200) as receiver:
        send(receiver.url, ALERT)
    assert len(receiver.posted) == 3


@pytest.mark.parametrize(("status", "attempts"), [(500, 3), (404, 1)])
def test_attempts_are_bounded_and_the_address_stays_secret(status: int, attempts: int) -> None:
    with (
        receiving(status) as receiver,
        pytest.raises(WebhookError, match=f"^ALERT_WEBHOOK_URL returned status {status}$"),
    ):
        send(f"{receiver.url}/secret", ALERT)
    assert len(receiver.posted) == attempts
    with pytest.raises(WebhookError, match=r"^ALERT_WEBHOOK_URL cannot be reached \(\w+\)$"):
        send("http://127.0.0.1:9/secret", ALERT)


@contextmanager
def sensors(databases: Databases, home: Path, url: str) -> Iterator[dict[str, Any]]:
    variables = {
        "AGENT_ANALYTICS_HOME": str(home),
        "OPERATIONAL_DATABASE_URL": databases.operational,
        "WAREHOUSE_DATABASE_URL": databases.warehouse,
        "ALERT_WEBHOOK_URL": url,
        "ANALYTICS_STALE_AFTER": "2h",
    }
    with environment(**variables):
        yield {sensor.name: sensor for sensor in alert_sensors(Settings())}


def test_stale_data_are_reported_once_at_the_start_and_once_at_the_end(
    databases: Databases, tmp_path: Path
) -> None:
    cursor = None
    with (
        receiving() as receiver,
        dg.DagsterInstance.ephemeral() as instance,
        sensors(databases, tmp_path, receiver.url) as by_name,
    ):

        def look() -> str:
            nonlocal cursor
            context = dg.build_sensor_context(instance, cursor)
            data = by_name["stale_data_alert"].evaluate_tick(context)
            cursor = data.cursor
            return str(data.skip_message)

        def refreshed(ago: str) -> None:
            with psycopg.connect(databases.warehouse) as connection:
                connection.execute(f"update serving.refreshes set refreshed_at = now() - {ago}")

        assert look() == "nothing has been published yet"
        fill(databases.warehouse)
        assert look().startswith("fresh:")
        assert bodies(receiver) == []
        refreshed("interval '3 hours'")
        # The receiver is down: the next tick sends the alert.
        receiver.statuses[:] = [500]
        with pytest.raises(Exception, match="ALERT_WEBHOOK_URL returned status 500"):
            look()
        receiver.posted.clear()
        receiver.statuses[:] = [200]
        assert [look() for _ in range(3)] == ["stale: the last refresh was 180 minutes ago"] * 3
        refreshed("interval '1 minute'")
        assert [look() for _ in range(2)] == ["fresh: the last refresh was 1 minutes ago"] * 2
    stale, fresh = bodies(receiver)
    assert (stale["kind"], stale["severity"]) == ("data_stale", "warning")
    assert stale["text"] == "Agents see stale data: the last refresh was 180 minutes ago."
    assert stale["facts"]["refreshAgeSeconds"] == pytest.approx(10800, abs=30)
    assert stale["facts"]["staleAfterSeconds"] == 7200
    assert (fresh["kind"], fresh["severity"]) == ("data_fresh", "info")


def test_a_failed_run_is_reported_by_steps_and_error_classes_without_messages(
    databases: Databases, tmp_path: Path
) -> None:
    @dg.op
    def extract_and_load() -> None:
        try:
            raise ValueError(f"{LEAD} at {databases.operational}")
        except ValueError as error:
            raise dg.Failure(f"could not load {LEAD}") from error

    @dg.job
    def refresh() -> None:
        extract_and_load()

    with (
        receiving() as receiver,
        dg.DagsterInstance.ephemeral() as instance,
        sensors(databases, tmp_path, receiver.url) as by_name,
    ):
        run = refresh.execute_in_process(
            instance=instance,
            raise_on_error=False,
            tags={"dagster/partition": "2026-03-31", "dagster/schedule_name": "frequent_refresh"},
        )
        context = dg.build_run_status_sensor_context(
            "failed_run_alert",
            run.filter_events(lambda event: event.is_run_failure)[0],
            instance,
            run.dagster_run,
        ).for_run_failure()
        by_name["failed_run_alert"](context)
    [body] = bodies(receiver)
    assert (body["kind"], body["severity"]) == ("run_failed", "error")
    assert body["facts"] == {
        "runId": run.run_id,
        "job": "refresh",
        "schedule": "frequent_refresh",
        "days": {"first": "2026-03-31", "last": "2026-03-31"},
        "failedSteps": {"extract_and_load": "ValueError"},
    }
    posted = receiver.posted[0].body.decode()
    assert LEAD not in posted
    assert "postgresql" not in posted


def test_without_a_webhook_a_sensor_that_is_switched_on_says_what_is_missing(
    databases: Databases, tmp_path: Path
) -> None:
    with dg.DagsterInstance.ephemeral() as instance, sensors(databases, tmp_path, "") as by_name:
        data = by_name["stale_data_alert"].evaluate_tick(dg.build_sensor_context(instance))
    assert data.skip_message == "ALERT_WEBHOOK_URL is not set"
