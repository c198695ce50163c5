"""The page /docs promises: our own files alone, nothing sent to anybody else, and three examples that run."""

import hashlib
import json
import re
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest

from app.access.policy import POLICY, Permission
from app.claims.words import HopRole, Quantifier
from app.web import docs
from tests.support.api import Api
from tests.support.routes import problem_of

OURS = ("docs.html", "docs.css", "docs.js", "show.js")
SOURCES = {name: (docs.ASSETS / name).read_text(encoding="utf-8") for name in OURS}
VENDORED = docs.ASSETS / "swagger-ui"


class Page(HTMLParser):
    """What stands in a page: every element with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.inline = ""
        self._inside = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element."""
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        self._inside = ""

    def handle_data(self, data: str) -> None:
        """Keep what a script or style holds itself."""
        if self._inside in ("script", "style"):
            self.inline += data.strip()

    def all(self, attribute: str) -> list[str]:
        """Return every value of an attribute."""
        return [attributes[attribute] for _, attributes in self.elements if attribute in attributes]


@pytest.fixture
def page(seeded_api: Api) -> Page:
    """The page as it is served."""
    return Page(seeded_api.get("/docs").text)


def files(page: Page) -> list[str]:
    """Return the paths of the files that a page loads."""
    loaded = [one for one in page.elements if one[0] in ("script", "link")]
    return [path for _, one in loaded if (path := one.get("src") or one["href"]) != "data:,"]


def test_the_anonymous_caller_gets_the_page_and_every_file_of_it(seeded_api: Api, page: Page) -> None:
    """As HTML, styles and scripts; each of them declared as a route with a permission."""
    assert seeded_api.get("/docs").headers["content-type"] == "text/html; charset=utf-8"
    kinds = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
    assert len(files(page)) == len(docs.SERVED)
    for path in files(page):
        answer = seeded_api.get(path)
        assert (answer.status_code, answer.headers["content-type"]) == (200, kinds[f".{path.rpartition('.')[2]}"])
    assert POLICY["get_docs"] is POLICY["get_docs_asset"] is Permission.READ_PUBLIC
    assert seeded_api.data("/")["docs"] == "/docs"


def test_whoever_accepts_only_html_gets_the_page(seeded_api: Api) -> None:
    """A browser does not ask for JSON."""
    assert seeded_api.get("/docs", accept="text/html").status_code == 200


def test_nothing_is_asked_of_anybody_else(page: Page) -> None:
    """No address of another host in the page, and in our own files none but this host's."""
    for path in [*files(page), *page.all("href"), *page.all("data-path")]:
        assert re.match(r"(/(?!/)|#|data:,)", path), path
    for name, text in SOURCES.items():
        assert re.findall(r"(?:https?:)?//[\w.-]+\.\w+", text) == [], name
    assert "validatorUrl: null" in SOURCES["docs.js"], "else the reference sends the document to its maker"


