"""Copies the source's two tables into the warehouse by dlt, run by the Python of dlt's environment.

    python dlt_copy.py SOURCE_URL WAREHOUSE_URL BACKEND FILE_FORMAT

Prints the seconds from dlt's start to its end, its import not counted, and the rows by table.
"""

import json
import sys
import tempfile
import time

import dlt
from dlt.sources.sql_database import sql_table

COLUMNS = {
    "leads": [
        "id",
        "assigned_agent_id",
        "source",
        "disposition",
        "response_time_hours",
        "satisfaction_rating",
        "created_at",
        "contacted_at",
        "interested_at",
        "updated_at",
    ],
    "agent_activity_log": [
        "id",
        "agent_id",
        "lead_id",
        "activity_type",
        "metadata",
        "timestamp",
        "recorded_at",
    ],
}
ROWS_AT_ONCE = 100_000


def main() -> None:
    source, warehouse, backend, file_format = sys.argv[1:]
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as directory:
        pipeline = dlt.pipeline(
            "copy",
            pipelines_dir=directory,
            destination=dlt.destinations.postgres(warehouse),
            dataset_name="by_dlt",
        )
        tables = [
            sql_table(
                credentials=source,
                table=table,
                schema="public",
                included_columns=columns,
                backend=backend,
                chunk_size=ROWS_AT_ONCE,
                write_disposition="replace",
            )
            for table, columns in COLUMNS.items()
        ]
        pipeline.run(tables, loader_file_format=file_format)
        took = time.monotonic() - began
        rows = {
            name: count
            for name, count in pipeline.last_trace.last_normalize_info.row_counts.items()
            if name in COLUMNS
        }
    print(json.dumps({"seconds": took, "rows": rows}))


if __name__ == "__main__":
    main()
