"""One rule for dispositions: staging, the CRM's trigger and check-source read each word alike."""

from collections.abc import Iterator

import psycopg
import pytest

from crm.check.source_check import check_source
from crm.check.trigger_rule import OUTDATED
from crm.install.migrate import migrate_operational
from crm.sources.mapping import LeadsMapping
from crm.sources.word_rules import is_closed, is_converted
from tests.conftest import PostgresServer
from tests.support.crm.operational_tables import rows
from tests.support.oracle import words

WORDS = {
    "won": "converted",
    " WON\t": "converted",
    "Closed Won": "converted",
    "closed-won": "converted",
    "closedwon": "converted",
    "{closed}_[won]!": "converted",
    "C.L.O.S.E.D /won": "converted",
    "closed\u00a0won": "converted",
    "sold\r\n": "converted",
    "\u00a0Sold": "converted",
    "Not Interested": "closed",
    "closed / lost": "closed",
    "DUPLICATE?": "closed",
    "won back": "not converted",
    "wonn": "not converted",
    "wön": "not converted",
    "SOLDÉ": "not converted",
    "w\u00f8n": "not converted",
    "sold\x7f": "not converted",
    "open": "not converted",
    "": "not converted",
    " ": "not converted",
    "-- _ --": "not converted",
}
# Characters that LATIN1 lacks.
WIDE_WORDS = {
    "\u2003closed\u3000won\u2028": "converted",
    "w\u200bo\u200c\u200dn\u2060\ufeff": "converted",
    "\u1680lost\u205f": "closed",
    "\uff37\uff2f\uff2e": "not converted",
    "so\u017fd": "not converted",
    "ЗАКРЫТО": "not converted",
}
DATABASES = {
    "C": "create database {} template template0 encoding 'UTF8' locale 'C'",
    "UTF-8": "create database {} template template0 encoding 'UTF8' locale 'C.UTF-8'",
    "LATIN1": "create database {} template template0 encoding 'LATIN1' locale 'C'",
}


@pytest.fixture(params=list(DATABASES))
def locale(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def table(locale: str) -> dict[str, str]:
    """Words that the database can store, and what each is read as."""
    return WORDS if locale == "LATIN1" else WORDS | WIDE_WORDS


@pytest.fixture
def crm(postgres_server: PostgresServer, locale: str) -> Iterator[str]:
    """URL of a migrated CRM's database of this locale."""
    postgres_server.execute(DATABASES[locale], "words")
    url = postgres_server.url("words")
    migrate_operational(url, LeadsMapping(), "")
    yield url
    postgres_server.execute("drop database {} with (force)", "words")


def insert(url: str, dispositions: list[str]) -> None:
    with psycopg.connect(url) as connection:
        connection.cursor().executemany(
            "insert into leads (id, disposition, assigned_agent_id) values (%s, %s, 'ana')",
            list(enumerate(dispositions)),
        )


def test_staging_the_trigger_and_check_source_read_each_word_alike(
    crm: str, table: dict[str, str]
) -> None:
    mapping = LeadsMapping()
    insert(crm, list(table))
    read = rows(
        crm,
        "select disposition, case"
        f" when {is_converted(mapping, 'disposition').as_string()} then 'converted'"
        f" when {is_closed(mapping, 'disposition').as_string()} then 'closed'"
        " else 'not converted' end from leads",
    )
    logged = rows(
        crm,
        "select disposition from leads join agent_activity_log on lead_id = leads.id"
        " where activity_type = 'conversion'",
    )
    assert dict(read) == table
    assert {word for (word,) in logged} == {
        word for word, read_as in table.items() if read_as == "converted"
    }
    shown = {word.word: word.read_as for word in check_source(crm, mapping).dispositions}
    assert shown
    assert shown.items() <= table.items()


def test_the_oracle_agrees() -> None:
    for word, read_as in (WORDS | WIDE_WORDS).items():
        assert words.is_one_of(word, words.CONVERTED) == (read_as == "converted"), repr(word)
        assert words.is_one_of(word, words.CLOSED) == (read_as == "closed"), repr(word)


def test_the_words_of_a_list_are_compared_in_the_same_way(operational_database: str) -> None:
    mapping = LeadsMapping(converted=("Closed - Won", "---", "Geschäft"))
    migrate_operational(operational_database, mapping, "")
    insert(operational_database, ["closedwon", "-", "", "geschäft!", "GESCHÄFT"])
    assert rows(
        operational_database,
        "select lead_id from agent_activity_log where activity_type = 'conversion' order by 1",
    ) == [("0",), ("3",)]


def test_a_list_that_the_trigger_does_not_have_yet_is_noted(operational_database: str) -> None:
    def notes(mapping: LeadsMapping) -> list[str]:
        return [finding.text for finding in check_source(operational_database, mapping).findings]

    edited = LeadsMapping(converted=("signed",))
    assert OUTDATED not in notes(LeadsMapping())
    assert OUTDATED in notes(edited)
    migrate_operational(operational_database, edited, "")
    assert OUTDATED not in notes(edited)
