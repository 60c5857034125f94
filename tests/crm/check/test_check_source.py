"""`agent-analytics check-source` reports whether a live CRM fits, and changes nothing in it."""

import json
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from crm.check.report_model import SourceCheck
from crm.check.source_check import check_source
from crm.sources.mapping import LeadsMapping
from crm.sources.mapping_file import read_mapping
from tests.support.crm import enum_crm
from tests.support.login_role import as_role, login_role
from tests.support.servers.command_line import CommandLine

UUID_MAPPING = '[leads]\ntable = "crm.deals"\ncolumns.created_at = "opened"\n'
UUID_CRM = """
create schema crm;
create table crm.deals (
    id uuid primary key default gen_random_uuid(),
    opened timestamp not null,
    source text,
    disposition text,
    assigned_agent_id uuid,
    response_time_hours text
);
insert into crm.deals (opened, source, disposition)
select '2024-02-01', case when n % 2 = 0 then ' Web ' end, case when n < 3 then 'WON' else 'new' end
from generate_series(1, 10) as n;
analyze crm.deals;
"""
MANY_PROSPECTS = """
insert into "Sales"."Prospects" ("Uid", "Opened", "Channel", "State")
select n, now(), 'Messe', 'Neu' from generate_series(1, 20000) as n;
analyze "Sales"."Prospects";
"""


def mapped(tmp_path: Path, text: str) -> LeadsMapping:
    file = tmp_path / "crm_mapping.toml"
    file.write_text(text)
    return read_mapping(file)


def crm(url: str, statements: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute(statements.encode())


def findings(check: SourceCheck, level: str) -> dict[str, str]:
    return {finding.about: finding.text for finding in check.findings if finding.level == level}


@pytest.fixture
def reader(empty_database: str) -> Iterator[str]:
    """A role that may read the uuid CRM and nothing else."""
    crm(empty_database, UUID_CRM)
    with login_role(empty_database) as role:
        crm(empty_database, f"grant usage on schema crm to {role}")
        crm(empty_database, f"grant select (id, opened, source) on crm.deals to {role}")
        yield role


def test_uuids_and_plain_timestamps_fit_but_text_is_not_a_number(
    empty_database: str, tmp_path: Path
) -> None:
    crm(empty_database, UUID_CRM)
    check = check_source(empty_database, mapped(tmp_path, UUID_MAPPING))
    assert findings(check, "missing") == {
        '"crm"."deals".response_time_hours': ("is text, expected a number for response_time_hours")
    }
    assert findings(check, "note")['"crm"."deals".opened'] == (
        "is timestamp without time zone: read as time in UTC"
    )
    assert check.reads["id"] == "id (uuid)"
    assert check.rows == 10
    assert [(word.word, word.leads, word.read_as) for word in check.dispositions] == [
        ("new", 8, "not converted"),
        ("WON", 2, "converted"),
    ]
    assert {(word.word, word.leads, word.read_as) for word in check.sources} == {
        (" Web ", 5, "Web"),
        (None, 5, "Unknown"),
    }


def test_mixed_case_names_and_enums_fit_and_a_large_table_is_sampled(
    empty_database: str, tmp_path: Path
) -> None:
    crm(empty_database, enum_crm.TABLES + MANY_PROSPECTS)
    check = check_source(empty_database, mapped(tmp_path, enum_crm.MAPPING))
    assert check.fits, check.findings
    assert check.rows == 20000
    assert 0 < check.sampled <= 5000
    assert [(word.word, word.read_as) for word in check.dispositions] == [("Neu", "not converted")]
    assert findings(check, "note")['"Sales"."Prospects".State'].startswith("no sampled lead")


def test_missing_rights_are_named(reader: str, empty_database: str, tmp_path: Path) -> None:
    check = check_source(as_role(empty_database, reader), mapped(tmp_path, UUID_MAPPING))
    missing = findings(check, "missing")
    assert missing['"crm"."deals".disposition'] == "permission denied: grant select on it"
    assert '"crm"."deals".opened' not in missing
    texts = [finding.text for finding in check.findings if finding.about == f"role {reader}"]
    assert any("grant pg_read_all_stats" in text for text in texts)
    assert any("grant create on schema public" in text for text in texts)


def test_the_command_changes_nothing_and_exits_with_1_when_a_table_is_missing(
    empty_database: str, tmp_path: Path
) -> None:
    command = CommandLine(
        tmp_path, OPERATIONAL_DATABASE_URL=empty_database, WAREHOUSE_DATABASE_URL=empty_database
    )
    result = command.run("check-source", "--json")
    assert result.returncode == 1
    document = json.loads(result.stdout)
    assert document["fits"] is False
    assert {
        "level": "missing",
        "about": '"public"."leads"',
        "text": "no such table: set table under [leads]",
    } in document["findings"]
    with psycopg.connect(empty_database) as connection:
        [tables] = connection.execute(
            "select count(*) from pg_class where relnamespace = 'public'::regnamespace"
        ).fetchall()
    assert tables == (0,)


def test_a_missing_table_is_reported_with_similar_names(
    empty_database: str, tmp_path: Path
) -> None:
    crm(empty_database, enum_crm.TABLES)
    check = check_source(empty_database, mapped(tmp_path, '[leads]\ntable = "sales.prospects"\n'))
    assert findings(check, "missing")['"sales"."prospects"'] == (
        "no such table: set table under [leads] (similar tables: Sales.Prospects)"
    )


def test_a_filter_column_without_an_index_is_noted(empty_database: str, tmp_path: Path) -> None:
    crm(empty_database, UUID_CRM)
    check = check_source(empty_database, mapped(tmp_path, UUID_MAPPING))
    text = "no index starts with it: `agent-analytics migrate` builds one"
    notes = findings(check, "note")
    assert notes['"crm"."deals".assigned_agent_id'] == text
    assert notes['"crm"."deals".disposition'] == text
    crm(empty_database, "create index on crm.deals (disposition)")
    check = check_source(empty_database, mapped(tmp_path, UUID_MAPPING))
    assert '"crm"."deals".disposition' not in findings(check, "note")


def test_a_sample_that_times_out_is_skipped_and_the_rest_is_reported(
    empty_database: str, tmp_path: Path
) -> None:
    crm(
        empty_database,
        "create view leads as select 1 as id, now() as created_at, 'a' as disposition,"
        " pg_sleep(7)::text as source",
    )
    check = check_source(empty_database, LeadsMapping())
    assert findings(check, "note")['"public"."leads"'].startswith(
        "could not read a sample: canceling"
    )
    assert check.reads["id"] == "id (integer)"
