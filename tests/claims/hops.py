"""Hops and attributions as bodies hold them, for the pure rules: lawful unless a test changes something."""

from typing import Any

PUBLISHER = "act_paper"

_NOTHING = ("actor", "label", "short_label", "source_ref", "capacity", "affiliation", "on_behalf_of", "verb")


def hop(role: str, **changes: Any) -> dict[str, Any]:
    """Return a lawful hop of a role."""
    lawful: dict[str, dict[str, Any]] = {
        "originator": {"actor": "act_speaker", "label": "A Speaker", "medium": "interview"},
        "relay": {"actor": "act_agency", "label": "An Agency", "medium": "news_report"},
        "publisher": {"actor": PUBLISHER, "label": "A Paper", "medium": "news_report"},
        "reporter": {"actor": "act_writer", "label": "A Writer"},
    }
    nothing = dict.fromkeys([*_NOTHING, "medium", "addressee", "cue"])
    return {**nothing, "role": role, "known": True, "position": 0, **lawful[role], **changes}


def unnamed(label: str, ref: str = "s1", **changes: Any) -> dict[str, Any]:
    """Return an originator without a name."""
    return hop("originator", actor=None, label=label, source_ref=ref, medium="unspecified", **changes)


def unknown(role: str = "originator", **changes: Any) -> dict[str, Any]:
    """Return a hop of whom the text says nothing."""
    return hop(role, **{"actor": None, "label": None, "known": False, "medium": "unspecified", **changes})


def apart(roles: list[str]) -> list[dict[str, Any]]:
    """Return lawful hops of these roles in their places; every originator is somebody else."""
    hops = [hop(role) for role in roles]
    return placed(
        [{**one, "actor": f"act_{at}"} if one["role"] == "originator" else one for at, one in enumerate(hops)]
    )


def placed(chain: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return a chain with positions by counting: originators are 1, each hop after them one more."""
    at = 1
    found = []
    for one in chain:
        at = 1 if one["role"] == "originator" else at + 1
        found.append({**one, "position": at})
    return found


def said(*hops: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Return an attribution: these hops, then the publisher and a reporter."""
    chain = placed([*hops, hop("publisher"), hop("reporter")])
    base = {"form": "indirect_quote", "identification": "named", "said_on": None, "said_in": None}
    return {**base, "chain": chain, **changes}


def mention(label: str, actor: str | None = None) -> dict[str, Any]:
    """Return somebody as the text names them."""
    return {"label": label, "actor": actor}
