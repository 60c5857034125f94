"""The typed client is made from the OpenAPI document, compiles strictly, and works everywhere."""

import json
import re
from pathlib import Path

import pytest

from tests.support.clients.event_stream import STREAM, opened
from tests.support.clients.typescript_package import a_program, built_client, run
from tests.support.crm.activity_log import log
from tests.support.documents.api_examples import DOCUMENT
from tests.support.paths import DATA, REPOSITORY
from tests.support.servers.api_server import Api, token

pytest_plugins = ("tests.support.fixtures.api",)

PROGRAM = DATA / "typescript_program.ts"
WRONG = {
    '"30" as const': '"31" as const',
    "kpis.kpis.leadsHandled": "kpis.kpis.leadsHandeled",
    '"/agent/analytics/funnel"': '"/agent/analytics/funnels"',
    "{ conversions: 30 }": '{ conversions: "30" }',
}
COMPILE = ("tsc", "--strict", "--module", "nodenext", "--target", "es2022", "--skipLibCheck")


SESSION = "declare const session: { token: string };\n"


def shown_in_the_document() -> str:
    [snippet] = re.findall(r"^```ts\n(.*?)^```$", DOCUMENT.read_text(), re.MULTILINE | re.DOTALL)
    return str(snippet)


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_program(built_client(tmp_path_factory.mktemp("client")), PROGRAM)


def test_a_program_that_uses_every_route_compiles_and_runs(
    program: Path, api: Api, crm: str
) -> None:
    with opened(api) as stream:
        place = stream.place("open")
    log(crm, "Sent the offer")
    (program / "snippet.ts").write_text(SESSION + shown_in_the_document())
    run(program, *COMPILE, "program.ts", "snippet.ts")
    output = run(program, "node", "program.js", API=api.url, TOKEN=token(), PLACE=place)
    assert json.loads(output) == {
        "kpis": 47,
        "asOf": "2026-03-31",
        "funnel": 32,
        "sources": "Website",
        "revenue": 12,
        "rank": 2,
        "insights": 2,
        "mean": 1.5,
        "records": 3,
        "restated": 2,
        "measure": 63531.53,
        "metrics": 2,
        "activity": "Sent the offer",
        "made": 30,
        "put": 40,
        "goals": 1,
        "live": 200,
        "ready": 200,
        "refused": [409, "Monthly goal already exists: conversions"],
        "deleted": 204,
        "followed": "Sent the offer",
        "place": "string",
        "stranger": 401,
        "signedOut": "Error: nobody is signed in",
    }


def test_the_program_uses_every_operation_of_the_api(api: Api) -> None:
    paths = api.anonymous("/openapi.json").json()["paths"]
    offered = {(method.upper(), path) for path, of_path in paths.items() for method in of_path}
    used = set(re.findall(r'client\.(GET|POST|PUT|DELETE)\("([^"]+)"', PROGRAM.read_text()))
    assert offered - {("GET", STREAM)} == used


def test_a_program_that_asks_for_what_is_not_there_does_not_compile(program: Path) -> None:
    text = PROGRAM.read_text()
    for number, (good, bad) in enumerate(WRONG.items()):
        assert good in text
        (program / f"wrong{number}.ts").write_text(text.replace(good, bad, 1))
    names = [f"wrong{number}.ts" for number in range(len(WRONG))]
    with pytest.raises(AssertionError) as failed:
        run(program, *COMPILE, "--noEmit", *names)
    files = re.findall(r"(wrong\d\.ts)\(\d+,\d+\): error TS", str(failed.value))
    assert sorted(set(files)) == names


def test_the_lock_names_hashes_and_no_addresses() -> None:
    text = (REPOSITORY / "clients" / "typescript" / "package-lock.json").read_text()
    assert "://" not in text
    packages = json.loads(text)["packages"]
    assert [name for name, package in packages.items() if name and "integrity" not in package] == []
