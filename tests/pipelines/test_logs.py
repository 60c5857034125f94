"""Events and logs of a run hold no password, even where a grant or a server is missing."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from psycopg.conninfo import conninfo_to_dict

from tests.conftest import PostgresServer
from tests.support.login_role import PASSWORD, login_role
from tests.support.pipeline import Pipeline

pytest_plugins = ("tests.support.fixtures.refreshed_small",)


@pytest.fixture
def role(postgres_server: PostgresServer) -> Iterator[str]:
    """A login role without rights."""
    with login_role(postgres_server.url("postgres")) as name:
        yield name


@pytest.mark.parametrize(
    ("database", "is_away"), [("operational", False), ("operational", True), ("warehouse", False)]
)
def test_a_failed_run_logs_no_password(
    small_pipeline: Pipeline,
    role: str,
    database: str,
    is_away: bool,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    address = conninfo_to_dict(getattr(small_pipeline.databases, database))
    port = 9 if is_away else address["port"]
    url = f"postgresql://{role}:{PASSWORD}@127.0.0.1:{port}/{address['dbname']}"
    databases = replace(small_pipeline.databases, **{database: url})
    result = replace(small_pipeline, databases=databases).refresh(is_full=True)
    assert not result.success
    output = capfd.readouterr()
    texts = [str(event) for event in result.all_events]
    texts += [
        event.step_failure_data.error.to_string()
        for event in result.all_events
        if event.is_step_failure and event.step_failure_data.error
    ]
    texts += [output.out, output.err, caplog.text]
    assert any("denied" in text or "refused" in text or "may not see" in text for text in texts)
    for text in texts:
        assert PASSWORD not in text
