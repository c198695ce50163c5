"""What a change of the OpenAPI document breaks for those whose code is built on it.

`breaking(old, new)` says it in one line each; what only adds is no line. Whatever an answer says may say more, not less
and nothing else; whatever a request may say must still be taken. Two things are judged by the promises of the contract
and not by logic: an answer's closed list may get new codes (readers expect that), and a code never goes.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

JSON = dict[str, Any]
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
# Limits by which a schema allows less when they are greater, and those by which it does when they are smaller.
LEAST = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")
MOST = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")
# Rules that are kept as they are, or dropped where that allows more.
RULES = ("pattern", "format", "uniqueItems", "multipleOf", "contentEncoding")
PARTS = ("properties", "required", "items", "additionalProperties")
JUDGED = {"type", "enum", "const", "default", *PARTS, *RULES, *LEAST, *MOST}
# What only speaks to people.
SAID = {"description", "title", "example", "examples", "deprecated", "$comment"}


def breaking(old: JSON, new: JSON) -> list[str]:
    """Return what breaks for whoever was built on the old document, a line for each; nothing for what only adds."""
    return list(dict.fromkeys(_Change(old, new).found()))


class _Change:
    """Two documents side by side. A schema that both call by one name is compared once in each direction."""

    def __init__(self, old: JSON, new: JSON) -> None:
        self._old, self._new = old, new
        self._waiting: dict[tuple[str, bool], None] = {}

    def found(self) -> Iterator[str]:
        yield from self._names()
        for path, item in self._old["paths"].items():
            for method in METHODS:
                if method in item:
                    other = self._new["paths"].get(path, {}).get(method)
                    yield from self._operation(f"{method.upper()} {path}", item[method], other)
        done: set[tuple[str, bool]] = set()
        schemas, others = (one.get("components", {}).get("schemas", {}) for one in (self._old, self._new))
        while fresh := self._waiting.keys() - done:
            for name, asked in sorted(fresh):
                done.add((name, asked))
                # One that is gone was named already.
                if name in others:
                    yield from self._schema(name, schemas[name], others[name], asked)

    def _names(self) -> Iterator[str]:
        """Generated code is called after the components, so that these keep their names."""
        for kind, named in self._old.get("components", {}).items():
            for name in named.keys() - self._new.get("components", {}).get(kind, {}).keys():
                yield f"components/{kind}/{name}: gone"
        servers = [one["url"] for one in self._new.get("servers", [])]
        yield from (f"server {one['url']}: gone" for one in self._old.get("servers", []) if one["url"] not in servers)

    def _operation(self, at: str, old: JSON, new: JSON | None) -> Iterator[str]:
        if new is None:
            yield f"{at}: gone"
            return
        if old.get("operationId") != new.get("operationId"):
            yield f"{at}: operationId was {old.get('operationId')}, is {new.get('operationId')}"
        if _anonymous(old, self._old) and not _anonymous(new, self._new):
            yield f"{at}: needs credentials now"
        yield from self._parameters(at, old, new)
        bodies = _follow(self._old, old.get("requestBody", {})), _follow(self._new, new.get("requestBody", {}))
        yield from self._body(f"{at} body", *bodies)
        answers = new["responses"]
        for status, answer in old["responses"].items():
            if status in answers:
                old_answer, new_answer = _follow(self._old, answer), _follow(self._new, answers[status])
                yield from self._answer(f"{at} {status}", old_answer, new_answer)
            else:
                yield f"{at} {status}: gone"

    def _parameters(self, at: str, old: JSON, new: JSON) -> Iterator[str]:
        before, after = _by_name(self._old, old), _by_name(self._new, new)
        for key, parameter in after.items():
            if parameter.get("required") and not before.get(key, {}).get("required"):
                yield f"{at} {key[1]}: required now"
        for key, parameter in before.items():
            name = f"{at} {key[1]}"
            if key not in after:
                yield f"{name}: gone"
                continue
            for how in ("style", "explode", "allowReserved", "allowEmptyValue"):
                if parameter.get(how) != after[key].get(how):
                    yield f"{name}: {how} was {parameter.get(how)}, is {after[key].get(how)}"
            yield from self._schema(name, parameter.get("schema", {}), after[key].get("schema", {}), True)

    def _body(self, at: str, old: JSON, new: JSON) -> Iterator[str]:
        if new.get("required") and not old.get("required"):
            yield f"{at}: required now"
        yield from self._contents(at, old, new, True)

    def _answer(self, at: str, old: JSON, new: JSON) -> Iterator[str]:
        for name, stated in old.get("headers", {}).items():
            header, other = _follow(self._old, stated), _follow(self._new, new.get("headers", {}).get(name))
            if other is None:
                yield f"{at} {name}: gone"
            else:
                if header.get("required") and not other.get("required"):
                    yield f"{at} {name}: not always sent any more"
                yield from self._schema(f"{at} {name}", header.get("schema", {}), other.get("schema", {}), False)
        yield from self._contents(at, old, new, False)

    def _contents(self, at: str, old: JSON, new: JSON, asked: bool) -> Iterator[str]:
        contents = new.get("content", {})
        for media, content in old.get("content", {}).items():
            if media in contents:
                schema, other = content.get("schema", {}), contents[media].get("schema", {})
                yield from self._schema(f"{at} {media}", schema, other, asked)
            else:
                yield f"{at} {media}: gone"

    # --- Schemas --------------------------------------------------------------------------------------------------

    def _schema(self, at: str, old: JSON, new: JSON, asked: bool) -> list[str]:
        """Compare two schemas: what is asked must still be taken, what is answered must still be understood."""
        if old == new:
            self._waiting |= dict.fromkeys((name, asked) for name in _references(old))
            return []
        before, after = _alternatives(self._old, old), _alternatives(self._new, new)
        within, around = (before, after) if asked else (after, before)
        found: list[str] = []
        for one in within:
            pairs = [(one, other) if asked else (other, one) for other in around]
            found += _fewest([self._one(at, *pair, asked) for pair in pairs])
        return found

    def _one(self, at: str, old: JSON, new: JSON, asked: bool) -> list[str]:
        names = (old.get("$ref"), new.get("$ref"))
        if names[0] and names[0] == names[1]:
            self._waiting[names[0].rpartition("/")[2], asked] = None
            return []
        if names != (None, None):
            return self._schema(at, _follow(self._old, old), _follow(self._new, new), asked)
        return [
            *_kinds(at, old, new, asked),
            *_codes(at, old, new, asked),
            *_limits(at, *((old, new) if asked else (new, old))),
            *self._parts(at, old, new, asked),
            *_others(at, old, new),
        ]

    def _parts(self, at: str, old: JSON, new: JSON, asked: bool) -> Iterator[str]:
        """Compare what an object or a list is made of."""
        fields, others = old.get("properties", {}), new.get("properties", {})
        for name in fields.keys() - others.keys():
            yield f"{at}.{name}: gone"
        for name in fields.keys() & others.keys():
            yield from self._schema(f"{at}.{name}", fields[name], others[name], asked)
        needed, given = set(old.get("required", [])), set(new.get("required", []))
        if asked:
            yield from (f"{at}.{name}: required now" for name in given - needed)
        else:
            yield from (f"{at}.{name}: not always there any more" for name in (needed - given) & others.keys())
        for part, inside in (("items", "[]"), ("additionalProperties", ".*")):
            before, after = old.get(part, True), new.get(part, True)
            if isinstance(before, dict) and isinstance(after, dict):
                yield from self._schema(at + inside, before, after, asked)
            # What a request could hold must stay; an answer may get more, but what its parts are is said.
            elif (after if asked else before) is not True and before != after and (asked or before is not False):
                yield f"{at}{inside}: {part} was {before}, is {after}"


def _kinds(at: str, old: JSON, new: JSON, asked: bool) -> Iterator[str]:
    within, around = (old, new) if asked else (new, old)
    kinds = (within.get("type"), around.get("type"))
    if kinds[1] is not None and kinds[0] != kinds[1] and kinds != ("integer", "number"):
        yield f"{at}: type was {old.get('type', 'any')}, is {new.get('type', 'any')}"
    if asked and old.get("default") != new.get("default"):
        yield f"{at}: default was {old.get('default')}, is {new.get('default')}"


def _codes(at: str, old: JSON, new: JSON, asked: bool) -> Iterator[str]:
    """A code never goes; an answer's list may grow, but one that was always the same stays so."""
    before, after = _listed(old), _listed(new)
    if before is not None and after is not None:
        yield from (f"{at}: code {code} gone" for code in before if code not in after)
        if "const" in old and not asked and len(after) > 1:
            yield f"{at}: was always {old['const']}"
    elif after is not None and asked:
        yield f"{at}: takes only {after} now"
    elif before is not None and not asked:
        yield f"{at}: no closed list any more"


