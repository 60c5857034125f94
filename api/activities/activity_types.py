"""Activity types, and the words of the activity log that each stands for; others are not shown."""

from itertools import product
from typing import Literal, get_args

ActivityType = Literal[
    "call", "email", "meeting", "conversion", "assignment", "status_change", "goal_achieved"
]
Filter = Literal["all", "calls", "emails", "meetings", "conversions"]

# Contacts are accepted in a CRM's own words. The other types are spelled exactly as writers of the
# log and the computed numbers spell them: a conversion is shown exactly where it is counted.
CONTACT_WORDS: dict[ActivityType, tuple[tuple[str, ...], ...]] = {
    "call": (("call",), ("phone", "call"), ("phone",)),
    "email": (("email",), ("e", "mail"), ("mail",)),
    "meeting": (("meeting",), ("appointment",)),
}


def _spellings(words: tuple[str, ...]) -> set[str]:
    """`phone call` in lower, upper and title case, capitalised, joined in every usual way."""
    cases = (str.lower, str.upper, str.title)
    joined = {joint.join(map(case, words)) for joint, case in product(("_", " ", "-", ""), cases)}
    return joined | {text.capitalize() for text in joined}


TYPE_OF_WORD: dict[str, ActivityType] = {name: name for name in get_args(ActivityType)} | {
    word: name
    for name, synonyms in CONTACT_WORDS.items()
    for words in synonyms
    for word in _spellings(words)
}
WORDS: dict[Filter, list[str]] = {
    "all": list(TYPE_OF_WORD),
    **{
        name: [word for word, activity in TYPE_OF_WORD.items() if f"{activity}s" == name]
        for name in get_args(Filter)[1:]
    },
}
