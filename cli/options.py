"""Command line options that several commands share."""

from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json", help="Print JSON to standard output.")]
Markdown = Annotated[bool, typer.Option("--markdown", help="Print Markdown, for a review.")]
