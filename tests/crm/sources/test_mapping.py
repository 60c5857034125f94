"""The mapping file: defaults, overrides and validation."""

from pathlib import Path

import pytest

from crm.sources.dbt_vars import dbt_vars
from crm.sources.mapping import LEAD_COLUMNS, LeadsMapping
from crm.sources.mapping_file import MappingError, read_mapping


def test_without_a_file_the_mapping_is_the_identity(tmp_path: Path) -> None:
    mapping = read_mapping(tmp_path / "crm_mapping.toml")
    assert mapping == LeadsMapping()
    assert mapping.table == "public.leads"
    assert dict(mapping.columns) == {name: name for name in LEAD_COLUMNS}


def test_a_file_overrides_single_names(tmp_path: Path) -> None:
    file = tmp_path / "crm_mapping.toml"
    file.write_text('[leads]\ntable = "sales.Lead Cards"\ncolumns.source = "lead source"\n')
    mapping = read_mapping(file)
    assert mapping.identifier.as_string() == '"sales"."Lead Cards"'
    assert mapping.column("source").as_string() == '"lead source"'
    assert mapping.column("id").as_string() == '"id"'


def test_a_table_without_a_schema_is_in_public(tmp_path: Path) -> None:
    file = tmp_path / "crm_mapping.toml"
    file.write_text('[leads]\ntable = "contacts"\n')
    assert read_mapping(file).identifier.as_string() == '"public"."contacts"'


def test_a_file_maps_words_and_sets_the_time_zone(tmp_path: Path) -> None:
    file = tmp_path / "crm_mapping.toml"
    file.write_text(
        '[leads]\ntime_zone = "Europe/Berlin"\n'
        '[dispositions]\nconverted = ["Gewonnen", " Verkauft "]\nclosed = ["Verloren"]\n'
        '[sources]\n"FB " = "Facebook"\n'
    )
    mapping = read_mapping(file)
    assert mapping.time_zone == "Europe/Berlin"
    assert mapping.converted == ("Gewonnen", "Verkauft")
    assert mapping.closed == ("Verloren",)
    assert dbt_vars(mapping)["closed_dispositions"] == ["Verloren"]
    assert dbt_vars(mapping)["converted_dispositions"] == ["Gewonnen", "Verkauft"]
    assert dict(mapping.sources) == {"FB": "Facebook"}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[lead]", "unknown key lead (expected: dispositions, leads, sources)"),
        ('[leads]\nname = "x"', "unknown key leads.name (expected: columns, table, time_zone)"),
        ('[leads.columns]\nphone = "x"', "unknown key leads.columns.phone (expected: assigned_"),
        ("[leads.columns]\nid = 1", "leads.columns.id must be a table or column name"),
        ('[leads]\ntable = "sales."', "leads.table must be a table or column name"),
        ("leads = 1", "[leads] must be a table"),
        ("[leads", "Expected ']'"),
        ('[leads]\ntime_zone = "Berlin"', "leads.time_zone: unknown time zone 'Berlin'"),
        ("[leads]\ntime_zone = 1", "leads.time_zone: unknown time zone 1"),
        ("dispositions = 1", "[dispositions] must be a table"),
        (
            '[dispositions]\nwon = ["sold"]',
            "unknown key dispositions.won (expected: closed, converted)",
        ),
        (
            "[dispositions]\nconverted = []",
            "dispositions.converted must be a non-empty list",
        ),
        (
            '[dispositions]\nconverted = "won"',
            "dispositions.converted must be a non-empty list",
        ),
        (
            '[dispositions]\nconverted = ["won", " "]',
            "dispositions.converted[1] must be a non-empty string",
        ),
        ("[sources]\nFB = 1", "sources.FB must be a non-empty string"),
        ('[sources]\n" " = "Web"', "sources.  must be a non-empty string"),
        ('[sources]\nFB = "Meta"\n"FB " = "Web"', "duplicate key sources.FB "),
    ],
)
def test_an_error_names_the_file_and_the_key(tmp_path: Path, text: str, reason: str) -> None:
    file = tmp_path / "crm_mapping.toml"
    file.write_text(text)
    with pytest.raises(MappingError) as caught:
        read_mapping(file)
    assert str(caught.value).startswith(f"{file}: {reason}")
