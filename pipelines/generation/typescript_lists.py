"""Lists as lines of TypeScript."""

from collections.abc import Iterator

from config.periods import LONGEST_COMPARED_WITH_YEAR, LONGEST_RANGE, Periods


def periods(periods: Periods) -> Iterator[str]:
    """The periods that a user can choose with their labels, the one that is shown first, and the
    limits of free dates, in dates."""
    yield "export const PERIODS: readonly { name: DateRange; label: string }[] = ["
    for period in periods.periods:
        yield f'  {{ name: "{period.name}", label: "{period.label}" }},'
    yield "];"
    yield f'const DEFAULT_PERIOD: DateRange = "{periods.default}";'
    yield f"export const SERVED_HISTORY_DAYS = {periods.served_history_days};"
    yield f"export const LONGEST_RANGE = {LONGEST_RANGE};"
    yield f"const LONGEST_COMPARED_WITH_YEAR = {LONGEST_COMPARED_WITH_YEAR};"
