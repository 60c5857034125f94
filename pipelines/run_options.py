"""Options of a refresh, and the run config of the Dagster job that they become."""

from dataclasses import dataclass
from datetime import date
from typing import Any

QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


@dataclass(frozen=True)
class RefreshOptions:
    """`days` of change from first to last, None for today; `is_full` reads and computes everything.

    A dry run builds even if nothing has changed.
    """

    days: tuple[date, date] | None = None
    is_full: bool = False
    reconciles: bool = False
    is_dry_run: bool = False

    @property
    def ops(self) -> dict[str, Any]:
        """Config of the job's steps, without default values."""
        flags_by_step = {
            "extract_and_load": {"full": self.is_full, "reconcile": self.reconciles},
            "dbt_build": {"full": self.is_full, "even_unchanged": self.is_dry_run},
            "compute_insights": {"full": self.is_full or self.reconciles},
        }
        enabled = {
            step: {name: True for name, is_enabled in flags.items() if is_enabled}
            for step, flags in flags_by_step.items()
        }
        return {step: {"config": flags} for step, flags in enabled.items() if flags}
