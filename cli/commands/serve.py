"""Command `serve`: the API."""

from typing import Annotated

import typer

from config.settings import Settings


def serve(
    host: str = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(min=1)] = 1,
) -> None:
    """Run the API."""
    from cli import serve as api_server

    api_server.serve(Settings(), host, port, workers)
