"""Matching of imported rows to rows of the CRM: by activity id, under the CRM's own names."""

from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from crm.bulk_load import ImportCounts
from crm.csv_import.bad_rows import BadFileError
from crm.csv_import.importer import import_directory
from crm.sources.mapping import LeadsMapping
from tests.support.crm.operational_tables import counts, rows


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "leads.csv").write_text("id,created_at\nL1,2024-03-01T08:00:00Z\n")
    return tmp_path


def test_imported_activity_ids_are_preserved_and_later_ids_follow_them(
    operational_database: str, files: Path
) -> None:
    header = "id,activity_type,timestamp,title\n"
    (files / "agent_activity_log.csv").write_text(
        header + "41,call,2024-03-01,A\n7,call,2024-03-02,B\n"
    )
    assert import_directory(operational_database, files, LeadsMapping()).activities == 2
    assert import_directory(operational_database, files, LeadsMapping()).activities == 0
    (files / "agent_activity_log.csv").write_text(header + "7,call,2024-03-02,C\n")
    assert import_directory(operational_database, files, LeadsMapping()).activities == 1
    [(logged,)] = rows(operational_database, "select log_agent_activity('a1', 'L1', 'call')")
    assert logged == 42
    assert rows(
        operational_database, "select id, title from agent_activity_log where id < 42 order by id"
    ) == [(7, "C"), (41, "A")]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (",call,2024-03-01", "line 3, id: missing value"),
        ("0,call,2024-03-01", "line 3, id: '0' is not a whole number from 1 to 2147483647"),
        ("7,call,2024-03-01", "line 3, id: duplicate id 7 (first on line 2)"),
        ("1,call,2024-03-01", "line 3, id: id 1 belongs to another activity in the log"),
    ],
)
def test_an_activity_id_identifies_one_activity(
    operational_database: str, files: Path, row: str, expected: str
) -> None:
    with psycopg.connect(operational_database) as connection:
        connection.execute("select log_agent_activity('a1', 'L1', 'email')")
    (files / "agent_activity_log.csv").write_text(
        f"id,activity_type,timestamp\n7,call,2024-03-01\n{row}\n"
    )
    with pytest.raises(BadFileError) as rejected:
        import_directory(operational_database, files, LeadsMapping())
    assert str(rejected.value) == f"agent_activity_log.csv, {expected}"
    assert counts(operational_database) == (0, 1)


def test_leads_are_written_to_the_mapped_table_within_the_limits_of_its_types(
    empty_database: str, files: Path
) -> None:
    with psycopg.connect(empty_database) as connection:
        connection.execute("create schema crm")
        connection.execute("create type crm.state as enum ('open', 'won')")
        connection.execute(
            'create table crm."Deals" (number bigint primary key, "Opened" timestamp,'
            " state crm.state, source text, assigned_agent_id text, contacted_at timestamptz,"
            " interested_at timestamptz, response_time_hours numeric,"
            " satisfaction_rating integer, touched timestamptz)"
        )
        connection.execute("create table agent_activity_log (id serial primary key)")
    mapping = LeadsMapping(
        table="crm.Deals",
        columns={
            **LeadsMapping().columns,
            "id": "number",
            "created_at": "Opened",
            "disposition": "state",
            "updated_at": "touched",
        },
    )
    (files / "leads.csv").write_text("id,created_at,disposition\n5,2024-03-01T08:00+02:00,won\n")
    assert import_directory(empty_database, files, mapping) == ImportCounts(1, 0)
    assert import_directory(empty_database, files, mapping) == ImportCounts(0, 0)
    assert rows(
        empty_database, 'select number, "Opened", state::text, touched from crm."Deals"'
    ) == [(5, datetime(2024, 3, 1, 6), "won", datetime(2024, 3, 1, 6, tzinfo=UTC))]
    (files / "leads.csv").write_text("id,created_at,disposition\n6,2024-03-01,lost\n")
    with pytest.raises(BadFileError, match=r'leads\.csv: invalid input value for enum .*"lost"'):
        import_directory(empty_database, files, mapping)
