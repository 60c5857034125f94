"""Commands `up` and `down`: start everything for a first look, and stop it."""

from pathlib import Path
from typing import Annotated

import typer

from cli.console import Terminal
from config.settings import Settings


def up(
    data: Annotated[Path | None, typer.Option(help="Directory with leads.csv.")] = None,
    agents: Annotated[int | None, typer.Option(min=1, help="Number of simulated agents.")] = None,
    days: Annotated[int | None, typer.Option(min=1, help="Number of simulated days.")] = None,
    seed: Annotated[int | None, typer.Option(help="Seed of the simulation.")] = None,
    port: Annotated[
        int | None, typer.Option(help="Port of the API. Default: the first free one from 8000.")
    ] = None,
    dagster_port: Annotated[
        int | None,
        typer.Option(help="Port of the Dagster UI. Default: the first free one from 3000."),
    ] = None,
    detach: Annotated[
        bool,
        typer.Option("--detach", help="Return once everything is up. Stop it with `down`."),
    ] = False,
    end_with_parent: Annotated[
        bool, typer.Option("--end-with-parent", help="Stop when the calling process ends.")
    ] = False,
) -> None:
    """Start everything for a first look: databases, data, a refresh, the API, the Dagster UI."""
    from cli.demo import up as demo
    from cli.demo.demo_data import requested_source
    from cli.demo.detach import continue_in_background

    source = requested_source(data, agents=agents, days=days, seed=seed)
    if detach:
        continue_in_background(Settings().home)
    demo.up(source, port, dagster_port, is_detached=detach, ends_with_parent=end_with_parent)


def down() -> None:
    """Stop what `up` has started."""
    from cli.demo import lock

    lock.down(Settings().home, Terminal())
