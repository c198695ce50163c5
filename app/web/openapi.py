"""Why this file exists: the OpenAPI document, made for people and for the generators of clients.

FastAPI describes the routes; here the description gets the names, the order and the whole contract: stable names for
every schema, one component for what many answers share, nothing that makes a generator invent a name, and the service's
real answers as examples. `docs/openapi.json` is this document as it is committed.
"""

import asyncio
import hashlib
from collections.abc import Iterator

import orjson
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from app.kit.canonical import JSON
from app.serving.envelope import REFUSALS, header_components
from app.serving.problems import ProblemView
from app.web import examples as illustrations
from app.web import shapes

SUMMARY = "Humanitarian situation reports in which every claim and every figure keeps its source on the record."
GUIDE = """
**Attribution.** Whatever carries a claim or a figure carries `attribution`: whose `voice` it is, in which `form`, and
the whole `chain` from who said it to the page. `attribution.text` and `attribution.short` are lines ready to show.

**Numbers.** A figure is `value`, `lower`, `upper` and a `quantifier` ("almost 6,000" is `just_under`): show all of it.
Rival figures stand side by side by voice and are never added up; `/v1/compare` lays them out.

**Dates.** What is not known exactly is an uncertain date: `edtf` as recorded, `earliest` and `latest` for filters,
`text` for display.

**Lists.** Newest recorded first, `limit` records a page; follow `links.next`, whose cursor is opaque. Several values of
a filter are separated by commas and mean any of them; several filters mean all of them. What is unknown is refused with
400 and the name that may be meant.

**Copies.** Every answer over the record has a strong `ETag`: send it as `If-None-Match` and get 304 while nothing
changed. A record that was retracted answers 410 with when and why: forget your copy of it. HEAD works wherever GET
does, and any web page may read every answer (CORS).

**Errors.** One shape everywhere (RFC 9457), `application/problem+json`; `code` is stable, and `/problems/{code}` says
what it means. Beside the statuses listed here, any request can meet 405, 431 and 500 in the same shape.

**Changes.** Within `/v1` the contract only grows: fields, parameters, operations and codes are added, never renamed or
taken away. Read tolerantly: skip fields that you do not know, and expect new codes.
""".strip()
TAGS = {
    "claims": "Propositions, each with who said it, by which way it came, and where it stands in its report.",
    "figures": "Numbers as they were reported: bounds, qualifier, date and voice; never added up.",
    "reports": "The documents that carry claims; their texts stay with their publishers.",
    "search": "Words in claims, figures, reports and names, with snippets and the whole record.",
    "compare": "Rival figures and statements side by side, by voice.",
    "crises": "Emergencies that reports are about, and a crisis at a glance.",
    "actors": "Who speaks, carries or is spoken about: persons, organisations, media, communities.",
    "places": "Places with P-codes, and informal areas inside them.",
    "relations": "How two claims or two figures stand to each other, and who judged so.",
    "history": "Every public revision of a record with what it changed, and permalinks.",
    "changes": "Every public revision in the order of commits, for whoever keeps a copy, and the ledger's head.",
    "exports": "Whole tables as files, with all filters: CSV, NDJSON, Excel, Parquet, linked data and maps.",
    "vocabularies": "Every closed list of codes, with labels, definitions and what other systems call them.",
    "service": "Where to begin, what problems mean, and whether the service is well.",
}


def document(app: FastAPI, examples: JSON) -> JSON:
    """Return the OpenAPI 3.1 document of an application, with these examples."""
    made = get_openapi(
        title=app.title,
        version=app.version,
        summary=SUMMARY,
        description=f"{app.description}\n\n{GUIDE}",
        routes=app.routes,
        tags=[{"name": name, "description": says} for name, says in TAGS.items()],
        servers=[{"url": "/", "description": "The server that this document came from."}],
        license_info={"name": "MIT (code), CC BY 4.0 (annotations)", "identifier": "MIT"},
    )
    schemas = made["components"]["schemas"]
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    problem = ProblemView.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(problem.pop("$defs", {}))
    schemas[ProblemView.__name__] = problem
    made["components"] = {"schemas": shapes.clean(schemas), "headers": header_components(), "responses": {}}
    for operation in operations(made):
        _describe_parameters(operation)
        _describe_answers(operation, made["components"])
    named = shapes.renamed(made)
    illustrations.place(named, examples)
    return named


def operations(made: JSON) -> Iterator[JSON]:
    """Yield every operation of a document."""
    return (operation for path in made["paths"].values() for operation in path.values())


def _describe_parameters(operation: JSON) -> None:
    """Give every parameter one description, and an example where tools look for it.

    The example of an optional one stands in its schema, since tools that let people try an operation out fill in the
    others: all filters at once would find nothing.
    """
    for parameter in operation.get("parameters", ()):
        schema = parameter["schema"]
        for noise in ("title", "description"):
            schema.pop(noise, None)
        if parameter["required"]:
            parameter.setdefault("example", *schema.pop("examples", [])[:1])
        elif "example" in parameter:
            schema["examples"] = [parameter.pop("example")]


def _describe_answers(operation: JSON, components: JSON) -> None:
    """Name what each answer is, and keep what many operations share among the components."""
    answers = operation["responses"]
    answers.pop("422", None)
    for media in answers["200"]["content"].values():
        named = media.get("schema", {}).get("$ref", "").rpartition("/")[2]
        if named:
            answers["200"]["description"] = components["schemas"][named]["description"]
    for status, answer in answers.items():
        if status != "200":
            dated = "Last-Modified" in answer["headers"]
            name = REFUSALS[int(status)][0] if status != "304" else "RecordNotModified" if dated else "NotModified"
            if components["responses"].setdefault(name, answer) != answer:
                raise ValueError(f"two answers are called {name}")
            answers[status] = {"$ref": f"#/components/responses/{name}"}


class Content:
    """The document as it is served, made when it is first asked for: it takes a third of a second, and starts wait."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app
        self._making = asyncio.Lock()
        self._made: tuple[bytes, str] | None = None

    async def get(self) -> tuple[bytes, str]:
        """Return the document's bytes and their entity tag; it is made in a thread, so that nobody else waits."""
        async with self._making:
            if self._made is None:
                self._made = await asyncio.to_thread(self._make)
        return self._made

    def _make(self) -> tuple[bytes, str]:
        made = orjson.dumps(document(self._app, illustrations.read()))
        return made, hashlib.sha256(made).hexdigest()[:20]
