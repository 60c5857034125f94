"""Hashes of definitions and checks, which change when a number's meaning or checks may change."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from config.paths import ROOT

INSIGHTS = ROOT / "pipelines" / "insights"
GOALS = ROOT / "goals"
TRENDS = ROOT / "trends"


def hash_definitions(
    manifest: Mapping[str, Any], variables: Mapping[str, Any], time_zone: str, currency: str | None
) -> str:
    """Returns a hash of models, macros, seeds, vars, time zone, currency, formulas and rules."""
    project = manifest["metadata"]["project_name"]
    models = {
        key: [node["checksum"], node.get("config", {}).get("materialized")]
        for key, node in manifest["nodes"].items()
        if node["resource_type"] in ("model", "seed")
    }
    macros = {
        key: macro["macro_sql"]
        for key, macro in manifest["macros"].items()
        if macro["package_name"] == project
    }
    formulas = {
        f"{path.parent.name}/{path.name}": path.read_text(encoding="utf-8")
        for path in (
            *(INSIGHTS / "formulas").glob("*.py"),
            INSIGHTS / "rules.py",
            INSIGHTS / "rules.yml",
            *TRENDS.glob("*.py"),
            *GOALS.glob("*.py"),
            *GOALS.glob("*.sql"),
        )
    }
    return _digest([models, macros, dict(variables), formulas, time_zone, currency])


def hash_checks(manifest: Mapping[str, Any]) -> str:
    """Returns a hash of the project's data tests, which change no number."""
    return _digest(
        {
            key: [node["raw_code"], node.get("test_metadata"), node["config"].get("severity")]
            for key, node in manifest["nodes"].items()
            if node["resource_type"] == "test"
        }
    )


def _digest(parts: object) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]
