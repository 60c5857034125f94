"""docs/database-schema.md says what migrated and built databases hold."""

import os

import pytest

from tests.support.paths import DOCS
from tests.support.pipeline import Pipeline
from warehouse import schema_document

pytest_plugins = ("tests.support.fixtures.refreshed_small",)

DOCUMENT = DOCS / "database-schema.md"


def test_the_document_is_that_of_the_databases(
    small_pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    databases = small_pipeline.databases
    found = schema_document.schema_document(databases.operational, databases.warehouse)
    if os.environ.get("SCHEMA_DOCS") == "write":
        DOCUMENT.write_text(found)
    assert DOCUMENT.read_text() == found, "run `make schema-docs`"

    gone = (("agent_kpis", "height", "agent_funnel", "is"),)
    references = {**schema_document.REFERENCES, "marts": gone}
    monkeypatch.setattr(schema_document, "REFERENCES", references)
    with pytest.raises(LookupError, match="marts: agent_kpis and agent_funnel share no height"):
        schema_document.schema_document(databases.operational, databases.warehouse)


def test_every_column_that_dbt_builds_is_described_in_the_database(
    small_pipeline: Pipeline,
) -> None:
    described = [
        (f"{schema}.{table.name}.{column.name}", column.description)
        for schema in ("staging", "intermediate", "marts")
        for table in schema_document.tables(small_pipeline.databases.warehouse, schema)
        for column in table.columns
    ]
    assert described
    assert [name for name, text in described if not text] == []
