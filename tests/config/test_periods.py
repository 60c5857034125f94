"""The seed of periods is read once for every part of the product, and rejected if invalid."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from config.periods import Periods, PeriodsError, periods


@pytest.fixture(autouse=True)
def unread() -> Iterator[None]:
    periods.cache_clear()
    yield
    periods.cache_clear()


def write(monkeypatch: pytest.MonkeyPatch, project: Path, *rows: str) -> None:
    (project / "seeds").mkdir()
    text = "\n".join(["date_range,is_default", *rows, ""])
    (project / "seeds" / "periods.csv").write_text(text)
    monkeypatch.setattr("config.paths.DBT_PROJECT", project)


def test_the_seed_of_the_product_can_be_used() -> None:
    assert periods().default in periods().date_ranges


def test_a_row_is_a_window(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    write(monkeypatch, tmp_path, "14,true", "30,false", "90,false")
    assert periods() == Periods((14, 30, 90), 14)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "one default"),
        (["30,true", "ninety,false"], "whole numbers"),
        (["30,true", "90,false", "90,false"], "different date_ranges and one default"),
        (["0,true", "30,false", "90,false"], "positive"),
        (["30,false", "90,false"], "one default"),
        (["7,true", "90,false"], "30 days are missing, which insights compare"),
    ],
)
def test_a_seed_that_cannot_be_used_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, rows: list[str], said: str
) -> None:
    write(monkeypatch, tmp_path, *rows)
    with pytest.raises(PeriodsError, match=f"seeds/periods.csv: .*{said}"):
        periods()
