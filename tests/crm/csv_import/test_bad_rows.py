"""An import reports every bad row by line, and then writes nothing."""

from pathlib import Path

import pytest

from crm.csv_import.bad_rows import BadFileError
from crm.csv_import.importer import import_directory
from crm.sources.mapping import LeadsMapping
from tests.support.crm.operational_tables import counts
from warehouse.databases import Databases

LEADS = "id,created_at,assigned_agent_id,contacted_at,response_time_hours,satisfaction_rating\n"
ACTIVITIES = "agent_id,lead_id,activity_type,timestamp,metadata\n"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "leads.csv").write_text("id,created_at\nL1,2024-03-01T08:00:00Z\n")
    return tmp_path


def rejection(url: str, files: Path) -> str:
    """Returns the message of a rejected import, after which the tables are empty."""
    with pytest.raises(BadFileError) as rejected:
        import_directory(url, files, LeadsMapping())
    assert counts(url) == (0, 0)
    return str(rejected.value)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (b"L2,2024-03-01", "line 3: expected 6 fields, found 2"),
        (b"L2,2024-03-01,,,,,", "line 3: expected 6 fields, found 7"),
        (b'L2,"2024-03-01"x,,,,', "line 3: malformed CSV (',' expected after '\"')"),
        (b'"L2,2024-03-01,,,,', "line 3: malformed CSV (unexpected end of data)"),
        (b"L\x002,2024-03-01,,,,", "line 3, id: contains a NUL character"),
        (b"L2,2024-03-01,K\xe4te,,,", "line 3, assigned_agent_id: not valid UTF-8"),
        (b",2024-03-01,,,,", "line 3, id: missing value"),
        (b"L2,,,,,", "line 3, created_at: missing value"),
        (b"L2,yesterday,,,,", "line 3, created_at: 'yesterday' is not an ISO 8601 time"),
        (b"L2,1709280000,,,,", "line 3, created_at: '1709280000' is not an ISO 8601 time"),
        (b"L2,01/03/2024,,,,", "line 3, created_at: '01/03/2024' is not an ISO 8601 time"),
        (
            b"L2,2024-03-01,,2024-02-30,,",
            "line 3, contacted_at: '2024-02-30' is not an ISO 8601 time "
            "(day is out of range for month)",
        ),
        (
            b"L2,2024-03-01," + b"a" * 51 + b",,,",
            "line 3, assigned_agent_id: 51 characters exceed the limit of 50",
        ),
        (
            b"L2,2024-03-01,,,99999999.9999999,",
            "line 3, response_time_hours: '99999999.9999999' is too large "
            "(must be below 100000000)",
        ),
        (b"L2,2024-03-01,,,soon,", "line 3, response_time_hours: 'soon' is not a number"),
        (b"L2,2024-03-01,,,NaN,", "line 3, response_time_hours: 'NaN' is not a number"),
        (
            b"L2,2024-03-01,,,,9",
            "line 3, satisfaction_rating: '9' is not a whole number from 1 to 5",
        ),
        (
            b"L2,2024-03-01,,,,4.5",
            "line 3, satisfaction_rating: '4.5' is not a whole number from 1 to 5",
        ),
        (b"L1,2024-03-01,,,,", "line 3, id: duplicate id 'L1' (first on line 2)"),
    ],
)
def test_a_bad_lead_is_rejected_with_its_line(
    module_databases: Databases, files: Path, row: bytes, expected: str
) -> None:
    (files / "leads.csv").write_bytes(LEADS.encode() + b"L1,2024-03-01,,,,\n" + row + b"\n")
    assert rejection(module_databases.operational, files) == f"leads.csv, {expected}"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("a1,L1,,2024-03-01,", "line 2, activity_type: missing value"),
        ("a1,L1,call,,", "line 2, timestamp: missing value"),
        (
            f"a1,{'L' * 51},call,2024-03-01,",
            "line 2, lead_id: 51 characters exceed the limit of 50",
        ),
        (
            "a1,L1,call,2024-03-01,revenue: 5",
            "line 2, metadata: 'revenue: 5' is not valid JSON "
            "(Expecting value: line 1 column 1 (char 0))",
        ),
        (
            'a1,L1,call,2024-03-01,"{""revenue"": NaN}"',
            "line 2, metadata: '{\"revenue\": NaN}' is not valid JSON (NaN is not a JSON number)",
        ),
        (
            'a1,L1,call,2024-03-01,"{""a"": ""\\u0000""}"',
            'line 2, metadata: \'{"a": "\\\\u0000"}\' is not valid JSON (contains a NUL character)',
        ),
        (
            'a1,L1,call,2024-03-01,"{""a"": 1e9999}"',
            "line 2, metadata: '{\"a\": 1e9999}' is not valid JSON (number too long)",
        ),
    ],
)
def test_a_bad_activity_is_rejected_and_no_lead_is_written(
    module_databases: Databases, files: Path, row: str, expected: str
) -> None:
    (files / "agent_activity_log.csv").write_text(ACTIVITIES + row + "\n")
    assert rejection(module_databases.operational, files) == f"agent_activity_log.csv, {expected}"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("id,source\n", "leads.csv, line 1, created_at: missing column"),
        ("id,created_at,id\n", "leads.csv, line 1, id: duplicate column"),
        ("", "leads.csv, line 1, id: missing column\n"
             "leads.csv, line 1, created_at: missing column"),
        (
            "id,created_at,phone\n",
            "leads.csv, line 1: unknown column 'phone' (expected: id, created_at, source, "
            "disposition, assigned_agent_id, contacted_at, interested_at, response_time_hours, "
            "satisfaction_rating, updated_at)",
        ),
    ],
)  # fmt: skip
def test_a_bad_header_is_rejected(
    module_databases: Databases, files: Path, header: str, expected: str
) -> None:
    (files / "leads.csv").write_text(header)
    assert rejection(module_databases.operational, files) == expected