def _limits(at: str, within: JSON, around: JSON) -> Iterator[str]:
    """Say which limits of the one the other does not keep within."""
    for limit in LEAST:
        if limit in around and within.get(limit, float("-inf")) < around[limit]:
            yield f"{at}: {limit} {within.get(limit)} against {around[limit]}"
    for limit in MOST:
        if limit in around and within.get(limit, float("inf")) > around[limit]:
            yield f"{at}: {limit} {within.get(limit)} against {around[limit]}"
    for rule in RULES:
        if around.get(rule) and within.get(rule) != around[rule]:
            yield f"{at}: {rule} {within.get(rule)} against {around[rule]}"


def _others(at: str, old: JSON, new: JSON) -> Iterator[str]:
    """Whatever is not judged here may not change at all."""
    for keyword in (old.keys() | new.keys()) - JUDGED - SAID:
        if old.get(keyword) != new.get(keyword):
            yield f"{at}: {keyword} was {old.get(keyword)}, is {new.get(keyword)}"


def _listed(schema: JSON) -> list[Any] | None:
    return [schema["const"]] if "const" in schema else schema.get("enum")


def _alternatives(document: JSON, schema: JSON) -> list[JSON]:
    """Return the schemas any of which is meant, each of one type."""
    for keyword in ("anyOf", "oneOf"):
        if keyword in schema:
            return [deepest for one in schema[keyword] for deepest in _alternatives(document, one)]
    if isinstance(schema.get("type"), list):
        return [{**schema, "type": one} for one in schema["type"]]
    return [schema]


def _references(value: Any) -> Iterator[str]:
    """Yield the name of every schema that a schema refers to."""
    if isinstance(value, list):
        for one in value:
            yield from _references(one)
    elif isinstance(value, dict):
        for key, one in value.items():
            if key == "$ref":
                yield one.rpartition("/")[2]
            elif key not in SAID:
                yield from _references(one)


def _fewest(faults: list[list[str]]) -> list[str]:
    found: list[str] = min(faults, key=len)
    return found


def _follow(document: JSON, value: Any) -> Any:
    """Return what a reference leads to, and anything else as it is."""
    while isinstance(value, Mapping) and "$ref" in value:
        found: Any = document
        for part in value["$ref"].removeprefix("#/").split("/"):
            found = found[part.replace("~1", "/").replace("~0", "~")]
        value = found
    return value


def _by_name(document: JSON, operation: JSON) -> dict[tuple[str, str], JSON]:
    parameters: Iterable[JSON] = (_follow(document, one) for one in operation.get("parameters", []))
    return {(one["in"], one["name"]): one for one in parameters}


def _anonymous(operation: JSON, document: JSON) -> bool:
    """Whether an operation answers whoever shows nothing."""
    needed: Any = operation.get("security", document.get("security", []))
    return not needed or {} in needed
