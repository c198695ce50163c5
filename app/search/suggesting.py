"""Why this file exists: whoever mistypes a name is told the public name that may be meant.

Names of public actors, places and crises are kept in the index by their groups of three letters, as terms of their
records: so a name that is withdrawn is gone from here in the same transaction. The records that share the most groups
with a word are looked at, and the nearest of the words in their names is named.
"""

import difflib

from pydantic import Field

from app.finding.finder import Finder
from app.index.keys import grams
from app.kit.canonical import parse
from app.kit.schema import View
from app.kit.words import Term, words
from app.search.hits import texts_of

NAMED = ("actor", "place", "crisis")
# A word is suggested for another that it is at least so like, 0 to 1.
LIKE = 0.7
LOOKED_AT = 50


class SuggestionView(View):
    """A word of the query, and a name that may be meant."""

    word: str = Field(description="The word that was looked for, as it was read.", examples=["alepo"])
    suggestion: str = Field(description="A word of a public name.", examples=["Aleppo"])


async def suggestions(finder: Finder, terms: tuple[Term, ...]) -> list[dict[str, str]]:
    """Return the nearest words of public names for the words of a query, for those that are no such word themselves."""
    found = []
    for word in dict.fromkeys(word for term in terms for word in term.words):
        nearest = await _nearest(finder, word)
        if nearest is not None:
            found.append({"word": word, "suggestion": nearest})
    return found


async def _nearest(finder: Finder, word: str) -> str | None:
    """Return the word of a public name that is most like another; null when that is one itself, or none is like it."""
    fields = tuple(f"{noun}.gram" for noun in NAMED)
    names: dict[str, str] = {}
    for body in await finder.sharing(fields, grams(word), LOOKED_AT):
        for text in texts_of(parse(body))[0]:
            names.update((one.word, text[one.start : one.end]) for one in words(text))
    if word in names:
        return None
    close = difflib.get_close_matches(word, sorted(names), n=1, cutoff=LIKE)
    return names[close[0]] if close else None
