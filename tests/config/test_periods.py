"""The seed of periods is read once for every part of the product, and rejected if invalid."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from config.periods import PeriodsError, periods


@pytest.fixture(autouse=True)
def unread() -> Iterator[None]:
    periods.cache_clear()
    yield
    periods.cache_clear()


def write(monkeypatch: pytest.MonkeyPatch, project: Path, *rows: str) -> None:
    (project / "seeds").mkdir()
    text = "\n".join(["name,kind,length,is_default", *rows, ""])
    (project / "seeds" / "periods.csv").write_text(text)
    (project / "dbt_project.yml").write_text(VARIABLES)
    monkeypatch.setattr("config.paths.DBT_PROJECT", project)


VARIABLES = "vars: {served_history_days: 1461, week_starts_on: monday}"
DAYS, QUARTER_DAYS, MONTH = "30,days,30,true", "90,days,90,false", "mtd,to_date,month,false"


def test_the_seed_of_the_product_can_be_used() -> None:
    assert periods().default in periods().date_ranges


def test_a_row_is_a_period(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    write(monkeypatch, tmp_path, DAYS, QUARTER_DAYS, MONTH, "400,days,400,false", "y,whole,year,no")
    assert periods().date_ranges == ("30", "90", "mtd", "400", "y")
    assert periods().default == "30"
    assert [(period.label, period.has_year_before) for period in periods().periods] == [
        ("30 days", True),
        ("90 days", True),
        ("Month to date", True),
        ("400 days", False),
        ("Last year", True),
    ]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "one default"),
        ([DAYS, "90,days,ninety,false", MONTH], "90: needs the kind days with a number of days"),
        ([DAYS, QUARTER_DAYS, "mtd,to_date,week,false"], "mtd: needs the kind"),
        ([DAYS, QUARTER_DAYS, MONTH, "m,since,month,false"], "m: needs the kind"),
        ([DAYS, QUARTER_DAYS, QUARTER_DAYS, MONTH], "different names and one default"),
        ([DAYS, QUARTER_DAYS, MONTH, "0,days,0,false"], "0: needs the kind"),
        (
            [DAYS, QUARTER_DAYS, MONTH, "5y,days,1826,false"],
            "5y: is longer than the served history, 1461 days",
        ),
        ([QUARTER_DAYS, MONTH], "one default"),
        ([DAYS, MONTH], "90 is missing"),
        ([DAYS, QUARTER_DAYS], "mtd is missing"),
    ],
)
def test_a_seed_that_cannot_be_used_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, rows: list[str], said: str
) -> None:
    write(monkeypatch, tmp_path, *rows)
    with pytest.raises(PeriodsError, match=f"seeds/periods.csv: .*{said}"):
        periods()


def test_a_week_starts_on_monday_or_sunday(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    write(monkeypatch, tmp_path, DAYS, QUARTER_DAYS, MONTH)
    project = tmp_path / "dbt_project.yml"
    project.write_text(project.read_text().replace("starts_on: monday", "starts_on: saturday"))
    with pytest.raises(
        PeriodsError,
        match=r"^dbt_project.yml: week_starts_on: saturday is not one of monday, sunday$",
    ):
        periods()
