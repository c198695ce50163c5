"""Any copy is read as a reader sees it: plain text or a saved web page, in whatever encoding it was saved."""

import codecs
import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.claims.appearances import normalise
from app.kit.errors import InvalidInput
from app.sources import copies
from app.sources.copies import readable, seen

PLAIN = "Six “civilians” left – at 5 °C, a doctor’s friend said."
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00\r", exclude_categories=["Cc"]), max_size=60)


def shown(page: str) -> str:
    """Return what is seen of a page, with white space as normalisation has it."""
    return normalise(readable(page.encode())).strip()


PAGES: dict[str, tuple[str, str]] = {
    "scripts and styles": ("<p>a</p><script>b < c; '<p>d</p>'</script><style>p { color: e }</style><p>f</p>", "a f"),
    "a script inside of a word": ("<p>wo<script>x</script>rd</p>", "word"),
    "the title of the page is none of the text": ("<html><head><title>A | Site</title></head><body>b</body>", "b"),
    "entities": ("<p>&ldquo;a&rdquo; &#8216;b&#x2019; &amp;lt; &hellip; &no; &#x1F600;</p>", "“a” ‘b’ &lt; … &no; 😀"),
    "no-break spaces": ("<p>100,000&nbsp;people\u00a0 \u202fleft</p>", "100,000 people left"),
    "inline tags inside of words": ("<p>re<b>port</b>ed<a href='x'>,</a> a<span>n<i>d</i></span></p>", "reported, and"),
    "elements that nobody knows are inline": ("<p>re<x-link>port</x-link>ed <blink>it</blink></p>", "reported it"),
    "line breaks": ("<p>a<br>b<br/>c<hr>d</p>", "a b c d"),
    "blocks end lines": ("<h1>a</h1><ul><li>b</li><li>c</li></ul><table><tr><td>d</td><td>e</td></tr>", "a b c d e"),
    "white space of the source": ("<p>\n   a\n\tb   </p>\n\n", "a b"),
    "quotations that the browser marks": ("<p>He said <q>never</q>.</p>", 'He said "never".'),
    "nested and not shown": ("<p>a</p><noscript><p>b</p><style>c</style></noscript><template>d</template>e", "a e"),
    "pictures": ("<div>a <svg><title>b</title><text>c</text></svg> d</div>", "a d"),
    "comments": ("<p>a<!-- b <p>c</p> --> d<!---->e</p>", "a de"),
    "a picture that is not closed": ("<div>a<svg><path></div><p>b</p>", "a b"),
    "a title that is not closed": ("<html><head><title>a<body><p>b</p>", "b"),
    "paragraphs that are not closed": ("<div><p>a<p>b<i>c</div><p>d", "a bc d"),
    "tags that were never opened": ("<p>a</b></noscript></script>b</p></div></div>c", "ab c"),
    "an open angle": ("<p>a < b and c > d & e", "a < b and c > d & e"),
    "attributes that look like text": ("<p title='<p>a</p>' data-x=\"b > c\">d</p>", "d"),
    "no document, only paragraphs": ("\n <P CLASS=x>a</P>", "a"),
    "a document of XML": ("<?xml version='1.0'?>\n<html xmlns='x'><body><p>a</p></body></html>", "a"),
    "a saved page": ("<!-- saved from url=(1)x -->\n<html><p>a</p>", "a"),
}  # fmt: skip


@pytest.mark.parametrize("what", PAGES)
def test_of_a_page_is_read_what_it_shows(what: str) -> None:
    """As a browser lays it out, as far as words and the spaces between them go."""
    page, expected = PAGES[what]
    assert shown(page) == normalise(expected)


def test_a_plain_text_is_read_as_it_is() -> None:
    """Angles and ampersands in a text are no markup."""
    for text in (PLAIN, "a < b &amp; c > d", "pp. 3<5\r\n\ta", "", "He wrote: <p>"):
        assert readable(text.encode()) == text


@given(text=TEXTS)
def test_whatever_is_escaped_is_read_back(text: str) -> None:
    """Any text as a paragraph of a page is that text again."""
    page = f"<!DOCTYPE html><p>{html.escape(text)}</p>"
    assert normalise(readable(page.encode())).strip() == normalise(text).strip()


@given(content=st.binary(max_size=60) | TEXTS.map(lambda text: f"<p>{text}".encode()))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    """No file breaks the command: it is read as some text, or it is said that it is none."""
    try:
        assert "\x00" not in readable(content)
    except InvalidInput:
        assert b"\x00" in content or content[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "windows-1252"])
def test_a_text_is_read_in_its_encoding(encoding: str) -> None:
    """With a mark of byte order that is told; otherwise it is UTF-8, or what old files are in."""
    marks = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}
    assert readable(marks.get(encoding, b"") + PLAIN.encode(encoding)) == PLAIN


@pytest.mark.parametrize(
    ("stated", "encoding"),
    [
        ("iso-8859-1", "windows-1252"),
        ("windows-1256", "windows-1256"),
        ("ISO-8859-5", "iso-8859-5"),
        ("euc-jp", "euc-jp"),
        ("utf-8", "windows-1252"),
        ("utf-16", "windows-1252"),
        ("no-such", "windows-1252"),
        # Python knows these too, but they are no encodings of a text.
        ("base64", "windows-1252"),
        ("rot13", "windows-1252"),
        ("idna", "windows-1252"),
        ("undefined", "windows-1252"),
    ],
)
def test_a_page_is_read_in_the_encoding_that_it_states(stated: str, encoding: str) -> None:
    """In either form of the element; Latin-1 and nonsense are read as browsers read them."""
    words = {"windows-1256": "حلب", "iso-8859-5": "Алеппо", "euc-jp": "日本"}.get(encoding.lower(), "“Café” – 5 €")
    for mark in (f'<meta charset="{stated}">', f'<META content="text/html; charset={stated}" http-equiv=x>'):
        page = f"<html><head>{mark}</head><body><p>{words}</p></body>".encode(encoding)
        assert readable(page).strip() == words


def test_a_page_in_utf_8_is_that_whatever_it_states() -> None:
    """Pages are saved in UTF-8 without anybody changing what they say of themselves."""
    assert readable('<meta charset="windows-1256"><p>“é”</p>'.encode()).strip() == "“é”"


def test_what_nobody_sees_is_dropped_where_that_helps() -> None:
    """Soft hyphens, zero-width spaces and marks of byte order, but no joiner that some scripts are written with."""
    assert seen("re\u00adport\u200bed\u2060 \ufeffit") == "reported it"
    assert (
        seen("\u0645\u06cc\u200c\u062e \U0001f468\u200d\U0001f469")
        == "\u0645\u06cc\u200c\u062e \U0001f468\u200d\U0001f469"
    )


def test_what_is_no_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture, an archive, an encoding of four bytes; and what is too long to be looked at."""
    for content in (b"\x89PNG\r\n\x00\x00", b"PK\x03\x04\x00", "a".encode("utf-32"), "a".encode("utf-16-be")):
        with pytest.raises(InvalidInput, match="expected a text or a web page"):
            readable(content)
    monkeypatch.setattr(copies, "LARGEST", 3)
    assert readable(b"abc") == "abc"
    with pytest.raises(InvalidInput, match="expected a copy of at most 3 bytes"):
        readable(b"abcd")
