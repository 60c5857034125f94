"""Lists as lines of TypeScript."""

from collections.abc import Iterator

from config.periods import Periods


def windows(periods: Periods) -> Iterator[str]:
    """The windows that a user can choose, and the one that is shown first."""
    days = ", ".join(f'"{days}"' for days in periods.date_ranges)
    yield f"export const WINDOWS: readonly Window[] = [{days}];"
    yield f'const DEFAULT_WINDOW: Window = "{periods.default}";'
