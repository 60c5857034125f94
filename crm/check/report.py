"""The check of a source as text for a person, and as a document for a program."""

from dataclasses import asdict
from typing import Any

from crm.check.report_model import SourceCheck, Word
from crm.check.source_check import READ_OF_ACTIVITIES


def as_document(check: SourceCheck) -> dict[str, Any]:
    return {"fits": check.fits, **asdict(check)}


def print_check(check: SourceCheck) -> None:
    rows = "unknown until ANALYZE" if check.rows is None else f"about {check.rows}"
    print(f"{check.table}: {rows} rows")
    print("reads of leads:")
    for ours, theirs in check.reads.items():
        print(f"  {ours:<20} {theirs}")
    print(f"reads of agent_activity_log: {READ_OF_ACTIVITIES}")
    _print_words("dispositions", check.dispositions, check.sampled)
    _print_words("sources", check.sources, check.sampled)
    for finding in check.findings:
        print(f"{finding.level}: {finding.about}: {finding.text}")
    print("it fits" if check.fits else "it does not fit yet")


def _print_words(title: str, words: list[Word], sampled: int) -> None:
    if words:
        print(f"{title} of {sampled} sampled leads:")
    for word in words:
        shown = "(none)" if word.word is None else repr(word.word)
        print(f"  {word.leads:>6} {shown} -> {word.read_as}")
