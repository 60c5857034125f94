"""Output of `check-source`: text for a terminal, a document for `--json`."""

from dataclasses import asdict
from typing import Any

from crm.check.report_model import SourceCheck, Word
from crm.check.source_check import ACTIVITY_FIELDS


def as_document(check: SourceCheck) -> dict[str, Any]:
    return {"fits": check.fits, **asdict(check)}


def print_check(check: SourceCheck) -> None:
    rows = "unknown until ANALYZE" if check.rows is None else f"about {check.rows}"
    print(f"{check.table}: {rows} rows")
    print("columns read from leads:")
    for ours, theirs in check.reads.items():
        print(f"  {ours:<20} {theirs}")
    print(f"columns read from agent_activity_log: {ACTIVITY_FIELDS}")
    _print_words("dispositions", check.dispositions, check.sampled)
    _print_words("sources", check.sources, check.sampled)
    for finding in check.findings:
        print(f"{finding.level}: {finding.about}: {finding.text}")
    print("check passed" if check.fits else "check failed: fix what is missing")


def _print_words(title: str, words: list[Word], sampled: int) -> None:
    if words:
        print(f"{title} in {sampled} sampled leads:")
    for word in words:
        written = "(none)" if word.word is None else repr(word.word)
        print(f"  {word.leads:>6} {written} -> {word.read_as}")
