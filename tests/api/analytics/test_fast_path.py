"""The fast path returns what the routes would return, to the same agents."""

import threading
import time
from collections.abc import Iterator

import httpx
import jwt
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from api.analytics.fast_path import CachedAnswerMiddleware
from api.analytics.parsed_request_cache import MAX_KEY_LENGTH, ParsedRequestCache
from api.auth.token_cache import TRUST_SECONDS, TokenCache, VerifiedToken
from tests.support.servers.api_server import (
    SECRET,
    Api,
    bearer,
    claims,
    publish_build,
    serving,
    serving_at_a_rate,
    settings,
    token,
)
from tests.support.waiting import LIFETIMES, PATIENCE, wait_until
from warehouse.databases import Databases

pytest_plugins = ("tests.support.fixtures.api",)

KPIS = "/agent/analytics/kpis"
SOURCES = "/agent/analytics/lead-sources"
QUESTIONS = [
    KPIS,
    f"{KPIS}?dateRange=7",
    f"{KPIS}?dateRange=30",
    f"{KPIS}?date%52ange=30",
    f"{KPIS}?dateRange=8",
    f"{KPIS}?agentId=agent-1",
    f"{KPIS}?agentId=agent-2",
    f"{KPIS}?agentId=agent-1&agentId=agent-2",
    SOURCES,
    "/agent/analytics/metrics",
    "/agent/analytics/kpi",
]


