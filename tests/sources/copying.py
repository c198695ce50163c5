"""What happens to an article on its way into somebody's folder: three noisy copies of any text, the same each time."""

import html
import re
import unicodedata
from random import Random

ADVERT = '<aside class="ad"><div>Advertisement</div><a href="/x">Subscribe &amp; save 98 percent</a></aside>'
NAVIGATION = "".join(f'<li><a href="/{at}">Section {at}</a></li>' for at in range(40))
HEAD = (
    '<!DOCTYPE html>\n<!-- saved from url=(0021)https://example.org/a -->\n<html lang="en"><head><meta charset="utf-8">'
    "<title>{title}</title><style>p {{ color: red }}</style>"
    '<script>var six = "98 percent"; document.write("<p>" + six + "</p>")</script></head><body>'
)
FOOT = "<footer><p>Six stories you may like</p><noscript><p>Enable JavaScript</p></noscript></footer></body></html>"
MARKS = {"“": "&ldquo;", "”": "&#8221;", "‘": "&lsquo;", "’": "&#x2019;", "…": "&hellip;", "–": "&ndash;"}
WIDTH = 72


def paragraphs(text: str) -> list[str]:
    """Return the lines of a text that are not blank."""
    return [line.strip("\r") for line in text.split("\n") if line.strip()]


def web_page(text: str, seed: int = 1) -> bytes:
    """Return a saved page: navigation, adverts between paragraphs, scripts, entities, inline tags, soft hyphens."""
    random = Random(seed)
    lines = paragraphs(text)
    pieces = [HEAD.format(title=html.escape(lines[0])), f"<nav><ul>{NAVIGATION}</ul></nav><main><article>"]
    for number, line in enumerate(lines):
        pieces.append(f"<h1>{_marked_up(line, random)}</h1>" if number == 0 else f"<p>{_marked_up(line, random)}</p>\n")
        if number % 3 == 2:
            pieces.append(ADVERT + "<script>/* <p>an advert's */ if (1 < 2) {}</script>")
    return "".join([*pieces, "</article></main>", FOOT]).encode()


def _marked_up(line: str, random: Random) -> str:
    words = []
    for word in line.split(" "):
        escaped = html.escape(word, quote=False)
        for mark, entity in MARKS.items():
            escaped = escaped.replace(mark, entity)
        if word.isalpha() and len(word) > 7:
            escaped = f"{word[:4]}&shy;{word[4:]}" if random.random() < 0.5 else f"{word[:5]}<wbr>{word[5:]}"
        if random.random() < 0.08:
            tag = random.choice(("em", "strong", 'a href="/y?a=1&amp;b=2"', "span"))
            escaped = f"<{tag}>{escaped}</{tag.split(' ')[0]}>"
        words.append(escaped)
    return "".join(word + random.choice((" ", " ", " ", "&nbsp;", "\n    ")) for word in words).strip()


def wrapped(text: str) -> bytes:
    """Return plain text as a mail has it: wrapped hard, straight quotes, apart accents, tabs, headers, form feeds."""
    plain = text.translate(str.maketrans("“”‘’", "\"\"''"))
    lines = ["From: somebody", "Subject: Fwd: six articles", "X-Count: 98", ""]
    for number, paragraph in enumerate(paragraphs(plain)):
        line = "\t"
        for word in paragraph.split():
            if len(line) + len(word) > WIDTH:
                lines.append(line.rstrip(" "))
                line = ""
            line += word + " "
        lines += [line.rstrip(" "), "\f" if number % 10 == 9 else ""]
    return unicodedata.normalize("NFD", "\r\n".join(lines)).encode()


def edited(text: str, exchanged: tuple[int, int], dropped: int, reworded: tuple[int, str, str]) -> bytes:
    """Return a later edition in UTF-16: two paragraphs exchanged, one dropped, one reworded (paragraph, words, by)."""
    lines = paragraphs(text)
    one, other = exchanged
    number, words, instead = reworded
    assert words in lines[number]
    lines[number] = lines[number].replace(words, instead)
    lines[one], lines[other] = lines[other], lines[one]
    del lines[dropped]
    return re.sub(r"\n", "\n\n", "\n".join(["Corrected and republished", *lines])).encode("utf-16")
