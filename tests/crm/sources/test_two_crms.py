"""Two CRMs of different shapes, from the source check to the served numbers."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import psycopg

from config.environment import environment
from crm.check.report_model import SourceCheck
from crm.check.source_check import check_source
from crm.install.migrate import migrate_operational
from crm.sources.mapping_file import read_mapping
from pipelines.publishing.metric_catalogue import Catalogue
from tests.conftest import PostgresServer
from tests.support.crm import enum_crm
from tests.support.crm.activity_log import logged
from tests.support.key_figures import kpis_without_data
from tests.support.pipeline import Pipeline
from tests.support.servers.api_server import Api, serving, settings
from warehouse.databases import Databases

pytest_plugins = ("tests.support.fixtures.catalogue",)
AS_OF = date(2024, 3, 31)

AGENT = "00000000-0000-0000-0000-0000000000a1"
UUID_MAPPING = """
[leads]
table = "crm.deals"
time_zone = "Europe/Berlin"

[leads.columns]
created_at = "opened"
contacted_at = "called"
assigned_agent_id = "owner"

[dispositions]
converted = ["Verkauft"]

[sources]
FB = "Facebook"
"""
# Berlin's clocks went from 2 to 3 in the night of the second: 23:30 to 4:30 are 4 hours.
UUID_CRM = f"""
create schema crm;
create table crm.deals (
    id uuid primary key default gen_random_uuid(),
    opened timestamp not null,
    called timestamp,
    source text,
    disposition text,
    owner uuid
);
insert into crm.deals (opened, called, source, disposition, owner) values
    ('2024-03-10 09:00', '2024-03-10 11:00', 'FB', ' VERKAUFT', '{AGENT}'),
    ('2024-03-30 23:30', '2024-03-31 04:30', 'Facebook ', 'won', '{AGENT}'),
    ('2024-03-31 00:30', null, null, 'neu', '{AGENT}');
"""
# The second is one of April there.
UUID_SALES = f"""
insert into agent_activity_log (agent_id, lead_id, activity_type, timestamp, metadata)
select '{AGENT}', id::text, 'conversion', sold_at, '{{"revenue": 1200.50}}'
from crm.deals,
    (values ('2024-03-31 21:30+00'::timestamptz), ('2024-03-31 22:30+00')) as sales (sold_at)
where source = 'FB';
insert into agent_activity_log (agent_id, activity_type, timestamp, metadata)
values ('{AGENT}', 'conversion', '2024-03-30 12:00+00', '{{"revenue": "1,000"}}');
"""

PROSPECTS = """
insert into "Sales"."Prospects" values
    (1, '2024-03-05 08:00+00', '2024-03-05 09:00+00', 'Messe', 'Neu', 'ana'),
    (2, '2024-03-06 08:00+00', null, ' messe', 'Neu', 'ana'),
    (3, '2024-03-07 08:00+00', '2024-03-07 18:00+00', 'Web', 'Gewonnen', 'ben');
