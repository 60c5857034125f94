"""Insight rules are rows of rules.yml: a new row needs no code, an error names row and field."""

import shutil
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from pipelines.insights.formulas.finding import FINDING, SIGNALS
from pipelines.insights.rules_file import RULES_FILE, RulesError, load_rules
from pipelines.transformation import definition_hash
from tests.support.crm.simulated_agents import simulated_agents
from tests.support.insight_frames import AS_OF, day, insights

RULES = load_rules()
Edited = Callable[..., Path]
DECLINE = """
  - key: volume_collapsed
    version: 1
    signal: volume
    direction: down
    min_change_pct: 60
    type: action
    is_better: false
    priority: 12
    theme: volume
    title: "Hardly any leads reach you"
    message: "You got {n} leads in the last 30 days, {before} per 30 days before."
    action: "Tell your manager."

recompute:"""


@pytest.fixture
def edited(tmp_path: Path) -> Edited:
    """A copy of rules.yml with one text replaced by another."""

    def edit(old: str, new: str) -> Path:
        text = RULES_FILE.read_text(encoding="utf-8")
        assert old in text
        file = tmp_path / "rules.yml"
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
        return file

    return edit


def test_there_is_a_rule_for_every_signal() -> None:
    assert {rule.signal for rule in RULES.rules} == {signal.key for signal in RULES.signals}
    assert {signal.key for signal in RULES.signals} <= SIGNALS


def test_ids_priorities_and_sides_are_unique() -> None:
    assert len({rule.key for rule in RULES.rules}) == len(RULES.rules)
    assert len({rule.priority for rule in RULES.rules}) == len(RULES.rules)
    assert len({(rule.signal, rule.direction) for rule in RULES.rules}) == len(RULES.rules)


def test_the_changed_signals_are_the_eight_that_holm_adjusts() -> None:
    assert {signal.key for signal in RULES.signals if signal.is_change} == {
        "conversion",
        "unresponded",
        "funnel_step",
        "low_ratings",
        "satisfaction",
        "response",
        "volume",
        "revenue",
    }


def test_a_new_sentence_for_a_known_signal_needs_a_row_alone(edited: Edited) -> None:
    metrics = [day(age, leads=1 if age < 30 else 4) for age in range(130)]
    (before,) = insights(metrics=metrics)
    assert before["insight_id"] == "volume_fell:30"
    (after,) = insights(metrics=metrics, rules=load_rules(edited("\nrecompute:", DECLINE)))
    assert after["insight_id"] == "volume_collapsed:30"
    assert after["message"] == (
        "You got 30 leads in the last 30 days, 120.0 per 30 days before. Tell your manager."
    )
    assert after["records"] == "metric=leads&dateRange=30"


def test_the_side_of_a_signal_that_has_no_rule_yet_needs_a_row_alone(edited: Edited) -> None:
    row = DECLINE.replace("volume_collapsed", "worst_weekday").replace("volume", "weekday")
    rules = load_rules(edited("\nrecompute:", row))
    assert rules.frame().filter(rule_id="worst_weekday")["direction"].to_list() == [-1]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("priority: 10\n", "priority: high\n", "rule goal_behind: priority: Input should be"),
        ("    priority: 10\n", "", "rule goal_behind: priority: missing field"),
        ("priority: 10\n", "priorty: 10\n", "rule goal_behind: priorty: unknown field"),
        ("priority: 10\n", "priority: 15\n", "rule: priority: 15 is used 2 times"),
        ("priority: 10\n", "priority: 10\n    priority: 11\n", "duplicate field priority"),
        ("priority: 10\n", "priority: [10\n", "while parsing a flow"),
        ("- key: goal_behind\n    metric", "- key: sales\n    metric", "unknown signal"),
        ("signal: volume", "signal: volumes", "rule volume_fell: signal: volumes is not one of"),
        ("direction: up", "direction: 1", "rule unresponded_risen: direction: Input should be"),
        ("from {subject_name}", "from {step}", "title: unknown placeholder: {step}"),
        ("goal is behind", "goal is {", "rule goal_behind: title: "),
        (
            "\nrecompute:",
            DECLINE.replace("theme: volume", "theme: decline"),
            "rule volume_collapsed: theme: must be volume",
        ),
        ("conversion&dateRange=30", "conversion&dateRange=9", "dateRange must be window_days, 30"),
        ("metric=conversion", "kind=conversion", "records: unknown parameters: kind"),
        (
            "is_change: true",
            "is_change: true\n    max_p: 0.1",
            "signal conversion: max_p: not allowed",
        ),
        ("min_move: 3", "min_move: 0", "recompute leads_handled: min_move: Input should be"),
        ("false_alarm_share: 0.04", "false_alarm_share: 4", "false_alarm_share: Input should be"),
    ],
)
def test_an_error_names_file_row_and_field(
    edited: Edited, old: str, new: str, message: str
) -> None:
    file = edited(old, new)
    with pytest.raises(RulesError) as raised:
        load_rules(file)
    assert str(raised.value).startswith(f"{file}: ")
    assert message in str(raised.value)


