"""Nothing from a case ever runs in a page, and nothing leaves it, even where the checks had been passed by."""

from __future__ import annotations

import itertools
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urldefrag, urljoin

import pytest
import yaml
from playwright.sync_api import Browser, Page

from conftest import served
from support import CASES, EXAMPLES, SCHEMAS, casebook

pytestmark = pytest.mark.browser

ELSEWHERE = "http://elsewhere.invalid/"
#: Each sets a mark in the page or asks another host for something, if it is taken for more than text.
PAYLOADS = (
    "<script>window.hit=1</script>",
    "</script><script>window.hit=1</script>",
    f"<img src={ELSEWHERE}x onerror=window.hit=1>",
    "<svg onload=window.hit=1>",
    '" autofocus onfocus="window.hit=1" x="',
    "' onmouseover='window.hit=1",
    "[x](javascript:window.hit=1)",
    f"![x]({ELSEWHERE}y.png)",
    f"<style>@import '{ELSEWHERE}z.css'</style>",
    f"<base href={ELSEWHERE}>",
    "<iframe srcdoc=<script>top.hit=1</script>>",
    f"<link rel=prefetch href={ELSEWHERE}p>",
    "{{ 7*7 }}{% raw %}${window.hit=1}",
    "<!--<script>window.hit=1//-->",
    "]]><details open ontoggle=window.hit=1>",
    "&lt;script&gt;window.hit=1&lt;/script&gt;",
    "javascript:window.hit=1",
)
ID = "hostile"

#: Whether all scripts are the site's own; data for them may hold anything.
SCRIPTS = "[...document.scripts].every(each => !each.text.includes('window.hit') || each.type.includes('json'))"


def hostile(text: str) -> str:
    """Put a payload into every text of a case."""
    turn = itertools.cycle(PAYLOADS)

    def poisoned(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            if key == "quotes":
                return {name: next(turn)[:60] for name in value}
            return {name: poisoned(each, name) for name, each in value.items()}
        if isinstance(value, list):
            return [poisoned(each, key) for each in value]
        return next(turn) if key in ("zh", "en", "title", "publisher") else value

    case = poisoned(yaml.load(text, yaml.BaseLoader))  # noqa: S506 -- makes nothing but texts
    case["id"] = ID
    case["review"]["state"] = "draft"
    return yaml.safe_dump(case, allow_unicode=True, sort_keys=False)


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site with a hostile draft in it, built with the check for markup turned down to a warning."""
    folder = tmp_path_factory.mktemp("hostile")
    schemas = Path(shutil.copytree(SCHEMAS, folder / "schemas"))
    messages = schemas / "messages.yaml"
    text = messages.read_text("utf-8").replace("  markup-in-text:\n", "  markup-in-text:\n    severity: warning\n")
    messages.write_text(text, encoding="utf-8")
    cases = folder / "cases"
    cases.mkdir()
    for name in ("hejiaao-1133", "yaohua-red-property"):
        shutil.copy(CASES / f"{name}.yaml", cases)
    real = (CASES / "yangmeitang-sanitation.yaml").read_text("utf-8")
    (cases / f"{ID}.yaml").write_text(hostile(real), encoding="utf-8")
    arguments = ("--cases", cases, "--drafts", "--site-dir", folder / "site")
    done = casebook("--schemas", schemas, "build", *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    with served(folder / "site") as address:
        yield address


def pages(page: Page, address: str) -> Iterator[str]:
    """Follow every link inside the site, and ask for the hostile case wherever an address can."""
    asked = (
        f"cases/?q={quote('<script>window.hit=1</script>')}",
        f"cases/?q={quote('hit')}",
        f"compare/?cases={ID},hejiaao-1133",
        f"compare/?cases={quote(PAYLOADS[1])}",
        f"contribute/form/?case={ID}",
    )
    waiting = [address, *(urljoin(address, lang + path) for lang in ("", "en/") for path in asked)]
    seen = set()
    while waiting:
        at = waiting.pop(0)
        if at in seen:
            continue
        seen.add(at)
        yield at
        whole = "links => links.map(link => new URL(link.getAttribute('href'), document.baseURI).href)"
        links: list[str] = page.eval_on_selector_all("a[href]", whole)
        inside = (urldefrag(link)[0] for link in links if link.startswith(address))
        waiting.extend(link for link in inside if not re.search(r"\.(?!html)[a-z0-9]+$", link))
        assert len(seen) < 400


def test_nothing_runs_and_nothing_leaves(browser: Browser, hostile_site: str) -> None:
    context = browser.new_context(viewport={"width": 1000, "height": 800})
    page = context.new_page()
    strays: list[str] = []
    dialogs: list[str] = []
    own = (hostile_site, "data:", "blob:")
    page.on("request", lambda each: None if each.url.startswith(own) else strays.append(each.url))
    page.on("dialog", lambda each: (dialogs.append(each.message), each.dismiss()))
    shown = 0
    for at in pages(page, hostile_site):
        page.goto(at)
        page.wait_for_timeout(60)
        page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        page.evaluate(
            "for (const each of document.querySelectorAll('button, summary, [tabindex], [onmouseover], [onfocus]'))"
            " { each.dispatchEvent(new MouseEvent('mouseover', {bubbles: true})); each.focus() }"
        )
        assert page.evaluate("window.hit") is None, at
        assert (
            page.evaluate("document.querySelectorAll('[onfocus], [onmouseover], [onerror], [onload]').length") == 0
        ), at
        assert page.evaluate(SCRIPTS), at
        shown += "window.hit" in page.inner_text("body")
    context.close()
    assert shown > 3, "the texts themselves are there to be read"
    assert strays == []
    assert dialogs == []


def test_a_hostile_case_is_refused_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / f"{ID}.yaml"
    path.write_text(hostile((EXAMPLES / "valid" / "plain.yaml").read_text("utf-8")), encoding="utf-8")
    done = casebook("check", path)
    assert done.returncode == 1
    assert done.stdout.count("[markup-in-text]") > 5
