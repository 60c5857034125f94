"""A login role of one test."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import psycopg
from psycopg import sql

PASSWORD = "of-a-login-role"
numbers = count(1)


@contextmanager
def login_role(url: str) -> Iterator[str]:
    """Creates a role without rights; at the end drops it and its grants in the database."""
    name = f"login_role_{next(numbers)}"
    with psycopg.connect(url, autocommit=True) as owner:
        create = sql.SQL("create role {} login password {}")
        owner.execute(create.format(sql.Identifier(name), sql.Literal(PASSWORD)))
    try:
        yield name
    finally:
        with psycopg.connect(url, autocommit=True) as owner:
            owner.execute(sql.SQL("drop owned by {0}; drop role {0}").format(sql.Identifier(name)))


def as_role(url: str, name: str) -> str:
    """Returns the URL of the same database for the role."""
    return f"postgresql://{name}:{PASSWORD}@{url.partition('@')[2]}"
