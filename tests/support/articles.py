"""Articles of words that stand nowhere else, annotated in a world; what is quoted of them is worked out here alone.

No word of an article is a word of any record, and all end alike: so wherever that ending turns up, it has come from
the text. The ending, since indexes leave out what a word has in common with the one before it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from app.claims.appearances import digest, segment
from app.sources.attaching import attach
from tests.support.world import World

ENDING = "qzxvkj"
LETTERS, CYRILLIC = "bcdfghjklmnpqrstvwxz", "бвгджзклмнпрстфхцчшщ"
LATIN_WITH_MARKS = "čďěňřšťžłđ"
# Words of a text that are also in the record, as facts: a figure's reported words.
REPORTED = "about 40"
CONTEXT = 32


class Article:
    """A text in paragraphs, each with a quotation that is split by its speaker, and a sentence with a figure."""

    def __init__(self, seed: int, paragraphs: int, words: int = 5) -> None:
        self._random, self._words = Random(seed), words
        self.words: list[str] = []
        self.lines = [self._line() for _ in range(paragraphs)]
        # As received: a title, lines of other kinds of ending, and nothing at the end.
        self.text = f"{self._some()}\n\n" + "\r\n\n".join(line.text for line in self.lines)
        self.content = self.text.encode()

    def _some(self) -> str:
        """Return words, of which one is not of ASCII."""
        pick = self._random.choice
        found = ["".join(pick(LETTERS) for _ in range(5)) + ENDING for _ in range(self._words - 1)]
        found.append("".join(pick(CYRILLIC) for _ in range(4)) + pick(LATIN_WITH_MARKS) + ENDING)
        self.words += found
        return " ".join(found).capitalize()

    def _line(self) -> "Line":
        speaker = f"{self._some()} told us"
        first, second, sentence = f"“{self._some()},", f"“{self._some()}.”", f"{self._some()} {REPORTED} left."
        return Line(f"{first}” {speaker}. {second} {sentence}", (first, second), speaker, sentence)

    def edition(self, n: int = 1) -> dict[str, Any]:
        """Return how an edition of a report describes this text."""
        url = f"https://example.org/{n}"
        return {"n": n, "url": url, "sha256": digest(self.text), "length": len(self.text),
                "paragraphs": len(self.lines) + 1}  # fmt: skip

    def locator(self, number: int, *pieces: str, edition: int = 1) -> dict[str, Any]:
        """Return the locator of pieces of a line, which is the paragraph after the title."""
        begin = self.text.index(self.lines[number].text)
        starts = [begin + self.lines[number].text.index(piece) for piece in pieces]
        segments = [segment(self.text, at, at + len(piece)) for at, piece in zip(starts, pieces, strict=True)]
        return {"edition": edition, "part": "body", "paragraph": number + 2, "segments": segments}


@dataclass(frozen=True)
class Line:
    """A paragraph and what is located in it."""

    text: str
    quotation: tuple[str, str]
    speaker: str
    sentence: str


@dataclass
class Annotated:
    """A report with its article, and what is recorded of it."""

    world: World
    article: Article
    report: str
    claims: list[str]
    figures: list[str]

    def attach(self) -> None:
        """Take the text in."""
        attach(self.world.desk, self.report, self.article.content)


def claims_of(world: World, article: Article, report: str, edition: int = 1) -> list[dict[str, Any]]:
    """Return two claims of each paragraph: the split quotation with its cue, and the sentence with the figure."""
    found = []
    for number, line in enumerate(article.lines):
        cue = article.locator(number, line.speaker, edition=edition)
        quotation = article.locator(number, *line.quotation, edition=edition)
        said = world.attribution([world.originator(cue=cue)])
        found.append(world.claim(report=report, appearances=[quotation], attribution=said))
        # It stands in the text twice: once inside of the other.
        sentence = [article.locator(number, one, edition=edition) for one in (line.sentence, f"{REPORTED} left")]
        found.append(world.claim(report=report, appearances=sentence, attribution=said))
    return found


def annotated(world: World, article: Article, **report: Any) -> Annotated:
    """Record a report with an article, its claims, and a figure of every second one."""
    made = world.create("report", world.report_draft(**{"editions": [article.edition()], **report}))
    claims = world.create_all([("claim", one) for one in claims_of(world, article, made)])
    drafts = [
        world.figure(claim, reported=REPORTED, appearance=article.locator(number, REPORTED))
        for number, claim in enumerate(claims[1::2])
    ]
    figures = world.create_all([("figure", one) for one in drafts])
    return Annotated(world, article, made, claims, figures)


def quote_of(text: str, appearance: dict[str, Any]) -> dict[str, str]:
    """Return what a reader must see at a locator: the words, and up to 32 characters on each side in their line."""
    spans = [(one["start"], one["end"]) for one in appearance["segments"]]
    before, after = text[: spans[0][0]].rpartition("\n")[2], text[spans[-1][1] :].partition("\n")[0]
    exact = " … ".join(text[start:end] for start, end in spans)
    return {"exact": exact, "prefix": before[-CONTEXT:], "suffix": after[:CONTEXT]}


def appearances(value: Any, report: str | None = None) -> Iterator[tuple[str | None, dict[str, Any]]]:
    """Yield (report, appearance) of every locator anywhere in an answer, with the report of what it is of."""
    if isinstance(value, list):
        for one in value:
            yield from appearances(one, report)
    elif isinstance(value, dict):
        held = value.get("report")
        report = held["id"] if isinstance(held, dict) and "id" in held else report
        if "segments" in value and "part" in value:
            yield report, value
        for one in value.values():
            yield from appearances(one, report)


def without_quotes(value: Any) -> Any:
    """Return an answer as it would be if no text were held."""
    if isinstance(value, list):
        return [without_quotes(one) for one in value]
    if isinstance(value, dict):
        empty = {"quote": None, "held": False}
        return {name: empty.get(name, without_quotes(one)) for name, one in value.items()}
    return value
