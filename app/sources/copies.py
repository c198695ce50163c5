"""Why this file exists: the readable text of any copy of an article: plain text or a saved web page, in any encoding.

It is only for sliding windows over it: what is not shown to a reader is left out, blocks of a page stand on lines of
their own, and characters that nobody sees are dropped.
"""

import codecs
import re
from html.parser import HTMLParser

from app.kit.errors import InvalidInput

# The largest file that is read, in bytes.
LARGEST = 20_000_000
_UNSHOWN = frozenset({"noscript", "script", "style", "svg", "template", "title"})
# Of these, those that a block ends too, when nobody has closed them.
_LINES = frozenset({"svg", "title"})
# What begins and ends a line; everything else, known or not, stands inside one.
_BLOCKS = frozenset(
    {"address", "article", "aside", "audio", "blockquote", "body", "br", "caption", "center", "dd", "details", "dialog"}
    | {"dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5"}
    | {"h6", "head", "header", "hgroup", "hr", "html", "iframe", "legend", "li", "main", "menu", "nav", "object", "ol"}
    | {"optgroup", "option", "p", "pre", "search", "section", "select", "summary", "table", "tbody", "td", "textarea"}
    | {"tfoot", "th", "thead", "tr", "ul", "video"}
)
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_OLD = "windows-1252"
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([A-Za-z0-9_.:-]{1,40})""", re.IGNORECASE)
_PAGE = re.compile(
    r"\s*(<\?xml[^>]*>\s*)?<(!doctype html|!--|"
    r"(html|head|body|title|meta|link|main|article|section|div|h[1-6]|p)[\s>])",
    re.IGNORECASE,
)
# Soft hyphen, zero-width space, word joiner, and the mark of byte order in the middle of a text.
_UNSEEN = dict.fromkeys((0x00AD, 0x200B, 0x2060, 0xFEFF))


def readable(content: bytes) -> str:
    """Return the text that a reader of this copy sees; raises InvalidInput for what is not text, or too long."""
    if len(content) > LARGEST:
        raise InvalidInput(f"expected a copy of at most {LARGEST} bytes")
    text = _decoded(content)
    if "\x00" in text:
        raise InvalidInput("expected a text or a web page")
    if _PAGE.match(text):
        page = _Page()
        page.feed(text)
        page.close()
        text = "".join(page.pieces)
    return text


def seen(text: str) -> str:
    """Return a text without the characters that nobody sees."""
    return text.translate(_UNSEEN)


def _decoded(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.removeprefix(mark).decode(encoding, errors="replace")
    try:
        return content.decode()
    except UnicodeDecodeError:
        try:
            return content.decode(_stated(content), errors="replace")
        except (LookupError, ValueError):
            # Python knows encodings that are none of texts.
            return content.decode(_OLD, errors="replace")


def _stated(content: bytes) -> str:
    """Return the encoding that a page states for itself; otherwise the one that old pages are in."""
    stated = _CHARSET.search(content[:4096])
    name = codecs.lookup(stated[1].decode()).name if stated else _OLD
    # As browsers read them: many pages that state Latin-1 are windows-1252, and none whose bytes say this is UTF-16.
    return _OLD if name in ("iso8859-1", "ascii", "utf-8") or name.startswith(("utf-16", "utf-32")) else name


class _Page(HTMLParser):
    """Gathers what a page shows."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._unshown: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line with a block; begin to leave out what is not shown."""
        if tag in _BLOCKS and self._unshown and self._unshown[-1] in _LINES:
            self._unshown.pop()
        if tag in _UNSHOWN:
            self._unshown.append(tag)
        self._mark(tag)

    def handle_endtag(self, tag: str) -> None:
        """End what was begun, with all that was begun in it."""
        if tag in self._unshown:
            del self._unshown[self._unshown.index(tag) :]
        self._mark(tag)

    def _mark(self, tag: str) -> None:
        if not self._unshown and (tag in _BLOCKS or tag == "q"):
            self.pieces.append("\n" if tag in _BLOCKS else '"')

    def handle_data(self, data: str) -> None:
        """Keep a text that is shown."""
        if not self._unshown:
            self.pieces.append(data)
