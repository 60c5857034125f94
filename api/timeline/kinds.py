"""Which words of the activity log are which type of activity; what has no type is not shown."""

from itertools import product
from typing import Literal, get_args

Kind = Literal[
    "call", "email", "meeting", "conversion", "assignment", "status_change", "goal_achieved"
]
Filter = Literal["all", "calls", "emails", "meetings", "conversions"]

# A CRM's own words for contacts. The others are spelled as the log's writers and the numbers spell
# them: a conversion is shown exactly where it is counted.
CONTACT_WORDS: dict[Kind, tuple[tuple[str, ...], ...]] = {
    "call": (("call",), ("phone", "call"), ("phone",)),
    "email": (("email",), ("e", "mail"), ("mail",)),
    "meeting": (("meeting",), ("appointment",)),
}


def _spellings(words: tuple[str, ...]) -> set[str]:
    """`phone call` in lower and upper case, capitalised, and joined by what words are joined by."""
    cases = (str.lower, str.upper, str.title)
    joined = {joint.join(map(case, words)) for joint, case in product(("_", " ", "-", ""), cases)}
    return joined | {text.capitalize() for text in joined}


KIND_OF_WORD: dict[str, Kind] = {kind: kind for kind in get_args(Kind)} | {
    word: kind
    for kind, names in CONTACT_WORDS.items()
    for words in names
    for word in _spellings(words)
}
WORDS: dict[Filter, list[str]] = {
    "all": list(KIND_OF_WORD),
    **{
        name: [word for word, kind in KIND_OF_WORD.items() if f"{kind}s" == name]
        for name in get_args(Filter)[1:]
    },
}
