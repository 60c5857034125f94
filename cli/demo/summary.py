"""Summary of the demo: key figures of three agents, addresses, a token, a sample request."""

import json
import urllib.error
import urllib.request
from datetime import timedelta
from typing import Any

import psycopg
from rich import box
from rich.console import Console
from rich.table import Table

from cli.tokens import development_token
from config.settings import Settings
from config.user_error import UserError
from warehouse.statements import statement

DATE_RANGE = "30"
TOKEN_DAYS = 30
PATH = f"/agent/analytics/kpis?dateRange={DATE_RANGE}"


def agents_to_show(warehouse: psycopg.Connection) -> list[str]:
    """Returns the first of the ranking, one from its middle, and the one with the most leads."""
    rows = warehouse.execute(
        statement("cli/demo/sql/demo_agents.sql"), {"date_range": DATE_RANGE}
    ).fetchall()
    by_rank = [agent for agent, _ in rows]
    by_leads = [agent for agent, _ in sorted(rows, key=lambda row: -row[1])]
    middle = by_rank[len(by_rank) // 2 : len(by_rank) // 2 + 1]
    order = [*by_rank[:1], *middle, *by_leads[:1], *by_rank]
    return list(dict.fromkeys(order))[:3]


def print_overview(settings: Settings, agents: list[str], api: str, dagster: str) -> None:
    """Prints the figures that the API returns to each agent, and the addresses."""
    try:
        tokens = {
            agent: development_token(settings, agent, timedelta(days=TOKEN_DAYS))
            for agent in agents
        }
    except UserError as error:
        # With an external token issuer the demo runs without sample requests.
        print(f"No token: {error}")
        tokens = {}
    answers = [get_json(api + PATH, token) for token in tokens.values()]
    console = Console(highlight=False)
    if answers:
        console.print(_table(answers))
    elif not agents:
        console.print("No agent has a lead yet.")
    if settings.api_dashboard:
        print(f"Dashboard   {_dashboard(api, next(iter(tokens.values()), None))}")
    print(f"API         {api}")
    print(f"API docs    {api}/docs")
    print(f"Dagster UI  {dagster}")
    for agent, token in list(tokens.items())[:1]:
        print(f"\nToken of agent {agent}, for {TOKEN_DAYS} days:\n{token}")
        print(f"\ncurl -H 'Authorization: Bearer {token}' '{api}{PATH}'\n", flush=True)


def _dashboard(api: str, token: str | None) -> str:
    """Returns the page's URL, with the token in the fragment, which browsers do not send."""
    try:
        _read(f"{api}/", {})
    except urllib.error.HTTPError:
        return "not built: `make dashboard` builds it"
    return f"{api}/#token={token}" if token else f"{api}/"


def get_json(url: str, token: str | None = None, seconds: float = 10) -> Any:
    """Returns the JSON at `url`. Raises OSError."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return json.loads(_read(url, headers, seconds))


def _read(url: str, headers: dict[str, str], seconds: float = 10) -> bytes:
    """Returns the body at `url`, without a proxy."""
    request = urllib.request.Request(url, headers=headers)  # noqa: S310
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=seconds) as answer:
        return bytes(answer.read())


def _table(answers: list[dict[str, Any]]) -> Table:
    meta = answers[0]["meta"]
    table = Table(
        title=f"{DATE_RANGE} days up to {meta['asOf']} (build {meta['buildId']})",
        title_justify="left",
        box=box.SIMPLE,
    )
    table.add_column("Agent", no_wrap=True)
    for name in ("Leads", "Converted", "Revenue", "Response", "Rating", "Rank"):
        table.add_column(name, justify="right", no_wrap=True)
    for answer in answers:
        kpis = answer["kpis"]
        table.add_row(
            answer["agentId"],
            f"{kpis['leadsHandled']:,}",
            _value(kpis["conversionRate"], "{} %"),
            f"{kpis['totalRevenue']:,.2f}",
            _value(kpis["responseTimeHours"], "{} h"),
            _value(kpis["satisfactionScore"], "{} of 5"),
            _value(kpis["teamRanking"], "{} of " + str(kpis["totalAgents"])),
        )
    return table


def _value(value: float | None, text: str) -> str:
    return "-" if value is None else text.format(value)
