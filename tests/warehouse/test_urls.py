"""Editing one part of a database URL leaves the rest as written."""

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from pipelines.postgres.duckdb_postgres import attached
from warehouse.urls import with_database, with_options


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql://ana:p%40ss@db:5432/sales", "postgresql://ana:p%40ss@db:5432/other"),
        ("postgres://db", "postgres://db/other"),
        ("postgresql:///sales?host=/run/pg", "postgresql:///other?host=/run/pg"),
        ("postgresql://a@h1:1,h2:2/sales?x=1", "postgresql://a@h1:1,h2:2/other?x=1"),
        ("postgresql://a:b?c@[::1]/sales", "postgresql://a:b?c@[::1]/other"),
        ("postgresql://h?dbname=sales&user=ab", "postgresql://h/other?user=ab"),
    ],
)
def test_with_database_replaces_the_database(url: str, expected: str) -> None:
    assert with_database(url, "other") == expected


@pytest.mark.parametrize("url", ["postgresql://u:p@h:1/d?sslmode=require", "postgresql:///d"])
def test_with_database_changes_nothing_else(url: str) -> None:
    before = conninfo_to_dict(url)
    assert conninfo_to_dict(with_database(url, "other")) == {**before, "dbname": "other"}


@pytest.mark.parametrize(
    ("url", "options"),
    [
        ("postgresql://db/sales", "-c b=2"),
        ("postgresql://db?sslmode=require", "-c b=2"),
        ("postgresql://db/sales?options=-c%20a%3D1&sslmode=require", "-c a=1 -c b=2"),
        ("postgresql://db/sales?options=", "-c b=2"),
        ("postgresql://db/sales?options=-cx%3D0&options=-c%20a%3D1", "-c a=1 -c b=2"),
    ],
)
def test_with_options_appends_to_existing_options(url: str, options: str) -> None:
    changed = conninfo_to_dict(with_options(url, "-c b=2"))
    assert changed.pop("options") == options
    assert changed == {
        name: value for name, value in conninfo_to_dict(url).items() if name != "options"
    }


def test_a_source_is_read_with_the_options_of_its_url(operational_database: str) -> None:
    with psycopg.connect(operational_database) as connection:
        connection.execute("create schema sales")
        connection.execute("create table sales.deals as select timestamp '2024-07-01 12:00' as at")
    url = f"{operational_database}?options=-c%20search_path%3Dsales%20-c%20timezone%3DAsia%2FTokyo"
    with attached(url, "operational") as source:
        assert source.query(
            sql.SQL("select at::timestamptz::text as at from deals")
        ).fetchall() == [("2024-07-01 12:00:00+00",)]
