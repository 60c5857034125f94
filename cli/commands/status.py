"""Command `status`: the served build and rows per table."""

import json

from cli.databases import reachable_databases
from cli.options import Json
from config.settings import Settings
from crm.sources.mapping_file import read_mapping


def status(as_json: Json = False) -> None:
    """Show the served build, its age, rows per table, and drift from the source."""
    from cli.status import as_document, print_status, read_status

    settings = Settings()
    mapping = read_mapping(settings.crm_mapping)
    with reachable_databases(settings, "operational", "warehouse") as databases:
        document = as_document(read_status(databases, mapping, settings.lake_path), settings)
    if as_json:
        print(json.dumps(document))
    else:
        print_status(document)
