"""Why this file exists: whether every locator of a report holds, in the text that is held or in any copy of it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from app.claims.appearances import normalise, of_claim, text_faults, words_faults
from app.kit.canonical import JSON
from app.kit.errors import InvalidInput, NotAllowed
from app.record.noun import Noun
from app.record.shelf import Shelf
from app.record.standing import Standing
from app.sources.aligning import Found, Verdict, Window, align
from app.sources.copies import seen

Step = Callable[[int], None]


@dataclass(frozen=True)
class Located:
    """A locator of a public record: whose it is, where in its body, and the body itself."""

    record_id: str
    pointer: str
    appearance: JSON
    body: JSON

    def windows(self) -> list[Window]:
        """Return its segments as they are looked for in another copy."""
        return [
            Window(one["start"], one["end"], one["normalised"]["sha256"], one["normalised"]["length"])
            for one in self.appearance["segments"]
        ]


@dataclass(frozen=True)
class Checked:
    """What was found of a locator; `detail` says what of it, for a person."""

    located: Located
    verdict: Verdict
    detail: str = ""


def locators(connection: Connection, nouns: Mapping[str, Noun], report: str) -> list[Located]:
    """Return every locator with segments of the public records of a report, in the order of recording."""
    shelf = Shelf(connection)
    standing = [one for one in Standing(connection, nouns, shelf).descendants(report) if one.public]
    found = []
    for entry in standing:
        body = shelf.body(entry.id)
        if entry.type == "claim":
            found += [Located(entry.id, pointer, dict(one), body) for pointer, one in of_claim(body)]
        elif entry.type == "figure" and body["appearance"]:
            found.append(Located(entry.id, "/appearance", body["appearance"], body))
    return [one for one in found if one.appearance["segments"]]


def against_held(connection: Connection, report: str, located: list[Located]) -> list[Checked]:
    """Hold locators against the texts that are held, to the byte; raises NotAllowed when one's text is not held."""
    texts = Shelf(connection).texts(report)
    missing = sorted({one.appearance["edition"] for one in located} - texts.keys())
    if missing:
        listed = ", ".join(map(str, missing))
        raise NotAllowed(f"the text of edition {listed} is not held: attach it, or give a copy with --against")
    return [_checked(one, texts[one.appearance["edition"]]) for one in located]


def _checked(one: Located, text: str) -> Checked:
    faults = [str(fault) for fault in _faults(one, text)]
    return Checked(one, Verdict.MISSING if faults else Verdict.MATCH, "; ".join(faults))


def _faults(one: Located, text: str) -> Iterator[object]:
    faults = list(text_faults(one.appearance, text, one.pointer))
    if not faults and "reported" in one.body:
        faults = list(words_faults(one.body["reported"], one.appearance, text, "/reported"))
    yield from faults


def against_copy(copy: str, located: list[Located], step: Step = lambda _: None) -> list[Checked]:
    """Look for the words of locators in another copy by their normalised digests; raises InvalidInput when too long.

    A locator is a match when all its words stand in the copy in the order of the edition, missing when any stand
    nowhere in it, and moved otherwise. Editions are looked for one by one: nothing ties the order of one to another's.
    """
    found: dict[tuple[int, Window], Found] = {}
    by_edition: dict[int, list[Window]] = {}
    for one in located:
        by_edition.setdefault(one.appearance["edition"], []).extend(one.windows())
    for edition, windows in by_edition.items():
        best = max((_aligned(text, windows, step) for text in _readings(copy)), key=_matches)
        found.update(((edition, window), what) for window, what in best.items())
    return [_summed(one, [found[one.appearance["edition"], window] for window in one.windows()]) for one in located]


def _readings(copy: str) -> list[str]:
    """Return a copy as it is, and without what nobody sees, where that is another text; normalised."""
    return list(dict.fromkeys((normalise(copy), normalise(seen(copy)))))


def _aligned(text: str, windows: list[Window], step: Step) -> dict[Window, Found]:
    try:
        return align(text, windows, step)
    except ValueError as error:
        raise InvalidInput(str(error)) from None


def _matches(found: dict[Window, Found]) -> int:
    return sum(one.verdict is Verdict.MATCH for one in found.values())


def _summed(one: Located, found: list[Found]) -> Checked:
    verdicts = [each.verdict for each in found]
    worst = next(verdict for verdict in (Verdict.MISSING, Verdict.MOVED, Verdict.MATCH) if verdict in verdicts)
    places = ", ".join("nowhere" if each.at is None else f"at {each.at}" for each in found)
    return Checked(one, worst, places)
