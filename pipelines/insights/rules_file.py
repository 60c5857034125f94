"""Parser of rules.yml, which reports every error with its row and field."""

from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from config.user_error import UserError
from pipelines.insights.rules import Rules

RULES_FILE = Path(__file__).parent / "rules.yml"
# Replacements for pydantic's messages, which speak of inputs instead of fields.
MESSAGES = {"extra_forbidden": "unknown field", "missing": "missing field"}


class RulesError(UserError):
    """An invalid rules.yml; the message has a line per error, with file, row and field."""


def load_rules(file: Path = RULES_FILE) -> Rules:
    """Returns the rules of a file. Raises RulesError with a line per error."""
    try:
        content = yaml.load(file.read_text(encoding="utf-8"), _Loader)  # noqa: S506 - a safe one
    except yaml.YAMLError as error:
        raise RulesError(f"{file}: {' '.join(str(error).split())}") from None
    try:
        rules = Rules.model_validate(content)
    except ValidationError as error:
        lines = [
            _line(content, details["loc"], MESSAGES.get(details["type"], details["msg"]))
            for details in error.errors()
        ]
        raise RulesError("\n".join(f"{file}: {line}" for line in lines)) from None
    if lines := list(rules.errors()):
        raise RulesError("\n".join(f"{file}: {line}" for line in lines))
    return rules


class _Loader(yaml.CSafeLoader):
    """A safe loader that rejects duplicate fields; YAML would take the last of them."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        names = [key.value for key, _ in node.value]
        for name in names:
            if names.count(name) > 1:
                raise yaml.constructor.ConstructorError(
                    None, None, f"duplicate field {name}", node.start_mark
                )
        return super().construct_mapping(node, deep)


def _line(content: Any, location: tuple[int | str, ...], message: str) -> str:
    """Formats an error like `rule conversion_rose: priority: Input should be ...`."""
    match location:
        case (str(section), int(number), *fields):
            row = content[section][number]
            key = row.get("key", row.get("metric")) if isinstance(row, dict) else None
            place = [f"{section.removesuffix('s')} {key or f'number {number + 1}'}", *fields]
        case _:
            place = [*location]
    return ": ".join([*map(str, place), message])
