"""Import of CSV files into the CRM's leads and activity log (`agent-analytics import`).

Both files are written in one transaction, or, if any row is bad, neither.
"""

from contextlib import ExitStack
from pathlib import Path

from crm.bulk_load import ImportCounts, Progress, bulk_load
from crm.csv_import.bad_rows import raise_if_bad
from crm.csv_import.csv_file import CsvFile
from crm.csv_import.staging import stage_file
from crm.csv_import.target import activities_target, leads_target
from crm.csv_import.upsert import upsert
from crm.sources.change_queries import ACTIVITIES
from crm.sources.mapping import LeadsMapping


def import_directory(
    url: str, directory: Path, mapping: LeadsMapping, progress: Progress | None = None
) -> ImportCounts:
    """Upsert `leads.csv` and, if it exists, `agent_activity_log.csv` of the directory.

    A column that a file lacks is unchanged in existing rows and null in new ones. Activities
    without ids are appended until the log holds as many equal rows as the file. `progress` gets
    file name, bytes read and size. Raises BadFileError with the first bad rows of both files;
    nothing is written then.
    """
    targets = [leads_target(mapping)]
    if (directory / f"{ACTIVITIES}.csv").exists():
        targets.append(activities_target())
    with ExitStack() as stack:
        files = [
            stack.enter_context(CsvFile(directory / f"{target.name}.csv", target.columns))
            for target in targets
        ]
        connection = stack.enter_context(bulk_load(url, mapping.time_zone))
        for file, target in zip(files, targets, strict=True):
            if file.names:
                stage_file(connection, file, target, progress)
        raise_if_bad([file.bad for file in files])
        results = [
            upsert(connection, file.names, target)
            for file, target in zip(files, targets, strict=True)
        ]
    return ImportCounts(
        results[0].rows,
        sum(result.rows for result in results[1:]),
        {
            target.name: result.oldest
            for target, result in zip(targets, results, strict=True)
            if result.oldest is not None
        },
    )