def test_every_error_of_a_file_is_reported(edited: Edited) -> None:
    file = edited("    priority: 10\n", "")
    file.write_text(file.read_text().replace("theme: goal\n", "topic: goal\n"))
    with pytest.raises(RulesError) as raised:
        load_rules(file)
    assert len(str(raised.value).splitlines()) == 9


def test_another_rule_or_formula_is_another_definition(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    manifest = {"metadata": {"project_name": "agent_analytics"}, "nodes": {}, "macros": {}}
    before = definition_hash.hash_definitions(manifest, {}, "UTC", None)
    folder = shutil.copytree(definition_hash.INSIGHTS, tmp_path / "insights")
    monkeypatch.setattr(definition_hash, "INSIGHTS", folder)
    assert definition_hash.hash_definitions(manifest, {}, "UTC", None) == before
    rules = folder / "rules.yml"
    rules.write_text(rules.read_text().replace("Set the next one.", "Well done."))
    reworded = definition_hash.hash_definitions(manifest, {}, "UTC", None)
    assert reworded != before
    (folder / "formulas" / "streaks.py").write_text("")
    assert definition_hash.hash_definitions(manifest, {}, "UTC", None) not in (before, reworded)


@pytest.mark.parametrize(
    ("folder", "file"), [("TRENDS", "metrics.py"), ("GOALS", "pace.py"), ("GOALS", "achieved.sql")]
)
def test_another_trend_or_goal_is_another_definition(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, folder: str, file: str
) -> None:
    manifest = {"metadata": {"project_name": "agent_analytics"}, "nodes": {}, "macros": {}}
    before = definition_hash.hash_definitions(manifest, {}, "UTC", None)
    copy = shutil.copytree(getattr(definition_hash, folder), tmp_path / folder)
    monkeypatch.setattr(definition_hash, folder, copy)
    edited = copy / file
    edited.write_text(edited.read_text() + "\n")
    assert definition_hash.hash_definitions(manifest, {}, "UTC", None) != before


def test_formulas_measure_known_signals_alone() -> None:
    from pipelines.insights.formulas.lead_changes import lead_changes
    from pipelines.insights.formulas.patterns import patterns
    from pipelines.insights.formulas.streaks import streaks
    from pipelines.insights.formulas.weekly_changes import weekly_changes

    agents = simulated_agents(20, seed=3)
    all_findings = pl.concat(
        [
            lead_changes(agents.leads, AS_OF),
            weekly_changes(agents.metrics, AS_OF),
            streaks(agents.metrics, AS_OF),
            patterns(agents.sources, agents.leads, AS_OF),
        ]
    )
    assert all_findings.columns == list(FINDING)
    assert set(all_findings["signal"]) <= SIGNALS
