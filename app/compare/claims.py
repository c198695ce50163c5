"""Why this file exists: who says what of what: the claims of a list as a table of voices and themes."""

from collections import Counter
from typing import Any

import orjson

from app.finding.filters import Terms, Value
from app.finding.finder import Finder
from app.finding.found import Page, Question
from app.kit.canonical import JSON, compact, parse
from app.serving.questions import Wanted

MOST_RELATIONS = 1000


async def claim_table(finder: Finder, wanted: Wanted, page: Page, meta: dict[str, Any]) -> bytes:
    """Return a page of claims as a table, with the relations between them."""
    claims = [parse(row.body) for row in page.rows]
    voices, themes, cells = _pivot(claims)
    return compact(
        {
            "voices": voices,
            "themes": themes,
            "cells": cells,
            "claims": [orjson.Fragment(row.body) for row in page.rows],
            "relations": [orjson.Fragment(body) for body in await _relations(finder, claims)],
        }
    )


def _pivot(claims: list[JSON]) -> tuple[list[JSON], list[JSON], list[JSON]]:
    """Return rows, columns and the cells that are not empty."""
    voices: dict[str, JSON] = {}
    themes: dict[str, JSON] = {}
    said: Counter[str] = Counter()
    about: Counter[str] = Counter()
    cells: dict[tuple[str, str | None], list[str]] = {}
    for claim in claims:
        voice = claim["attribution"]["voice"]
        voices.setdefault(voice["key"], voice)
        said[voice["key"]] += 1
        for theme in claim["themes"] or [None]:
            if theme:
                themes[theme["code"]] = theme
                about[theme["code"]] += 1
            cells.setdefault((voice["key"], theme["code"] if theme else None), []).append(claim["id"])
    rows = sorted(voices, key=lambda key: (-said[key], key))
    columns = sorted(themes, key=lambda code: (-about[code], code))
    order = {key: at for at, key in enumerate([*rows, *columns])}
    placed = sorted(cells.items(), key=lambda cell: (order[cell[0][0]], order.get(cell[0][1] or "", len(order))))
    return (
        [{"voice": voices[key], "claims": said[key]} for key in rows],
        [themes[code] for code in columns],
        [{"voice": voice, "theme": theme, "claims": ids} for (voice, theme), ids in placed],
    )


async def _relations(finder: Finder, claims: list[JSON]) -> list[bytes]:
    """Return the relations whose two ends are both among these claims or their figures."""
    if not claims:
        return []
    shown = {claim["id"] for claim in claims} | {figure["id"] for claim in claims for figure in claim["figures"]}
    either = Terms("claim", ("relation.claim",), tuple(Value(claim["id"]) for claim in claims), None)
    page = await finder.page(Question("relation", (either,)), None, MOST_RELATIONS)
    found = []
    for row in page.rows:
        relation = parse(row.body)
        if relation["from"]["id"] in shown and relation["to"]["id"] in shown:
            found.append(row.body)
    return found
