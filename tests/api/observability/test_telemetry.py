"""Logs, metrics and traces cover every request without naming the agent."""

import gzip
import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import psycopg
import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from prometheus_client.parser import text_string_to_metric_families

from tests.support.clients.event_stream import opened
from tests.support.crm.activity_log import log
from tests.support.paths import DOCS
from tests.support.servers.addresses import free_port
from tests.support.servers.api_server import Api, fill, serving_process, token
from tests.support.servers.http_receiver import Receiver, receiving
from tests.support.waiting import PATIENCE, wait_until
from warehouse.databases import Databases

KPIS = "/agent/analytics/kpis"
SECRET_TEXT = "Mrs-Lead-who-must-not-be-logged"
TRACE = "0af7651916cd43dd8448eb211c80319c"


class Observed(NamedTuple):
    api: Api
    log: Path
    metrics_url: str
    traces: Receiver

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.read_text().splitlines()]

    def request(self, name: str) -> dict[str, Any]:
        """The log line of a request, once it is there."""
        wait_until(lambda: any(line.get("request_id") == name for line in self.lines()))
        [line] = [line for line in self.lines() if line.get("request_id") == name]
        return line

    def metrics(self) -> str:
        return (
            httpx.get(self.metrics_url, trust_env=False, timeout=PATIENCE).raise_for_status().text
        )

    def metric(self, name: str, **labels: str) -> float:
        """The value of one series; 0 where there is none yet."""
        pairs = ",".join(f'{label}="{value}"' for label, value in labels.items())
        series = f"{name}{{{pairs}}}" if pairs else name
        found = re.search(f"^{re.escape(series)} (.*)$", self.metrics(), re.MULTILINE)
        return float(found[1]) if found else 0.0

    def spans(self) -> list[Any]:
        return [
            span
            for posted in self.traces.posted
            for resource in ExportTraceServiceRequest.FromString(_plain(posted.body)).resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
        ]


def _plain(body: bytes) -> bytes:
    return gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body


@pytest.fixture(scope="module")
def observed(
    module_databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Observed]:
    fill(module_databases.warehouse)
    home = tmp_path_factory.mktemp("home")
    admin = free_port(19400)
    variables = {"API_ADMIN_PORT": str(admin), "OTEL_BSP_SCHEDULE_DELAY": "100"}
    with ExitStack() as stack:
        traces = stack.enter_context(receiving())
        variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = traces.url
        url = stack.enter_context(serving_process(home, module_databases, **variables))
        api = Api(url)
        stack.enter_context(api.client)
        yield Observed(api, home / "api.log", f"http://127.0.0.1:{admin}/metrics", traces)


def test_a_request_is_one_line_with_the_id_that_the_client_gave(observed: Observed) -> None:
    answer = observed.api.get(f"{KPIS}?dateRange=30", headers={"X-Request-ID": "from-client-1"})
    assert answer.headers["x-request-id"] == "from-client-1"
    line = observed.request("from-client-1")
    assert line["level"] == "info"
    assert (line["method"], line["route"], line["status"]) == ("GET", KPIS, 200)
    assert line["duration_ms"] > 0
    assert line["cache"] in {"hit", "miss"}
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+Z", line["time"])


@pytest.mark.parametrize("sent", ["short", "with space 12345", "x" * 65, "eyJh.eyJz.c2ln", ""])
def test_an_id_that_is_not_well_formed_is_replaced(observed: Observed, sent: str) -> None:
    answer = observed.api.get(KPIS, headers={"X-Request-ID": sent})
    assert re.fullmatch(r"[0-9a-f]{24}", answer.headers["x-request-id"])
    observed.request(answer.headers["x-request-id"])


def test_refusals_and_unknown_paths_are_lines_too(observed: Observed) -> None:
    for path, status, route in [
        (KPIS, 401, KPIS),
        ("/no/such/secret-path", 404, "(none)"),
        (f"{KPIS}?dateRange=31", 422, KPIS),
    ]:
        ask = observed.api.get if status == 422 else observed.api.anonymous
        answer = ask(path)
        line = observed.request(answer.headers["x-request-id"])
        assert (answer.status_code, line["status"], line["route"]) == (status, status, route)
    assert "secret-path" not in observed.log.read_text()


def test_an_agent_has_one_hash_in_the_logs_and_another_agent_another(observed: Observed) -> None:
    names = [
        observed.api.get(KPIS, agent).headers["x-request-id"]
        for agent in ("agent-1", "agent-1", "agent-2")
    ]
    first, again, other = (observed.request(name)["agent"] for name in names)
    assert re.fullmatch(r"[0-9a-f]{16}", first)
    assert first == again != other


def test_rate_errors_and_duration_are_counted_by_route(observed: Observed) -> None:
    labels = {"method": "GET", "route": "/agent/analytics/funnel"}
    requests, seconds = "agent_analytics_requests_total", "agent_analytics_request_duration_seconds"
    assert observed.metric(requests, **labels, status="200") == 0
    hits = observed.metric("agent_analytics_cache_total", result="hit")
    misses = observed.metric("agent_analytics_cache_total", result="miss")
    for _ in range(3):
        observed.api.get("/agent/analytics/funnel?dateRange=90").raise_for_status()
    observed.api.get("/agent/analytics/funnel?dateRange=1")
    assert observed.metric(requests, **labels, status="200") == 3
    assert observed.metric(requests, **labels, status="422") == 1
    assert observed.metric(f"{seconds}_count", **labels) == 4
    assert observed.metric("agent_analytics_cache_total", result="hit") == hits + 2
    assert observed.metric("agent_analytics_cache_total", result="miss") == misses + 1


