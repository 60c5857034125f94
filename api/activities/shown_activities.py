"""Activities as agents see them, as a subquery that pages and the stream both select from.

The amount and the lead of a conversion, and which entry supersedes another, are the dbt project's
formulas.
"""

from functools import cache
from pathlib import Path

from api.db.statements import Statement
from crm.sources.dbt_macros import Macros
from crm.sources.dbt_vars import dbt_vars
from crm.sources.mapping import LeadsMapping

SHOWN = Path(__file__).parent / "queries" / "shown_activities.sql"


def shown_activities(path: Path) -> Statement:
    """The statement of a file that selects from `{shown_activities}`."""
    return Statement.of_template(path, shown_activities=f"({_subquery()})")


@cache
def _subquery() -> str:
    macros = Macros(dbt_vars(LeadsMapping()))
    formulas = {
        "{revenue}": macros.text("revenue_amount", "(log.metadata ->> 'revenue')"),
        "{entry_revenue}": macros.text("revenue_amount", "(entry.metadata ->> 'revenue')"),
        "{lead_id}": macros.text("activity_lead_id", "log.lead_id", "log.metadata"),
        "{entry_lead_id}": macros.text("activity_lead_id", "entry.lead_id", "entry.metadata"),
        "{is_superseded}": macros.text("is_superseded", "conversion", "other"),
    }
    text = SHOWN.read_text(encoding="utf-8")
    for place, formula in formulas.items():
        text = text.replace(place, f"({formula})")
    return text
