"""An import says where each bad row is, and then writes nothing."""

from pathlib import Path

import pytest

from crm.csv_import.importer import import_directory
from crm.csv_import.rows import BadFileError
from crm.sources.mapping import LeadsMapping
from tests.support.crm.operational_tables import counts
from warehouse.databases import Databases

LEADS = "id,created_at,assigned_agent_id,contacted_at,response_time_hours,satisfaction_rating\n"
ACTIVITIES = "agent_id,lead_id,activity_type,timestamp,metadata\n"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "leads.csv").write_text("id,created_at\nL1,2024-03-01T08:00:00Z\n")
    return tmp_path


def refusal(url: str, files: Path) -> str:
    """The message of an import that is refused, after which the tables are empty."""
    with pytest.raises(BadFileError) as refused:
        import_directory(url, files, LeadsMapping())
    assert counts(url) == (0, 0)
    return str(refused.value)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (b"L2,2024-03-01", "line 3: 2 fields, the header has 6"),
        (b"L2,2024-03-01,,,,,", "line 3: 7 fields, the header has 6"),
        (b'L2,"2024-03-01"x,,,,', "line 3: broken CSV (',' expected after '\"')"),
        (b'"L2,2024-03-01,,,,', "line 3: broken CSV (unexpected end of data)"),
        (b"L\x002,2024-03-01,,,,", "line 3, id: the text holds a NUL character"),
        (b"L2,2024-03-01,K\xe4te,,,", "line 3, assigned_agent_id: the text is not UTF-8"),
        (b",2024-03-01,,,,", "line 3, id: the value is missing"),
        (b"L2,,,,,", "line 3, created_at: the value is missing"),
        (b"L2,yesterday,,,,", "line 3, created_at: 'yesterday' is not a time in ISO-8601"),
        (b"L2,1709280000,,,,", "line 3, created_at: '1709280000' is not a time in ISO-8601"),
        (b"L2,01/03/2024,,,,", "line 3, created_at: '01/03/2024' is not a time in ISO-8601"),
        (
            b"L2,2024-03-01,,2024-02-30,,",
            "line 3, contacted_at: '2024-02-30' is not a time in ISO-8601 "
            "(day is out of range for month)",
        ),
        (
            b"L2,2024-03-01," + b"a" * 51 + b",,,",
            "line 3, assigned_agent_id: 51 characters, at most 50 fit",
        ),
        (
            b"L2,2024-03-01,,,99999999.9999999,",
            "line 3, response_time_hours: '99999999.9999999' is too large, "
            "it must be below 100000000",
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
        (b"L1,2024-03-01,,,,", "line 3, id: 'L1' is on line 2 already"),
    ],
)
def test_a_bad_lead_is_refused_with_its_line(
    module_databases: Databases, files: Path, row: bytes, expected: str
) -> None:
    (files / "leads.csv").write_bytes(LEADS.encode() + b"L1,2024-03-01,,,,\n" + row + b"\n")
    assert refusal(module_databases.operational, files) == f"leads.csv, {expected}"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("a1,L1,,2024-03-01,", "line 2, activity_type: the value is missing"),
        ("a1,L1,call,,", "line 2, timestamp: the value is missing"),
        (f"a1,{'L' * 51},call,2024-03-01,", "line 2, lead_id: 51 characters, at most 50 fit"),
        (
            "a1,L1,call,2024-03-01,revenue: 5",
            "line 2, metadata: 'revenue: 5' is not JSON "
            "(Expecting value: line 1 column 1 (char 0))",
        ),
        (
            'a1,L1,call,2024-03-01,"{""revenue"": NaN}"',
            "line 2, metadata: '{\"revenue\": NaN}' is not JSON (NaN is no number in JSON)",
        ),
        (
            'a1,L1,call,2024-03-01,"{""a"": ""\\u0000""}"',
            'line 2, metadata: \'{"a": "\\\\u0000"}\' is not JSON (it holds a NUL character)',
        ),
        (
            'a1,L1,call,2024-03-01,"{""a"": 1e9999}"',
            "line 2, metadata: '{\"a\": 1e9999}' is not JSON (a number in it is too long)",
        ),
    ],
)
def test_a_bad_activity_is_refused_with_its_line_and_no_lead_is_written(
    module_databases: Databases, files: Path, row: str, expected: str
) -> None:
    (files / "agent_activity_log.csv").write_text(ACTIVITIES + row + "\n")
    assert refusal(module_databases.operational, files) == f"agent_activity_log.csv, {expected}"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("id,source\n", "leads.csv, line 1, created_at: the column is missing"),
        ("id,created_at,id\n", "leads.csv, line 1, id: the column is there twice"),
        ("", "leads.csv, line 1, id: the column is missing\n"
             "leads.csv, line 1, created_at: the column is missing"),
        (
            "id,created_at,phone\n",
            "leads.csv, line 1: unknown column 'phone', known are id, created_at, source, "
            "disposition, assigned_agent_id, contacted_at, interested_at, response_time_hours, "
            "satisfaction_rating, updated_at",
        ),
    ],
)  # fmt: skip
def test_a_bad_header_is_refused(
    module_databases: Databases, files: Path, header: str, expected: str
) -> None:
    (files / "leads.csv").write_text(header)
    assert refusal(module_databases.operational, files) == expected


def test_a_directory_without_leads_is_refused(module_databases: Databases, tmp_path: Path) -> None:
    assert refusal(module_databases.operational, tmp_path) == (
        f"leads.csv: No such file or directory ({tmp_path / 'leads.csv'})"
    )


def test_all_bad_rows_of_both_files_are_counted_and_the_first_twenty_shown(
    module_databases: Databases, files: Path
) -> None:
    bad_leads = "".join(f"L{number},never\n" for number in range(18))
    (files / "leads.csv").write_text("id,created_at\n" + bad_leads)
    (files / "agent_activity_log.csv").write_text(ACTIVITIES + "a1,L1,call,never,\n" * 7)
    lines = refusal(module_databases.operational, files).splitlines()
    assert len(lines) == 21
    assert lines[0] == "leads.csv, line 2, created_at: 'never' is not a time in ISO-8601"
    assert lines[19] == (
        "agent_activity_log.csv, line 3, timestamp: 'never' is not a time in ISO-8601"
    )
    assert lines[20] == "and 5 more"


def test_a_line_is_counted_as_in_an_editor_where_a_quoted_cell_holds_line_breaks(
    module_databases: Databases, files: Path
) -> None:
    (files / "agent_activity_log.csv").write_text(
        'activity_type,timestamp,description\ncall,2024-03-01,"one\ntwo\nthree"\n\nmail,?,\n'
    )
    assert refusal(module_databases.operational, files) == (
        "agent_activity_log.csv, line 6, timestamp: '?' is not a time in ISO-8601"
    )


def test_a_lead_that_is_repeated_is_found_though_its_row_is_bad_in_itself(
    module_databases: Databases, files: Path
) -> None:
    (files / "leads.csv").write_text("id,created_at\nL1,2024-03-01\nL1,never\n")
    assert refusal(module_databases.operational, files) == (
        "leads.csv, line 3, created_at: 'never' is not a time in ISO-8601\n"
        "leads.csv, line 3, id: 'L1' is on line 2 already"
    )
