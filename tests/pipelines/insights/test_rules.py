"""The table of rules is whole: unique, of one mind per measure, and with words for every case."""

from string import Formatter
from urllib.parse import parse_qs

import pytest

from pipelines.insights.formulas.finding import FINDING
from pipelines.insights.formulas.rule import Rule
from pipelines.insights.formulas.rules import CHANGED_MEASURES, RULES


def test_ids_priorities_and_sides_are_unique() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert len({rule.priority for rule in RULES}) == len(RULES)
    assert len({(rule.measure, rule.direction) for rule in RULES}) == len(RULES)


def test_both_sides_of_a_measure_share_test_and_minimum() -> None:
    by_measure: dict[str, set[tuple[object, ...]]] = {}
    for rule in RULES:
        shared = (rule.test, rule.minimum_n, rule.minimum_n_before, rule.threshold)
        by_measure.setdefault(rule.measure, set()).add(shared)
    assert {measure: len(kinds) for measure, kinds in by_measure.items()} == dict.fromkeys(
        by_measure, 1
    )


def test_the_changed_rules_are_the_eight_that_holm_adjusts() -> None:
    assert (
        frozenset(
            {
                "conversion",
                "unresponded",
                "funnel_step",
                "low_ratings",
                "satisfaction",
                "response",
                "volume",
                "revenue",
            }
        )
        == CHANGED_MEASURES
    )


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_names_columns_of_a_finding_only(rule: Rule) -> None:
    for template in (rule.title, rule.sentence, rule.suggestion, rule.records or ""):
        named = {column for _, column, _, _ in Formatter().parse(template) if column}
        assert named <= set(FINDING)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_records_are_a_query_of_the_records_route(rule: Rule) -> None:
    if rule.records is not None:
        query = parse_qs(rule.records)
        assert set(query) <= {"metric", "dateRange", "stage", "source"}
        assert query["dateRange"] == [str(rule.window_days)]
