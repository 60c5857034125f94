"""Locations in the repository that tests read."""

from pathlib import Path

SUPPORT = Path(__file__).parent
REPOSITORY = SUPPORT.parents[1]
DATA = SUPPORT / "data"
SMALL = DATA / "small"
DOCS = REPOSITORY / "docs"
