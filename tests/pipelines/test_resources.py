"""The run's resource reaches the warehouse although the session of its build hangs."""

import os
import signal
from collections.abc import Iterator

import dagster as dg
import psycopg
import pytest

from pipelines.resources import WarehouseResource
from pipelines.transformation.build_plan import needs_full_rebuild
from warehouse import connect
from warehouse.databases import Databases


@pytest.fixture
def resource(databases: Databases, monkeypatch: pytest.MonkeyPatch) -> Iterator[WarehouseResource]:
    """A resource of a warehouse whose marts hold a finished build."""
    monkeypatch.setenv("OPERATIONAL_DATABASE_URL", databases.operational)
    monkeypatch.setenv("WAREHOUSE_DATABASE_URL", databases.warehouse)
    with psycopg.connect(databases.warehouse) as connection:
        connection.execute(
            "insert into state.build_state (as_of, through, definition_hash, checks_hash, load_ids,"
            " is_wholly_changed, is_checked)"
            " values ('2024-02-29', '2024-02-29', '', '', '{}', false, true)"
        )
    with (
        dg.build_init_resource_context() as context,
        WarehouseResource().yield_for_execution(context) as opened,
    ):
        yield opened


def is_invalid(databases: Databases) -> bool:
    with psycopg.connect(databases.warehouse) as connection:
        return needs_full_rebuild(connection)


def test_marts_are_invalidated_although_the_build_session_hangs(
    resource: WarehouseResource, databases: Databases
) -> None:
    backend = resource.begin_build_session().info.backend_pid
    os.kill(backend, signal.SIGSTOP)
    try:
        resource.invalidate_marts()
        assert is_invalid(databases)
    finally:
        os.kill(backend, signal.SIGCONT)


def test_invalidating_the_marts_ends_although_another_session_holds_their_state(
    resource: WarehouseResource, databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connect, "STATEMENT_SECONDS", 1)
    with psycopg.connect(databases.warehouse) as holding:
        holding.execute("update state.build_state set is_checked = true")
        with pytest.raises(psycopg.errors.QueryCanceled):
            resource.invalidate_marts()
    assert not is_invalid(databases)


def test_a_build_session_notices_that_its_server_is_lost(resource: WarehouseResource) -> None:
    parameters = resource.begin_build_session().info.get_parameters()
    assert int(parameters["tcp_user_timeout"]) <= 60_000
    assert int(parameters["keepalives_idle"]) <= 60
