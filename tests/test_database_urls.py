"""A database URL is changed in one part, and stays otherwise as it is written."""

import pytest
from psycopg.conninfo import conninfo_to_dict

from warehouse.urls import with_database


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
def test_another_database_of_the_same_server(url: str, expected: str) -> None:
    assert with_database(url, "other") == expected


@pytest.mark.parametrize("url", ["postgresql://u:p@h:1/d?sslmode=require", "postgresql:///d"])
def test_libpq_reads_everything_else_alike(url: str) -> None:
    before = conninfo_to_dict(url)
    assert conninfo_to_dict(with_database(url, "other")) == {**before, "dbname": "other"}
