"""A small build is planned by how much was touched, whatever autovacuum saw last."""

import psycopg

from tests.support.pipeline import Pipeline

pytest_plugins = ("tests.support.fixtures.refreshed_small",)

KNOWN = "select reltuples from pg_class where oid = 'raw.touched_agent_days'::regclass"


def test_a_build_knows_how_much_was_touched(small_pipeline: Pipeline) -> None:
    databases = small_pipeline.databases
    with psycopg.connect(databases.warehouse, autocommit=True) as warehouse:
        # After a build nothing is touched: what autovacuum records.
        warehouse.execute("analyze raw.touched_agent_days")
        assert warehouse.execute(KNOWN).fetchone() == (0,)
        with psycopg.connect(databases.operational) as operational:
            operational.execute("update leads set source = source || '!' where id = 'L07'")
        small_pipeline.refreshed()
        row = warehouse.execute(KNOWN).fetchone()
        assert row is not None
        assert row[0] > 0
