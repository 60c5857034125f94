"""Command `check-source`: checks whether the CRM's database fits."""

import json

import typer

from cli.options import Json
from config.settings import Settings
from crm.sources.mapping_file import read_mapping
from warehouse.databases import open_databases


def check_source(as_json: Json = False) -> None:
    """Check whether the CRM's database fits, and show what would be read. Changes nothing.

    Reads the catalog and a sample of leads. Exits with 1 if something is missing.
    """
    from crm.check import report, source_check

    settings = Settings()
    mapping = read_mapping(settings.crm_mapping)
    with open_databases(settings) as databases:
        check = source_check.check_source(databases.operational, mapping)
    if as_json:
        print(json.dumps(report.as_document(check)))
    else:
        report.print_check(check)
    if not check.fits:
        raise typer.Exit(1)