def test_a_directory_without_leads_is_rejected(module_databases: Databases, tmp_path: Path) -> None:
    assert rejection(module_databases.operational, tmp_path) == (
        f"leads.csv: No such file or directory ({tmp_path / 'leads.csv'})"
    )


def test_bad_rows_of_both_files_are_counted_and_the_first_twenty_shown(
    module_databases: Databases, files: Path
) -> None:
    bad_leads = "".join(f"L{number},never\n" for number in range(18))
    (files / "leads.csv").write_text("id,created_at\n" + bad_leads)
    (files / "agent_activity_log.csv").write_text(ACTIVITIES + "a1,L1,call,never,\n" * 7)
    lines = rejection(module_databases.operational, files).splitlines()
    assert len(lines) == 21
    assert lines[0] == "leads.csv, line 2, created_at: 'never' is not an ISO 8601 time"
    assert lines[19] == (
        "agent_activity_log.csv, line 3, timestamp: 'never' is not an ISO 8601 time"
    )
    assert lines[20] == "and 5 more"


def test_lines_are_counted_as_an_editor_counts_them(
    module_databases: Databases, files: Path
) -> None:
    (files / "agent_activity_log.csv").write_text(
        'activity_type,timestamp,description\ncall,2024-03-01,"one\ntwo\nthree"\n\nmail,?,\n'
    )
    assert rejection(module_databases.operational, files) == (
        "agent_activity_log.csv, line 6, timestamp: '?' is not an ISO 8601 time"
    )


def test_a_repeated_id_is_reported_even_if_its_row_is_bad(
    module_databases: Databases, files: Path
) -> None:
    (files / "leads.csv").write_text("id,created_at\nL1,2024-03-01\nL1,never\n")
    assert rejection(module_databases.operational, files) == (
        "leads.csv, line 3, created_at: 'never' is not an ISO 8601 time\n"
        "leads.csv, line 3, id: duplicate id 'L1' (first on line 2)"
    )
