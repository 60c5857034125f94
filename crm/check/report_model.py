"""Report of a source check: findings, the columns that would be read, and sampled words."""

from dataclasses import dataclass, field
from typing import Literal

Level = Literal["missing", "note"]


@dataclass(frozen=True)
class Finding:
    """`missing` must be fixed before a refresh; `note` is for information."""

    level: Level
    about: str
    text: str


@dataclass(frozen=True)
class Word:
    """A spelling in the CRM, the number of sampled leads with it, and what it is read as."""

    word: str | None
    leads: int
    read_as: str


@dataclass
class SourceCheck:
    """`rows` is Postgres's estimate (None before ANALYZE); `reads` maps our columns to the CRM's.

    Dispositions and sources come from `sampled` leads.
    """

    table: str
    findings: list[Finding] = field(default_factory=list)
    rows: int | None = None
    reads: dict[str, str] = field(default_factory=dict)
    sampled: int = 0
    dispositions: list[Word] = field(default_factory=list)
    sources: list[Word] = field(default_factory=list)

    @property
    def fits(self) -> bool:
        return all(finding.level != "missing" for finding in self.findings)

    def missing(self, about: str, text: str) -> None:
        self.findings.append(Finding("missing", about, text))

    def note(self, about: str, text: str) -> None:
        self.findings.append(Finding("note", about, text))