def test_one_metric_can_be_selected(observed: Observed) -> None:
    observed.api.get("/agent/analytics/funnel").raise_for_status()
    name = "agent_analytics_requests_total"
    answer = httpx.get(
        observed.metrics_url, params={"name[]": name}, trust_env=False, timeout=PATIENCE
    )
    values = [line for line in answer.text.splitlines() if not line.startswith("#")]
    assert values
    assert all(line.startswith(f"{name}{{") for line in values)


def test_pools_streams_and_ages_are_gauges(observed: Observed, module_databases: Databases) -> None:
    assert observed.metric("agent_analytics_streams_open") == 0
    with opened(observed.api) as stream:
        log(module_databases.operational, "Call")
        assert stream.next().data["title"] == "Call"
        assert observed.metric("agent_analytics_streams_open") == 1
    wait_until(lambda: observed.metric("agent_analytics_streams_open") == 0)
    for database in ("warehouse", "operational"):
        labels = {"database": database, "state": "connections_open"}
        assert 2 <= observed.metric("agent_analytics_pool", **labels) <= 10
    with psycopg.connect(module_databases.warehouse) as connection:
        row = connection.execute(
            "select build_id, extract(epoch from now() - built_at)::float,"
            " extract(epoch from now() - data_through)::float"
            " from serving.builds order by build_id desc limit 1"
        ).fetchone()
    assert row is not None
    assert observed.metric("agent_analytics_build_id") == row[0]
    assert observed.metric("agent_analytics_build_age_seconds") == pytest.approx(row[1], abs=10)
    assert observed.metric("agent_analytics_data_age_seconds") == pytest.approx(row[2], abs=10)
    assert observed.metric("agent_analytics_build_stale") == 0


def test_operations_md_names_the_series_that_are_served(observed: Observed) -> None:
    observed.api.get(KPIS).raise_for_status()
    served = {
        sample.name.removesuffix("_bucket"): sample.labels
        for family in text_string_to_metric_families(observed.metrics())
        for sample in family.samples
        if not sample.name.endswith(("_sum", "_count"))
    }
    pool_states = set(re.findall(r'agent_analytics_pool\{.*state="(\w+)"', observed.metrics()))
    document = (DOCS / "operations.md").read_text()
    names = set(re.findall(r"agent_analytics_\w+", document))
    assert names == {name for name in served if name.startswith("agent_analytics_")}
    for name, labels in re.findall(r"(agent_analytics_\w+)\{([a-z,]+)\}", document):
        assert set(labels.split(",")) == served[name].keys() - {"le"}, name
    [states] = re.findall(r"agent_analytics_pool\{database,state\}`(.*)", document)
    assert set(re.findall(r"`(\w+)`", states)) == pool_states


def test_metrics_are_not_answered_where_agents_ask(observed: Observed) -> None:
    assert observed.api.anonymous("/metrics").status_code == 404


def test_a_trace_goes_on_from_the_callers_to_the_read(observed: Observed) -> None:
    headers = {
        "traceparent": f"00-{TRACE}-b7ad6b7169203331-01",
        "X-Request-ID": "traced-request",
    }
    observed.api.get("/agent/analytics/lead-sources?dateRange=365", headers=headers)

    def mine() -> dict[str, Any]:
        return {span.name: span for span in observed.spans() if span.trace_id.hex() == TRACE}

    wait_until(lambda: len(mine()) == 2)
    request, read = mine()["GET /agent/analytics/lead-sources"], mine()["pool read"]
    assert request.parent_span_id.hex() == "b7ad6b7169203331"
    assert read.parent_span_id == request.span_id
    attributes = {pair.key: pair.value for pair in request.attributes}
    assert attributes["http.route"].string_value == "/agent/analytics/lead-sources"
    assert attributes["http.response.status_code"].int_value == 200
    assert attributes["request.id"].string_value == "traced-request"


def test_no_token_and_no_data_is_in_logs_metrics_or_traces(
    observed: Observed, module_databases: Databases
) -> None:
    with psycopg.connect(module_databases.operational) as connection:
        connection.execute(
            "insert into agent_activity_log (agent_id, activity_type, description, lead_id)"
            " values ('agent-1', 'call', %s, %s)",
            [SECRET_TEXT, SECRET_TEXT],
        )
    sent = token()
    for path in (
        KPIS,
        "/agent/analytics/activities",
        f"/agent/analytics/records?metric={SECRET_TEXT}",
        f"{KPIS}?agentId={SECRET_TEXT}",
        f"/{SECRET_TEXT}",
        "/agent/goals",
    ):
        answer = observed.api.client.get(path, headers={"Authorization": f"Bearer {sent}"})
        observed.request(answer.headers["x-request-id"])
    observed.api.client.get(KPIS, headers={"Authorization": "Bearer broken-token-text"})
    assert SECRET_TEXT in observed.api.get("/agent/analytics/activities").text
    with psycopg.connect(module_databases.operational) as connection:
        # The answer to this one is an exception that quotes the row.
        connection.execute("alter table agent_goals rename column target_value to gone")
    try:
        failed = observed.api.send(
            "PUT", "/agent/goals", json={"period": "monthly", "goals": {"conversions": 4711}}
        )
        assert failed.status_code == 500
        assert observed.request(failed.headers["x-request-id"])["level"] == "error"
    finally:
        with psycopg.connect(module_databases.operational) as connection:
            connection.execute("alter table agent_goals rename column gone to target_value")
    wait_until(lambda: any("exception" in line for line in observed.lines()))
    traces = b"".join(_plain(posted.body) for posted in observed.traces.posted)
    for output in (observed.log.read_text(), observed.metrics(), traces.decode("latin-1")):
        assert output
        for secret in (SECRET_TEXT, sent, sent.split(".")[1], "broken-token-text", "agent-1"):
            assert secret not in output
        assert "postgresql://" not in output
