"""docs/database-schema.md matches migrated and built databases."""

import os

import pytest

from tests.support.paths import DOCS
from tests.support.pipeline import Pipeline
from warehouse import schema_document

pytest_plugins = ("tests.support.fixtures.refreshed_small",)

DOCUMENT = DOCS / "database-schema.md"
# Their columns are sums of those of the daily mart and of the key figures, which are described.
OF_OTHER_MARTS = {"agent_period_sums", "agent_comparisons"}


def test_the_document_is_up_to_date(
    small_pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    databases = small_pipeline.databases
    document = schema_document.schema_document(databases.operational, databases.warehouse)
    if os.environ.get("SCHEMA_DOCS") == "write":
        DOCUMENT.write_text(document)
    assert DOCUMENT.read_text() == document, "run `make schema-docs`"

    missing = (("agent_kpis", "height", "agent_funnel", "is"),)
    references = {**schema_document.REFERENCES, "marts": missing}
    monkeypatch.setattr(schema_document, "REFERENCES", references)
    message = "marts: agent_kpis and agent_funnel have no common column height"
    with pytest.raises(LookupError, match=message):
        schema_document.schema_document(databases.operational, databases.warehouse)


def test_every_column_of_a_dbt_model_has_a_comment_in_the_database(
    small_pipeline: Pipeline,
) -> None:
    described = [
        (f"{schema}.{table.name}.{column.name}", column.description)
        for schema in ("staging", "intermediate", "marts")
        for table in schema_document.tables(small_pipeline.databases.warehouse, schema)
        if table.name not in OF_OTHER_MARTS
        for column in table.columns
    ]
    assert described
    assert [name for name, text in described if not text] == []