@pytest.fixture
def answered_ahead(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Records the paths answered by the fast path."""
    paths: list[str] = []
    answer = CachedAnswerMiddleware._answer

    async def noted(self, request, scope, *channels):  # type: ignore[no-untyped-def]
        paths.append(scope["path"])
        await answer(self, request, scope, *channels)

    monkeypatch.setattr(CachedAnswerMiddleware, "_answer", noted)
    return paths


def without_date(answer: httpx.Response) -> tuple[int, bytes, dict[str, str]]:
    own = {"date", "x-request-id"}
    headers = {name: value for name, value in answer.headers.items() if name not in own}
    return answer.status_code, answer.content, headers


def test_the_second_answer_is_the_first_byte_by_byte(api: Api, answered_ahead: list[str]) -> None:
    given = token()
    for path, accept in ((KPIS, "*/*"), (SOURCES, "text/csv"), (SOURCES, "application/json")):
        headers = {**bearer(given), "Accept": accept}
        first = without_date(api.anonymous(path, headers=headers))
        answered_ahead.clear()
        assert without_date(api.anonymous(path, headers=headers)) == first
        assert answered_ahead == [path]
        tag = {"If-None-Match": first[2]["etag"]}
        held = api.anonymous(path, headers={**headers, **tag})
        assert (held.status_code, held.content) == (304, b"")
        assert held.headers["ETag"] == first[2]["etag"]
        other = api.anonymous(path, headers={**headers, "If-None-Match": '"other"'})
        assert without_date(other) == first


def test_an_answer_to_one_origin_tells_the_next_nothing_of_it(
    module_databases: Databases, filled_warehouse: str
) -> None:
    origin = "https://crm.example.com"
    with serving(settings(api_cors_origins=origin), module_databases) as api:
        given = bearer(token())
        plain = without_date(api.anonymous(KPIS, headers=given))
        crossed = [api.anonymous(KPIS, headers={**given, "Origin": origin}) for _ in range(2)]
        foreign = api.anonymous(KPIS, headers={**given, "Origin": "https://elsewhere.example"})
        assert without_date(api.anonymous(KPIS, headers=given)) == plain
    for answer in crossed:
        assert answer.headers["Access-Control-Allow-Origin"] == origin
    assert "Access-Control-Allow-Origin" not in foreign.headers


def test_another_method_is_left_to_the_routes(api: Api) -> None:
    given = bearer(token())
    assert [api.anonymous(KPIS, headers=given).status_code for _ in range(2)] == [200, 200]
    for method in ("HEAD", "OPTIONS", "POST", "DELETE", "PURGE"):
        assert api.client.request(method, KPIS, headers=given).status_code == 405


def test_an_event_id_is_looked_at_also_where_the_answer_is_known(api: Api) -> None:
    given = bearer(token())
    api.anonymous(KPIS, headers=given)
    with api.client.stream(
        "GET", "/agent/analytics/activities/stream", headers=bearer(token("agent-2"))
    ) as stream:
        [event_id] = [line[4:] for line in _head(stream.iter_lines()) if line.startswith("id: ")]
    foreign = api.anonymous(KPIS, headers={**given, "Last-Event-ID": event_id})
    assert (foreign.status_code, foreign.json()) == (403, {"error": "Can only access own data"})


def _head(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        if not line:
            return
        yield line


def test_a_token_ends_with_its_expiry_despite_a_cached_answer(api: Api) -> None:
    for seconds in LIFETIMES:
        given = bearer(token(exp=int(time.time()) + seconds))
        statuses = [api.anonymous(KPIS, headers=given).status_code for _ in range(2)]
        if statuses == [200, 200]:
            break
    assert statuses == [200, 200]
    wait_until(lambda: api.anonymous(KPIS, headers=given).status_code != 200)
    refused = api.anonymous(KPIS, headers=given)
    assert (refused.status_code, refused.json()) == (401, {"error": "Authentication required"})


def test_a_token_of_another_key_or_role_is_rejected_despite_a_cached_answer(api: Api) -> None:
    assert api.get(KPIS).status_code == 200
    forged = jwt.encode(claims(), SECRET[::-1], algorithm="HS256")
    assert api.anonymous(KPIS, headers=bearer(forged)).status_code == 401
    assert api.anonymous(KPIS, headers=bearer(token(role="admin"))).status_code == 403
    assert api.anonymous(KPIS, headers={"Authorization": token()}).status_code == 401


def test_known_answers_count_towards_the_rate(
    module_databases: Databases, filled_warehouse: str
) -> None:
    with serving_at_a_rate(3.0, module_databases) as api:
        given = bearer(token())
        answers = [api.anonymous(KPIS, headers=given) for _ in range(7)]
        other = api.get(KPIS, agent="agent-2")
    assert [answer.status_code for answer in answers] == [200] * 6 + [429]
    assert answers[-1].json() == {"error": "Too many requests"}
    assert answers[-1].headers["Retry-After"] == "1"
    assert other.status_code == 200


def test_a_new_build_is_answered_after_its_notification(
    module_databases: Databases, filled_warehouse: str, watching: threading.Event
) -> None:
    with serving(settings(), module_databases) as api:
        assert watching.wait(PATIENCE)
        given = bearer(token())
        first = api.anonymous(KPIS, headers=given).json()["meta"]["buildId"]
        build_id = publish_build(filled_warehouse)

        def answered() -> int:
            return int(api.anonymous(KPIS, headers=given).json()["meta"]["buildId"])

        wait_until(lambda: answered() == build_id > first)


@hypothesis_settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(["agent-1", "agent-2"]), st.sampled_from(QUESTIONS))))
def test_two_agents_never_get_each_others_answers(
    api: Api, requests: list[tuple[str, str]]
) -> None:
    tokens = {agent: bearer(token(agent)) for agent in ("agent-1", "agent-2")}
    for agent, path in requests:
        answer = api.anonymous(path, headers=tokens[agent])
        other = "agent-1" if agent == "agent-2" else "agent-2"
        if f"agentId={other}" in path:
            assert answer.status_code == 403
        elif path.endswith("=8"):
            assert answer.status_code == 422
        elif path.endswith("/kpi"):
            assert answer.status_code == 404
        else:
            assert (answer.status_code, answer.json()["agentId"]) == (200, agent)
            assert other not in answer.text


def test_parsed_requests_are_bounded_in_number_and_length() -> None:
    requests = ParsedRequestCache(max_requests=2)
    keys = [(b"a", path, b"", b"") for path in ("/1", "/2", "/3")]
    for key in keys:
        requests.add(key, object())  # type: ignore[arg-type]
    assert [bool(requests.get(key)) for key in keys] == [False, True, True]
    long = (b"a", "/4", b"x" * MAX_KEY_LENGTH, b"*")
    requests.add(long, object())  # type: ignore[arg-type]
    assert requests.get(long) is None


def test_a_verified_token_is_trusted_for_a_minute_and_not_past_its_expiry(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now, since_boot = 1000.0, 50.0
    monkeypatch.setattr("api.auth.token_cache.time.time", lambda: now)
    monkeypatch.setattr("api.auth.token_cache.time.monotonic", lambda: since_boot)
    tokens = TokenCache(max_tokens=2)
    short, long = VerifiedToken("a", 1010.0), VerifiedToken("b", 9999.0)
    assert tokens.add(b"short", short) is short
    tokens.add(b"long", long)
    assert tokens.get(b"short") is short
    assert tokens.get(b"shorter") is None
    now = 1010.0
    assert tokens.get(b"short") is None
    # A clock that is set back trusts nothing for longer.
    now, since_boot = 900.0, 50.0 + TRUST_SECONDS
    assert tokens.get(b"long") is None
    # Verified again, it is trusted again.
    tokens.add(b"long", long)
    assert tokens.get(b"long") is long
    for digest in (b"c", b"d", b"e"):
        tokens.add(digest, long)
    assert [bool(tokens.get(digest)) for digest in (b"c", b"d", b"e")] == [False, True, True]