@pytest.mark.parametrize("path", ["/docs", "asset"])
def test_the_policy_forbids_what_the_page_does_not_need(seeded_api: Api, page: Page, path: str) -> None:
    """Scripts, styles and connections of this host alone, none written into the page, no frame round it."""
    answer = seeded_api.get(files(page)[-1] if path == "asset" else path)
    policy = dict(one.strip().split(" ", 1) for one in answer.headers["content-security-policy"].split(";"))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert "unsafe" not in str(policy)
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_page_holds_nothing_that_the_policy_would_refuse(page: Page) -> None:
    """No script or style inside it, no handler or style in an attribute; nor do our scripts make any markup of data."""
    assert page.inline == ""
    attributes = {name for _, one in page.elements for name in one}
    assert [name for name in attributes if name.startswith("on") or name == "style"] == []
    for name in ("docs.js", "show.js"):
        assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|eval\(", SOURCES[name])


def test_the_page_is_asked_for_each_time_and_its_files_are_kept(seeded_api: Api, page: Page) -> None:
    """304 for what a browser has; a file's name changes with what is in it, so that it may be kept for a year."""
    for path, kept in [("/docs", "public, no-cache"), *((path, docs.FOREVER) for path in files(page))]:
        answer = seeded_api.get(path)
        assert answer.headers["cache-control"] == kept
        tag = answer.headers["etag"]
        unchanged = seeded_api.get(path, if_none_match=tag)
        assert (unchanged.status_code, unchanged.content, unchanged.headers["etag"]) == (304, b"", tag)
        assert "content-security-policy" in unchanged.headers
        assert seeded_api.get(path, if_none_match='"other"').status_code == 200
        if path != "/docs":
            assert hashlib.sha256(answer.content).hexdigest()[:20] in path


def test_head_answers_as_get_without_the_body(seeded_api: Api, page: Page) -> None:
    """For the page and for a file."""
    for path in ["/docs", files(page)[0]]:
        whole, head = seeded_api.get(path), seeded_api.request("HEAD", path)
        assert (head.status_code, head.content) == (200, b"")
        volatile = {"x-request-id"}
        assert {n: v for n, v in head.headers.items() if n not in volatile} == {
            n: v for n, v in whole.headers.items() if n not in volatile
        }


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
def test_the_large_files_travel_compressed(seeded_api: Api, page: Page, coding: str) -> None:
    """Half a megabyte instead of nearly two, with a tag of its own."""
    (bundle,) = [path for path in files(page) if "bundle" in path]
    answer = seeded_api.get(bundle, accept_encoding=coding)
    assert answer.headers["content-encoding"] == coding
    assert int(answer.headers.get("content-length", "0")) < 700_000
    assert answer.headers["etag"].endswith(f'-{coding}"')
    assert seeded_api.get(bundle, accept_encoding=coding, if_none_match=answer.headers["etag"]).status_code == 304


@pytest.mark.parametrize(
    "name", ["docs.js", "nothing.js", "README.md", "LICENSE", "..%2fexamples.json", "%2e%2e", "x" * 3000]
)
def test_only_the_files_of_the_page_are_served(seeded_api: Api, name: str) -> None:
    """By their whole names; nothing else in the folder, and nothing beside it."""
    answer = seeded_api.get(f"/docs/{name}")
    assert problem_of(answer)["code"] == "not_found"


def test_unknown_parameters_are_refused_here_too(seeded_api: Api) -> None:
    """As everywhere."""
    assert problem_of(seeded_api.get("/docs?theme=dark"))["code"] == "unknown_parameter"


def test_a_page_that_names_a_file_that_is_not_served_cannot_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """Found when the application is built, not when somebody looks at a page without colours."""
    monkeypatch.setattr(docs, "SERVED", docs.SERVED[1:])
    with pytest.raises(KeyError):
        docs.load()


def test_the_three_examples_answer_on_the_seed(seeded_api: Api, page: Page) -> None:
    """A search with hits, a claim whose chain has a station nobody knows, a comparison of two voices with a spread."""
    shown = [(one["data-show"], one["data-path"]) for _, one in page.elements if "data-show" in one]
    assert [name for name, _ in shown] == ["search", "claim", "comparison"]
    found: dict[str, Any] = {name: seeded_api.data(path) for name, path in shown}
    assert len(found["search"]) == 3
    assert all(any(piece["match"] for piece in hit["snippet"]) for hit in found["search"])
    assert [hop["known"] for hop in found["claim"]["attribution"]["chain"]] == [False, True, True, True]
    ((compared),) = found["comparison"]
    assert (len(compared["rows"]), compared["near_count"], bool(compared["spread"])) == (2, 1, True)


def test_the_examples_say_every_quantifier_and_role_in_words() -> None:
    """A number is never shown barer than it was said, whatever code it has."""
    tables = dict(re.findall(r"const (\w+) = \{(.*?)\};", SOURCES["show.js"], re.DOTALL))
    assert re.findall(r"(\w+): \"", tables["QUANTIFIERS"]) == [*Quantifier]
    assert re.findall(r"(\w+): \"", tables["ROLES"]) == [*HopRole]


def test_every_example_has_a_heading_that_names_it(page: Page) -> None:
    """Whoever hears the page knows what each button belongs to; labels lead to ids that are there, each once."""
    ids = page.all("id")
    assert len(ids) == len(set(ids))
    assert set(page.all("aria-labelledby")) <= set(ids)
    assert {href.removeprefix("#") for href in page.all("href") if href.startswith("#")} <= set(ids)
    assert page.elements[0] == ("html", {"lang": "en"})
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, as WCAG 2 reckons it."""

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [":root", "html.dark-mode"])
def test_every_text_can_be_read_in_both_schemes(scheme: str) -> None:
    """A contrast of 4.5 and more for each colour of text on each ground that it stands on."""
    block = SOURCES["docs.css"].partition(f"{scheme} {{")[2].partition("}")[0]
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))
    pairs = [(text, ground) for text in ("ink", "quiet", "link", "fault") for ground in ("paper", "raised")]
    for text, ground in [*pairs, ("mark-ink", "mark"), ("button-ink", "button")]:
        assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)


def test_what_is_not_ours_is_as_it_was_published() -> None:
    """The digests stand beside the files, with the version and the licences."""
    told = (VENDORED / "README.md").read_text(encoding="utf-8")
    digests = dict(re.findall(r"\| `([\w.-]+)` \| `([0-9a-f]{64})` \|", told))
    assert set(digests) == {name.partition("/")[2] for name in docs.SERVED if "/" in name}
    for name, digest in digests.items():
        assert hashlib.sha256((VENDORED / name).read_bytes()).hexdigest() == digest, name
    assert "Apache License" in (VENDORED / "LICENSE").read_text(encoding="utf-8")
    assert {path.name for path in VENDORED.iterdir()} == {
        *digests,
        "README.md",
        "LICENSE",
        "NOTICE",
        "THIRD-PARTY-LICENSES",
    }


def test_the_reference_draws_the_served_document(seeded_api: Api) -> None:
    """Its address is in the script, and is answered."""
    assert 'url: "/openapi.json"' in SOURCES["docs.js"]
    assert json.loads(seeded_api.get("/openapi.json").content)["openapi"].startswith("3.1")
