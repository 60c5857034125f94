"""Activities as agents see them, as a subquery that pages and the stream both select from.

The amount of a conversion, and which two entries are one sale, are the dbt project's formulas.
"""

from pathlib import Path

from api.db.statements import Statement
from crm.sources.dbt_macros import Macros
from crm.sources.dbt_vars import dbt_vars
from crm.sources.mapping import LeadsMapping

SHOWN = Path(__file__).parent / "queries" / "shown_activities.sql"


def shown_activities(path: Path) -> Statement:
    """The statement of a file that selects from `{shown_activities}`."""
    text = path.read_text(encoding="utf-8")
    return Statement(path, rendered=text.replace("{shown_activities}", f"({_subquery()})"))


def _subquery() -> str:
    macros = Macros(dbt_vars(LeadsMapping()))
    formulas = {
        "{revenue}": macros.text("revenue_amount", "(log.metadata ->> 'revenue')"),
        "{other_revenue}": macros.text("revenue_amount", "(other.metadata ->> 'revenue')"),
        "{is_one_sale}": macros.text("within_trigger_hours", "other.timestamp", "log.timestamp"),
    }
    text = SHOWN.read_text(encoding="utf-8")
    for place, formula in formulas.items():
        text = text.replace(place, f"({formula})")
    return text
