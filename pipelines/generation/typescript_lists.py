"""Lists as lines of TypeScript."""

from collections.abc import Iterator

from config.periods import Periods


def periods(periods: Periods) -> Iterator[str]:
    """The periods that a user can choose with their labels, and the one that is shown first."""
    yield "export const PERIODS: readonly { name: DateRange; label: string }[] = ["
    for period in periods.periods:
        yield f'  {{ name: "{period.name}", label: "{period.label}" }},'
    yield "];"
    yield f'const DEFAULT_PERIOD: DateRange = "{periods.default}";'
