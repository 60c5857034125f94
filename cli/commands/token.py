"""Command `token`: a development JWT."""

from datetime import timedelta
from typing import Annotated

import typer

from config.settings import Settings


def token(agent: str, days: Annotated[int, typer.Option(min=1)] = 30) -> None:
    """Print a development JWT for AGENT. Needs a shared secret."""
    from cli.tokens import development_token, use_development_secret

    print(development_token(use_development_secret(Settings()), agent, timedelta(days=days)))
