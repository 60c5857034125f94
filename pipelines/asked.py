"""What a refresh is asked for, and the configuration of the job's run that says so."""

from dataclasses import dataclass
from datetime import date
from typing import Any

QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


@dataclass(frozen=True)
class Asked:
    """`days` of change from first to last, None for today; read and computed all anew if full."""

    days: tuple[date, date] | None = None
    is_full: bool = False
    reconciles: bool = False

    @property
    def run_config(self) -> dict[str, Any]:
        read = {"full": self.is_full, "reconcile": self.reconciles}
        ops: dict[str, Any] = {}
        if any(read.values()):
            ops["extract_and_load"] = {"config": read}
            ops["compute_insights"] = {"config": {"full": True}}
        if self.is_full:
            ops["dbt_build"] = {"config": {"full": True}}
        return {**QUIET, "ops": ops}
