"""Every answer comes from one build, also while builds are published."""

import threading

import psycopg

from tests.support.servers.api_server import Api, fill, serving, settings
from warehouse.databases import Databases

BUILDS = 20
PUBLISH = """
    with build as (
        insert into serving.builds
            (as_of, through, data_through, time_zone, definition_hash, mode, run_id, ranked_agents,
             periods)
        select as_of, through, now(), 'UTC', 'f', 'full', 'r', '{}', periods
        from serving.builds
        order by build_id desc
        limit 1
        returning build_id
    ),
    kpis as (update serving.agent_kpis set leads_handled = build_id from build)
    update serving.agent_trends
    set details = json_build_object('leads', json_build_object('current', build_id))::text
    from build
"""


def publish_until(stopped: threading.Event, url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        while not stopped.is_set():
            connection.execute(PUBLISH)
            connection.execute("notify serving_build")
            stopped.wait(0.001)


def numbers_of_an_answer(api: Api) -> tuple[int, int, int]:
    body = api.get("/agent/analytics/kpis").json()
    return (
        body["meta"]["buildId"],
        body["kpis"]["leadsHandled"],
        body["trendDetails"]["leads"]["current"],
    )


def test_no_answer_mixes_two_builds(databases: Databases) -> None:
    fill(databases.warehouse)
    stopped = threading.Event()
    publisher = threading.Thread(target=publish_until, args=(stopped, databases.warehouse))
    with serving(settings(), databases) as api:
        publisher.start()
        try:
            while numbers_of_an_answer(api)[0] < 3:
                pass
            answers = [numbers_of_an_answer(api) for _ in range(200)]
            while len({build for build, _, _ in answers}) < BUILDS:
                answers.append(numbers_of_an_answer(api))
        finally:
            stopped.set()
            publisher.join()
    assert [answer for answer in answers if len(set(answer)) > 1] == []
    builds = [build for build, _, _ in answers]
    assert builds == sorted(builds)
