"""A CSV import writes all rows of both files, exactly once."""

import os
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from crm.bulk_load import ImportCounts
from crm.csv_import.importer import import_directory
from crm.sources.mapping import LeadsMapping
from tests.support.crm.operational_tables import counts, rows

TRIAL_DATA = os.environ.get("AGENT_ANALYTICS_TRIAL_DATA")
GOOD_LEADS = "id,created_at\nL1,2024-03-01T08:00:00Z\n"
LEADS = "id,created_at,assigned_agent_id,contacted_at,response_time_hours,satisfaction_rating\n"
ACTIVITIES = "agent_id,lead_id,activity_type,timestamp,metadata\n"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "leads.csv").write_text(GOOD_LEADS)
    return tmp_path


def test_odd_but_valid_rows_are_accepted_unchanged(operational_database: str, files: Path) -> None:
    (files / "leads.csv").write_bytes(
        b"\xef\xbb\xbf" + LEADS.encode() + b"L1,2024-03-01T08:00:00+02:00,,,-3.5,\r\n"
        b"L2,2024-03-01 08:00:00.25,a1,2999-01-01,,5\r\n"
    )
    (files / "agent_activity_log.csv").write_text(
        ACTIVITIES
        + "a1,L1,conversion,2024-03-01T09:00:00Z,\n"
        + 'a1,nobody,conversion,2999-01-01T09:00:00Z,"{""revenue"": ""abc""}"\n'
        + ",,call,20240301T090000Z,\n"
    )
    written = import_directory(operational_database, files, LeadsMapping())
    assert written == ImportCounts(leads=2, activities=3)
    assert rows(
        operational_database,
        "select id, created_at, assigned_agent_id, response_time_hours, satisfaction_rating,"
        " source from leads order by id",
    ) == [
        ("L1", datetime(2024, 3, 1, 6, tzinfo=UTC), None, Decimal("-3.5"), None, None),
        ("L2", datetime(2024, 3, 1, 8, 0, 0, 250000, UTC), "a1", None, 5, None),
    ]
    assert rows(
        operational_database,
        "select id, agent_id, lead_id, metadata ->> 'revenue' from agent_activity_log order by id",
    ) == [(1, "a1", "L1", None), (2, "a1", "nobody", "abc"), (3, None, None, None)]


def test_files_with_only_a_header_are_accepted(operational_database: str, files: Path) -> None:
    (files / "leads.csv").write_text(LEADS)
    (files / "agent_activity_log.csv").write_text(ACTIVITIES)
    assert import_directory(operational_database, files, LeadsMapping()) == ImportCounts(0, 0)
    assert counts(operational_database) == (0, 0)


def test_a_row_is_stamped_with_its_own_latest_instant_at_most_now(
    operational_database: str, files: Path
) -> None:
    (files / "leads.csv").write_text(
        "id,created_at,contacted_at,interested_at,updated_at\n"
        "L1,2024-03-01,2024-03-03,2024-03-02,\n"
        "L2,2024-03-01,,,2024-05-05\n"
        "L3,2024-03-01,2999-01-01,,\n"
    )
    (files / "agent_activity_log.csv").write_text(
        "activity_type,timestamp\ncall,2024-03-01\ncall,2999-01-01\n"
    )
    import_directory(operational_database, files, LeadsMapping())
    stamps = [stamp for (stamp,) in rows(
        operational_database, "select updated_at from leads order by id"
    )]  # fmt: skip
    assert stamps[:2] == [datetime(2024, 3, 3, tzinfo=UTC), datetime(2024, 5, 5, tzinfo=UTC)]
    assert stamps[2] <= datetime.now(UTC)
    [(first,), (second,)] = rows(
        operational_database, "select recorded_at from agent_activity_log order by id"
    )
    assert first == datetime(2024, 3, 1, tzinfo=UTC)
    assert second <= datetime.now(UTC)


def test_an_import_fires_no_live_trigger(operational_database: str, files: Path) -> None:
    (files / "leads.csv").write_text(
        "id,created_at,disposition,assigned_agent_id\nL1,2024-03-01,converted,a1\n"
    )
    import_directory(operational_database, files, LeadsMapping())
    assert counts(operational_database) == (1, 0)


def test_a_second_import_changes_nothing(operational_database: str, files: Path) -> None:
    (files / "leads.csv").write_text(LEADS + "L1,2024-03-01,a1,2999-01-01,1.0000004,5\n")
    twice_and_once = "a1,L1,call,2024-03-01,\n" * 2 + 'a1,L1,conversion,2999-01-01,"{""r"":1}"\n'
    (files / "agent_activity_log.csv").write_text(ACTIVITIES + twice_and_once)
    everything = "select * from leads l cross join agent_activity_log a order by a.id"
    first = import_directory(operational_database, files, LeadsMapping())
    before = rows(operational_database, everything)
    second = import_directory(operational_database, files, LeadsMapping())
    assert (first, second) == (ImportCounts(1, 3), ImportCounts(0, 0))
    assert rows(operational_database, everything) == before


def test_equal_activities_are_added_up_to_their_number_in_the_file(
    operational_database: str, files: Path
) -> None:
    (files / "agent_activity_log.csv").write_text(ACTIVITIES + "a1,L1,call,2024-03-01,\n")
    import_directory(operational_database, files, LeadsMapping())
    (files / "agent_activity_log.csv").write_text(ACTIVITIES + "a1,L1,call,2024-03-01,\n" * 3)
    again = import_directory(operational_database, files, LeadsMapping())
    assert (again.activities, counts(operational_database)) == (2, (1, 3))


def test_a_changed_lead_is_updated_and_stamped_with_the_current_time(
    operational_database: str, files: Path
) -> None:
    (files / "leads.csv").write_text(
        "id,created_at,source\nL1,2024-03-01,Website\nL2,2024-03-01,\n"
    )
    import_directory(operational_database, files, LeadsMapping())
    (files / "leads.csv").write_text(
        "id,created_at,disposition\nL1,2024-03-01,converted\nL2,2024-03-01,\n"
    )
    began_at = datetime.now(UTC)
    assert import_directory(operational_database, files, LeadsMapping()).leads == 1
    [first, second] = rows(
        operational_database, "select source, disposition, updated_at from leads order by id"
    )
    assert first[:2] == ("Website", "converted")
    assert first[2] >= began_at
    assert second == (None, None, datetime(2024, 3, 1, tzinfo=UTC))


def test_progress_is_reported_in_bytes_per_file(operational_database: str, files: Path) -> None:
    calls: list[tuple[str, int, int | None]] = []
    import_directory(operational_database, files, LeadsMapping(), lambda *call: calls.append(call))
    assert calls == [("leads.csv", len(GOOD_LEADS), len(GOOD_LEADS))]


if TRIAL_DATA:

    def test_the_trial_data_is_imported_whole(operational_database: str) -> None:
        directory = Path(str(TRIAL_DATA))
        first = import_directory(operational_database, directory, LeadsMapping())
        assert first == ImportCounts(leads=13087, activities=49131)
        assert import_directory(operational_database, directory, LeadsMapping()) == ImportCounts(
            0, 0
        )
