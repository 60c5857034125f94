"""Rules that say something has changed; they share one limit on false alarms."""

from dataclasses import replace

from pipelines.insights.formulas.rule import Rule

# The share of agents without any change that may get one or more of these, by Holm's adjustment.
FALSE_ALARM_SHARE = 0.04

TWO_PROPORTIONS = "two proportions at equal age, clustered, Holm-adjusted"
WEEKLY_RANKS = "exact rank sum of weeks, Holm-adjusted"
AGAINST_BEFORE = "30 days against the 90 before"

_CONVERSION = Rule(
    id="conversion_rose",
    version=1,
    measure="conversion",
    direction=1,
    metric="conversion",
    window_days=30,
    window=AGAINST_BEFORE,
    test=TWO_PROPORTIONS,
    threshold=FALSE_ALARM_SHARE,
    minimum_n=20,
    minimum_n_before=40,
    minimum_change_pct=10,
    kind="positive",
    is_better=True,
    priority=40,
    theme="conversion",
    title="More of your leads convert",
    sentence="{value} % of your {n} leads of the last 30 days have converted; at the same point it "
    "was {before} % in the 90 days before.",
    suggestion="Note what you did differently, and keep to it.",
    records="metric=conversion&dateRange=30",
)
_FELL = replace(_CONVERSION, direction=-1, kind="negative", is_better=False)

CHANGE_RULES = (
    replace(
        _FELL,
        id="conversion_fell",
        priority=20,
        title="Fewer of your leads convert",
        suggestion="Go through the leads that showed interest and have not converted.",
    ),
    _CONVERSION,
    replace(
        _CONVERSION,
        id="unresponded_risen",
        measure="unresponded",
        metric="unresponded",
        kind="action",
        is_better=False,
        priority=15,
        theme="unresponded",
        title="Unanswered leads are piling up",
        sentence="{value} % of your {n} leads of the last 30 days have no answer yet; at the same "
        "point it was {before} % in the 90 days before.",
        suggestion="Answer the newest first, then work back.",
        records="metric=unresponded&dateRange=30",
    ),
    replace(
        _FELL,
        id="funnel_step_fell",
        measure="funnel_step",
        metric="funnel",
        kind="action",
        priority=30,
        theme="funnel",
        title="You lose more leads on the way from {detail}",
        sentence="From {detail}, {value} % of {n} got on in the last 30 days; at the same point it "
        "was {before} % in the 90 days before. No other step has lost as much.",
        suggestion="Look at the leads that stopped there.",
        records="metric=funnel&dateRange=30&stage={subject}",
    ),
    replace(
        _FELL,
        id="ratings_dropped",
        measure="low_ratings",
        direction=1,
        metric="satisfaction",
        priority=22,
        theme="satisfaction",
        title="More low ratings",
        sentence="{value} % of your {n} ratings of the last 30 days are 1 or 2, against {before} % "
        "in the 90 days before.",
        suggestion="Read what these leads have in common, and call them.",
        records="metric=satisfaction&dateRange=30",
    ),
    *(
        replace(
            base,
            id=id_,
            measure="satisfaction",
            metric="satisfaction",
            test="mean rating by permutation moments, clustered, Holm-adjusted",
            minimum_change_pct=3,
            priority=priority,
            theme="satisfaction",
            title=title,
            sentence="Your {n} ratings of the last 30 days average {value}, against {before} in "
            "the 90 days before.",
            suggestion=suggestion,
            records="metric=satisfaction&dateRange=30",
        )
        for base, id_, priority, title, suggestion in (
            (_CONVERSION, "satisfaction_rose", 46, "Your ratings are up", "Keep it up."),
            (_FELL, "satisfaction_fell", 28, "Your ratings are down", "Read the lowest ones."),
        )
    ),
    *(
        replace(
            base,
            id=id_,
            measure="response",
            direction=direction,
            metric="responseMedian",
            test="rank sum at equal age, clustered, Holm-adjusted",
            priority=priority,
            theme="response",
            title=title,
            sentence="Half of the {n} leads that you answered in the last 30 days waited less than "
            "{value} h; at the same point it was {before} h in the 90 days before.",
            suggestion=suggestion,
            records="metric=response&dateRange=30",
        )
        for base, id_, direction, priority, title, suggestion in (
            (_CONVERSION, "response_faster", -1, 44, "You answer faster", "Keep it up."),
            (_FELL, "response_slower", 1, 26, "You answer more slowly", "Set times to answer."),
        )
    ),
    *(
        replace(
            base,
            id=f"{measure}_{verb}",
            measure=measure,
            metric=metric,
            test=WEEKLY_RANKS,
            minimum_n=0,
            minimum_n_before=minimum_n_before,
            priority=priority,
            theme=measure,
            title=title,
            sentence=sentence,
            suggestion=suggestion,
            records=f"metric={metric}&dateRange=30",
        )
        for measure, metric, minimum_n_before, sentence, sides in (
            (
                "volume",
                "leads",
                20,
                "You got {n} leads in the last 30 days, against {before} per 30 days in the 90 "
                "before; the last 4 weeks differ from the 12 before them.",
                (
                    (_CONVERSION, "rose", 48, "You get more leads", "Plan time for them."),
                    (_FELL, "fell", 34, "You get fewer leads", "Ask how they are assigned."),
                ),
            ),
            (
                "revenue",
                "revenue",
                10,
                "You earned {value} in the last 30 days, against {before} per 30 days in the 90 "
                "before; the last 4 weeks differ from the 12 before them.",
                (
                    (_CONVERSION, "rose", 42, "Your revenue is up", "Note what brought it."),
                    (_FELL, "fell", 24, "Your revenue is down", "Go through your open leads."),
                ),
            ),
        )
        for base, verb, priority, title, suggestion in sides
    ),
)
