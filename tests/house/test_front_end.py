"""The example front end promises: it installs anywhere, shows records as text, and its picture stays small.

What it shows is checked in a browser by `scripts/front-end`, which needs Node and is run by `.ci/run` only.
"""

import json
import re

from tests.support.paths import ROOT

EXAMPLE = ROOT / "docs" / "examples" / "front-end"
SOURCES = sorted(path for path in (EXAMPLE / "src").glob("*.ts") if not path.name.endswith(".d.ts"))
CHECKS = sorted((EXAMPLE / "check").glob("*.mjs"))
PACKAGE = json.loads((EXAMPLE / "package.json").read_text(encoding="utf-8"))
LOCK = json.loads((EXAMPLE / "package-lock.json").read_text(encoding="utf-8"))


def test_the_lock_names_no_address_and_every_digest() -> None:
    """It installs the same bytes from whatever place a machine has packages from."""
    packages = {name: entry for name, entry in LOCK["packages"].items() if name}
    assert len(packages) > 20
    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    assert [name for name, entry in packages.items() if not entry.get("integrity", "").startswith("sha512-")] == []


def test_every_package_is_pinned_exactly_and_the_lock_agrees() -> None:
    """A patch release changes nothing unseen."""
    for group in ("dependencies", "devDependencies"):
        assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in PACKAGE[group].values())
        assert LOCK["packages"][""][group] == PACKAGE[group]
    assert list(PACKAGE["dependencies"]) == ["openapi-fetch"], "what a page loads is one small file"


def test_the_import_map_of_every_page_names_what_is_installed() -> None:
    """A page finds its one package, and nothing else that is not beside it."""
    for name in ("index.html", "claim.html"):
        page = (EXAMPLE / name).read_text(encoding="utf-8")
        found = re.search(r'<script type="importmap">(.*?)</script>', page, re.DOTALL)
        assert found
        assert json.loads(found[1]) == {"imports": {"openapi-fetch": "./node_modules/openapi-fetch/dist/index.mjs"}}
        assert re.findall(r'(?:src|href)="(?!data:)([^"]+)"', page) == [
            "style.css",
            f"dist/{'main' if name == 'index.html' else 'claim'}.js",
        ]


def test_no_source_makes_html_of_a_string() -> None:
    """What a record says can never become a tag."""
    assert len(SOURCES) > 12
    sink = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|srcdoc|\beval\b|new Function")
    assert [path.name for path in SOURCES if sink.search(path.read_text(encoding="utf-8"))] == []


def test_every_source_says_why_it_exists_and_is_small() -> None:
    """Whoever copies a file reads it in a minute."""
    for path in [*SOURCES, *CHECKS]:
        text = path.read_text(encoding="utf-8")
        assert text.startswith("// "), path.name
        assert text.count("\n") < 300, path.name
        assert max(map(len, text.splitlines())) <= 160, path.name


def test_the_types_are_made_and_not_kept() -> None:
    """There is one contract, docs/openapi.json; types of it that lie in the repository would be another."""
    assert "src/onrecord.d.ts" in (EXAMPLE / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert "../../openapi.json" in PACKAGE["scripts"]["types"]
    assert (ROOT / "docs" / "openapi.json").is_file()


def test_the_picture_is_a_small_png() -> None:
    """The guide shows what comes out, and a clone stays quick."""
    picture = (EXAMPLE / "screenshot.png").read_bytes()
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert 20_000 < len(picture) <= 300_000
