"""Changes of an OpenAPI document that break its clients.

One law covers both directions: whatever one side may send, the other must take. Of a request the
client of before sends and the API of now takes; of an answer it is the reverse.
"""

from collections.abc import Iterator
from typing import Any

Schema = dict[str, Any]
Document = dict[str, Any]

# A limit on what is accepted, and whether a greater one admits more.
LIMITS = {
    "maximum": True,
    "exclusiveMaximum": True,
    "maxLength": True,
    "maxItems": True,
    "maxProperties": True,
    "minimum": False,
    "exclusiveMinimum": False,
    "minLength": False,
    "minItems": False,
    "minProperties": False,
}
MEANS_ALSO = {"number": {"integer", "number"}}


def breaking_changes(before: Document, now: Document) -> list[str]:
    """A line for each; none if every client of the previous document still works."""
    return list(_Comparison(before, now).of_documents())


class _Comparison:
    def __init__(self, before: Document, now: Document) -> None:
        self._before, self._now = before, now

    def of_documents(self) -> Iterator[str]:
        for path, operations in self._before["paths"].items():
            for method, old in operations.items():
                place = f"{method.upper()} {path}"
                new = self._now["paths"].get(path, {}).get(method)
                if new is None:
                    yield f"{place}: removed"
                    continue
                if new.get("security") and not old.get("security"):
                    yield f"{place}: asks for a token"
                yield from self._of_parameters(place, old, new)
                yield from self._of_body(place, old, new)
                yield from self._of_answers(place, old, new)

    def _of_parameters(self, place: str, old: Schema, new: Schema) -> Iterator[str]:
        olds, news = (
            {(one["in"], one["name"]): one for one in operation.get("parameters", [])}
            for operation in (old, new)
        )
        for key, parameter in olds.items():
            where = f"{place}: {key[0]} {key[1]}"
            if key not in news:
                yield f"{where}: removed"
                continue
            if news[key].get("required") and not parameter.get("required"):
                yield f"{where}: required"
            yield from self._of_request(where, parameter["schema"], news[key]["schema"])
        for key in sorted(news.keys() - olds.keys()):
            if news[key].get("required"):
                yield f"{place}: {key[0]} {key[1]}: new and required"

    def _of_body(self, place: str, old: Schema, new: Schema) -> Iterator[str]:
        olds, news = old.get("requestBody", {}), new.get("requestBody", {})
        if news.get("required") and not olds.get("required"):
            yield f"{place}: body: required"
        for media_type, content in olds.get("content", {}).items():
            where = f"{place}: body {media_type}"
            if media_type not in news.get("content", {}):
                yield f"{where}: removed"
                continue
            yield from self._of_request(
                where, content["schema"], news["content"][media_type]["schema"]
            )

    def _of_answers(self, place: str, old: Schema, new: Schema) -> Iterator[str]:
        repeated = [f".{one['name']}: " for one in new.get("parameters", [])]
        for status, answer in old["responses"].items():
            where = f"{place}: {status}"
            if status not in new["responses"]:
                # An error that no longer happens breaks no client.
                if status.startswith("2"):
                    yield f"{where}: removed"
                continue
            contents = new["responses"][status].get("content", {})
            for media_type, content in answer.get("content", {}).items():
                if media_type not in contents:
                    yield f"{where} {media_type}: removed"
                    continue
                for found in self._taken(
                    f"{where} {media_type}",
                    (contents[media_type].get("schema", {}), self._now),
                    (content.get("schema", {}), self._before),
                ):
                    # A parameter that an answer repeats has a value that its client has sent.
                    if not (found.endswith(" not taken") and any(map(found.count, repeated))):
                        yield found

    def _of_request(self, place: str, old: Schema, new: Schema) -> Iterator[str]:
        yield from self._taken(place, (old, self._before), (new, self._now))

    def _taken(
        self,
        place: str,
        sent: tuple[Schema, Document],
        taken: tuple[Schema, Document],
    ) -> Iterator[str]:
        """Says what of the schema that is sent the schema that takes does not take."""
        takers = list(_alternatives(*taken))
        for giver in _alternatives(*sent):
            found = [
                list(self._of_one(place, giver, sent[1], taker, taken[1]))
                for taker in takers
                if _kinds(giver) <= _kinds(taker)
            ]
            if not found:
                yield f"{place}: {_named(giver)} where there was {_all_named(takers)}"
            elif all(found):
                yield from min(found, key=len)

    def _of_one(
        self, place: str, giver: Schema, sent: Document, taker: Schema, taken: Document
    ) -> Iterator[str]:
        if words := _words(taker):
            others = sorted(map(str, (_words(giver) or {"any other"}) - words))
            if others:
                yield f"{place}: {', '.join(others)} not taken"
        if "format" in taker and giver.get("format") != taker["format"]:
            yield f"{place}: {giver.get('format')} where there was {taker['format']}"
        for name, is_upper in LIMITS.items():
            if name in taker and not _within(giver.get(name), taker[name], is_upper):
                yield f"{place}: {name} {giver.get(name)} against {taker[name]}"
        if "items" in taker and "items" in giver:
            item = (giver["items"], sent), (taker["items"], taken)
            yield from self._taken(f"{place}[]", *item)
        yield from self._of_fields(place, giver, sent, taker, taken)

    def _of_fields(
        self, place: str, giver: Schema, sent: Document, taker: Schema, taken: Document
    ) -> Iterator[str]:
        given, known = giver.get("properties", {}), taker.get("properties", {})
        is_answer = sent is self._now
        missed = set(taker.get("required", [])) - set(giver.get("required", []))
        if is_answer:
            missed |= known.keys() - given.keys()
        for name in sorted(missed):
            yield f"{place}.{name}: {'no longer always there' if is_answer else 'required'}"
        if taker.get("additionalProperties") is False:
            for name in sorted(given.keys() - known.keys()):
                yield f"{place}.{name}: not taken"
        for name in given.keys() & known.keys():
            yield from self._taken(f"{place}.{name}", (given[name], sent), (known[name], taken))


def _alternatives(schema: Schema, document: Document) -> Iterator[Schema]:
    """Schemas without references or choices that together say the same."""
    if "$ref" in schema:
        found: Any = document
        for name in schema["$ref"].removeprefix("#/").split("/"):
            found = found[name]
        yield from _alternatives(found, document)
    elif choices := schema.get("anyOf") or schema.get("oneOf"):
        for choice in choices:
            yield from _alternatives(choice, document)
    elif isinstance(schema.get("type"), list):
        for kind in schema["type"]:
            yield {**schema, "type": kind}
    else:
        yield schema


def _kinds(schema: Schema) -> set[str]:
    """The JSON types; a schema without one takes any."""
    kind = schema.get("type")
    if kind is None:
        return {"array", "boolean", "integer", "null", "number", "object", "string"}
    return MEANS_ALSO.get(kind, {kind})


def _words(schema: Schema) -> set[Any]:
    return {schema["const"]} if "const" in schema else set(schema.get("enum", ()))


def _within(sent: float | None, taken: float, is_upper: bool) -> bool:
    if sent is None:
        return False
    return sent <= taken if is_upper else sent >= taken


def _named(schema: Schema) -> str:
    return str(schema.get("type", "anything"))


def _all_named(schemas: list[Schema]) -> str:
    return " or ".join(sorted(map(_named, schemas)))
