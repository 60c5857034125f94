"""The words for a converted lead are a dbt var; whatever else needs them reads it."""

from datetime import date

from crm.simulation.history import simulate
from crm.sources.dbt_vars import converted_words, dbt_vars
from crm.sources.mapping import LeadsMapping
from tests.support.crm.operational_tables import rows
from tests.support.paths import DOCS, REPOSITORY

PACKAGES = ("api", "cli", "config", "crm", "goals", "pipelines", "warehouse")
CODE = {".py", ".sql", ".toml"}


def test_no_code_states_the_words_itself() -> None:
    unmistakable = max(converted_words(LeadsMapping()), key=len)
    files = [path for package in PACKAGES for path in (REPOSITORY / package).rglob("*")]
    files += (REPOSITORY / "dbt_project").rglob("*.sql")
    stating = [
        str(path.relative_to(REPOSITORY))
        for path in files
        if path.suffix in CODE and "target" not in path.parts and unmistakable in path.read_text()
    ]
    assert stating == []


def test_the_documented_words_are_those_that_count() -> None:
    words = ", ".join(converted_words(LeadsMapping()))
    assert f"its disposition is one of `{words}`" in (DOCS / "business-logic.md").read_text()


def test_the_documented_words_of_closed_leads_are_those_that_count() -> None:
    words = ", ".join(dbt_vars(LeadsMapping())["closed_dispositions"])
    assert f"`{words}`" in (DOCS / "business-logic.md").read_text()


def test_simulated_leads_are_converted_in_the_crms_own_words(operational_database: str) -> None:
    mapping = LeadsMapping(converted=("gewonnen", "verkauft"))
    simulate(
        operational_database, agents=3, days=60, seed=7, until=date(2024, 4, 30), mapping=mapping
    )
    statuses = rows(operational_database, "select distinct lower(trim(disposition)) from leads")
    assert {"gewonnen", "lost"} <= {word for (word,) in statuses}
    assert {word for (word,) in statuses}.isdisjoint(converted_words(LeadsMapping()))
