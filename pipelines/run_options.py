"""What a refresh is asked for, and the configuration of the job's run that says so."""

from dataclasses import dataclass
from datetime import date
from typing import Any

QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


@dataclass(frozen=True)
class RefreshOptions:
    """`days` of change from first to last, None for today; read and computed all anew if full.

    A trial builds also where nothing has changed.
    """

    days: tuple[date, date] | None = None
    is_full: bool = False
    reconciles: bool = False
    is_trial: bool = False

    @property
    def ops(self) -> dict[str, Any]:
        """The configuration of the job's steps, without what they do anyway."""
        wanted = {
            "extract_and_load": {"full": self.is_full, "reconcile": self.reconciles},
            "dbt_build": {"full": self.is_full, "even_unchanged": self.is_trial},
            "compute_insights": {"full": self.is_full or self.reconciles},
        }
        asked = {
            step: {name: True for name, is_asked in flags.items() if is_asked}
            for step, flags in wanted.items()
        }
        return {step: {"config": flags} for step, flags in asked.items() if flags}
