"""A small build is planned by how much changed, whatever autovacuum saw last."""

import psycopg

from tests.support.pipeline import Pipeline

pytest_plugins = ("tests.support.fixtures.refreshed_small",)

KNOWN = "select reltuples from pg_class where oid = 'state.changed_agent_days'::regclass"


def test_a_build_knows_how_much_changed(small_pipeline: Pipeline) -> None:
    databases = small_pipeline.databases
    with psycopg.connect(databases.warehouse, autocommit=True) as warehouse:
        # After a build nothing is changed: what autovacuum records.
        warehouse.execute("analyze state.changed_agent_days")
        assert warehouse.execute(KNOWN).fetchone() == (0,)
        with psycopg.connect(databases.operational) as operational:
            operational.execute("update leads set source = source || '!' where id = 'L07'")
        small_pipeline.refreshed()
        row = warehouse.execute(KNOWN).fetchone()
        assert row is not None
        assert row[0] > 0