"""


@contextmanager
def connected(
    server: PostgresServer,
    databases: Databases,
    home: Path,
    directory: Path,
    crm: str,
    mapping: str,
    time_zone: str,
) -> Iterator[tuple[Pipeline, SourceCheck]]:
    """The migrated CRM, and the report of the check made before the migration."""
    file = directory / "crm_mapping.toml"
    file.write_text(mapping)
    with server.database() as name, environment(CRM_MAPPING=str(file)):
        url, api_url = server.url(name), server.api_url(name)
        run(url, crm)
        check = check_source(url, read_mapping(file))
        migrate_operational(url, read_mapping(file), api_url)
        assert check_source(url, read_mapping(file)).fits
        own = Databases(url, databases.warehouse, api_url, databases.api_warehouse, None)
        yield Pipeline(own, home, directory / "lake", AS_OF, time_zone), check


def run(url: str, statements: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute(statements)


def read_as(words: list[Any]) -> set[tuple[str | None, int, str]]:
    return {(word.word, word.leads, word.read_as) for word in words}


def answer(api: Api, route: str, agent: str) -> dict[str, Any]:
    return dict(api.get(f"/agent/analytics/{route}?dateRange=30", agent).json())


def test_a_crm_with_uuids_and_plain_timestamps_in_another_time_zone(
    postgres_server: PostgresServer,
    databases: Databases,
    pipeline_home: Path,
    tmp_path: Path,
    catalogue: Catalogue,
) -> None:
    with connected(
        postgres_server,
        databases,
        pipeline_home,
        tmp_path,
        UUID_CRM,
        UUID_MAPPING,
        "Europe/Berlin",
    ) as (pipeline, check):
        assert check.fits, check.findings
        assert (
            "note",
            '"crm"."deals".opened',
            "is timestamp without time zone: read as time in Europe/Berlin",
        ) in {(finding.level, finding.about, finding.text) for finding in check.findings}
        assert read_as(check.dispositions) == {
            (" VERKAUFT", 1, "converted"),
            ("won", 1, "not converted"),
            ("neu", 1, "not converted"),
        }
        assert read_as(check.sources) == {
            ("FB", 1, "Facebook"),
            ("Facebook ", 1, "Facebook"),
            (None, 1, "Unknown"),
        }
        run(pipeline.databases.operational, UUID_SALES)
        mapping = read_mapping(tmp_path / "crm_mapping.toml")
        later = check_source(pipeline.databases.operational, mapping)
        texts = {finding.about: finding.text for finding in later.findings}
        assert texts["public.agent_activity_log.metadata.revenue"].startswith(
            "1 of 3 sampled conversions have an unreadable revenue (example: '1,000')"
        )

        pipeline.refreshed()

        with serving(settings(), pipeline.databases) as api:
            kpis = answer(api, "kpis", AGENT)["kpis"]
            assert kpis.keys() == kpis_without_data(catalogue).keys()
            assert kpis == kpis | {
                "leadsHandled": 3,
                "leadsThisWeek": 2,  # Monday the 25th to Sunday the 31st
                "conversionRate": 33.3,  # 1 of 3
                "totalRevenue": 1200.50,
                "responseTimeHours": 3.0,  # (2 + 4) / 2
                "responseTimeMedianHours": 3.0,
                "satisfactionScore": None,
                "satisfactionCount": 0,
                "teamRanking": None,
                "totalAgents": 0,
            }
            sources = answer(api, "lead-sources", AGENT)["sources"]
            assert (
                sum(source.pop("conversionsBooked") for source in sources)
                == (kpis["conversionsBooked"])
            )
            assert sources == [
                {"source": "Facebook", "count": 2, "conversionRate": 50.0, "revenue": 1200.50},
                {"source": "Unknown", "count": 1, "conversionRate": 0.0, "revenue": 0.0},
            ]
            assert answer(api, "response-times", AGENT)["unresponded"] == 1
            records = api.get("/agent/analytics/records?metric=leads&dateRange=30", AGENT).json()
            assert sorted(record["date"] for record in records["records"]) == [
                "2024-03-10",
                "2024-03-30",
                "2024-03-31",
            ]


def test_a_crm_with_mixed_case_names_and_an_enum_of_other_words(
    postgres_server: PostgresServer, databases: Databases, pipeline_home: Path, tmp_path: Path
) -> None:
    with connected(
        postgres_server,
        databases,
        pipeline_home,
        tmp_path,
        enum_crm.TABLES + PROSPECTS,
        enum_crm.MAPPING,
        "UTC",
    ) as (pipeline, check):
        assert check.fits, check.findings
        assert read_as(check.dispositions) == {
            ("Neu", 2, "not converted"),
            ("Gewonnen", 1, "converted"),
        }
        assert (" messe", 1, "Messe") in read_as(check.sources)
        run(
            pipeline.databases.operational,
            """update "Sales"."Prospects" set "State" = 'Gewonnen' where "Uid" = 1""",
        )
        with psycopg.connect(pipeline.databases.operational) as crm:
            assert [row[:3] for row in logged(crm)] == [
                ("ana", "1", "status_change"),
                ("ana", "1", "conversion"),
            ]

        pipeline.refreshed()

        with serving(settings(), pipeline.databases) as api:
            ana, ben = (answer(api, "kpis", agent)["kpis"] for agent in ("ana", "ben"))
            # Her win of today is after the as-of date.
            assert (ana["leadsHandled"], ana["conversionRate"]) == (2, 0.0)
            assert (ben["leadsHandled"], ben["conversionRate"]) == (1, 100.0)
            assert (ana["responseTimeHours"], ben["responseTimeHours"]) == (1.0, 10.0)
            assert answer(api, "lead-sources", "ana")["sources"] == [
                {
                    "source": "Messe",
                    "count": 2,
                    "conversionRate": 0.0,
                    "revenue": 0.0,
                    "conversionsBooked": 0,
                }
            ]
            ranking = answer(api, "ranking", "ana")
            assert (ranking["rank"], ranking["totalAgents"]) == (None, 0)
            assert ranking["reason"] == "too_few_leads"


def test_changed_words_in_the_mapping_file_change_the_definition(
    postgres_server: PostgresServer, databases: Databases, pipeline_home: Path, tmp_path: Path
) -> None:
    with connected(
        postgres_server,
        databases,
        pipeline_home,
        tmp_path,
        enum_crm.TABLES + PROSPECTS,
        enum_crm.MAPPING,
        "UTC",
    ) as (pipeline, _):
        pipeline.refreshed()
        file = tmp_path / "crm_mapping.toml"
        file.write_text(enum_crm.MAPPING.replace('["gewonnen"]', '["gewonnen", "neu"]'))
        pipeline.refreshed()
        with psycopg.connect(pipeline.databases.warehouse) as connection:
            restated = connection.execute(
                "select agent_id, measure, old_value::int, new_value::int, cause"
                " from serving.restatements where measure = 'leads_converted' order by date"
            ).fetchall()
    assert restated == [
        ("ana", "leads_converted", 0, 1, "definition"),
        ("ana", "leads_converted", 0, 1, "definition"),
    ]
