"""The library for other programs: each file is what it says it is, and follows from the cases alone."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import frictionless
import pytest

from casebook.model import Collection
from casebook.views import feeds, news, sitemap
from casebook.views.reading import Reader
from support import ROOT

URL = "https://example.org/cases-of"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def files(collection: Collection) -> dict[str, str]:
    return dict(feeds.files(collection, URL))


def test_same_cases_same_bytes(collection: Collection, files: dict[str, str]) -> None:
    assert dict(feeds.files(collection, URL)) == files


def test_index_names_every_case(collection: Collection, files: dict[str, str]) -> None:
    index = json.loads(files["data/index.json"])
    assert [each["id"] for each in index["cases"]] == [case.id for case in collection.cases]


@pytest.mark.parametrize("path", ["feed.xml", "en/feed.xml"])
def test_news(collection: Collection, files: dict[str, str], path: str) -> None:
    feed = ElementTree.fromstring(files[path])  # noqa: S314 -- made here
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == min(len(collection.cases), news.NEWEST)
    dates = [entry.findtext(f"{ATOM}updated") or "" for entry in entries]
    assert dates == sorted(dates, reverse=True)
    links = [link.get("href", "") for entry in entries for link in entry.findall(f"{ATOM}link")]
    assert all(link.startswith(URL) for link in links)


def test_news_go_on_in_pages_that_name_each_other(collection: Collection) -> None:
    many = Collection(collection.library, collection.cases * 3)
    pages = dict(news.files(Reader(collection.library, "en"), many, f"{URL}/en/"))
    name, seen, before = "feed.xml", [], None
    while name:
        feed = ElementTree.fromstring(pages.pop(name))  # noqa: S314 -- made here
        links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
        assert links["first"] == f"{URL}/en/feed.xml"
        assert links["self"] == f"{URL}/en/{name}"
        assert links.get("previous") == before
        entries = feed.findall(f"{ATOM}entry")
        assert 0 < len(entries) <= news.NEWEST
        seen += [entry.findtext(f"{ATOM}id") for entry in entries]
        before, name = links["self"], links.get("next", "").rpartition("/")[2]
    assert pages == {}
    assert len(seen) == len(many.cases)


def test_the_index_goes_on_in_further_files(collection: Collection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "INDEXED", 20)
    files = dict(feeds.files(collection, URL))
    name, found = "index.json", []
    while name:
        index = json.loads(files[f"data/{name}"])
        assert index["total"] == len(collection.cases)
        assert len(index["cases"]) <= 20
        found += [each["id"] for each in index["cases"]]
        name = index["next"]
    assert found == [case.id for case in collection.cases]


def test_calendar(collection: Collection, files: dict[str, str]) -> None:
    text = files["confirm.ics"]
    assert text.count("BEGIN:VEVENT\r\n") == len(collection.cases)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    case = collection.cases[0]
    year, rest = str(case.role("checked")).split("-", 1)
    assert f"DTSTART;VALUE=DATE:{int(year) + 1}{rest.replace('-', '')}" in text


def places(text: str) -> list[str]:
    return [place[0].text or "" for place in ElementTree.fromstring(text)]  # noqa: S314 -- made here


def test_sitemap_is_well_formed() -> None:
    files = dict(sitemap.files(URL, ["cases/a/", "", "en/"]))
    assert list(files) == ["sitemap.xml"]
    assert places(files["sitemap.xml"]) == [f"{URL}/", f"{URL}/cases/a/", f"{URL}/en/"]


@pytest.mark.parametrize("limit", [{"most": 10}, {"largest": 700}])
def test_sitemap_is_split_at_the_limit(limit: dict[str, int]) -> None:
    files = dict(sitemap.files(URL, [f"cases/{number:03}/" for number in range(45)], **limit))
    index = files.pop("sitemap.xml")
    assert "<sitemapindex" in index
    assert places(index) == [f"{URL}/{name}" for name in files]
    assert [place for text in files.values() for place in places(text)] == [f"{URL}/cases/{n:03}/" for n in range(45)]
    for text in files.values():
        assert len(places(text)) <= limit.get("most", 50_000)
        assert len(text.encode()) <= limit.get("largest", 50_000_000)
    assert len(files) > 1


def test_the_standard_sets_the_limit() -> None:
    assert len(dict(sitemap.files(URL, (f"{number}/" for number in range(50_000))))) == 1
    assert len(dict(sitemap.files(URL, (f"{number}/" for number in range(50_001))))) == 3


def test_linked_data(collection: Collection) -> None:
    case = collection.cases[0]
    data = feeds.linked(Reader(collection.library, "en"), case, "")
    assert data["headline"] == case.role("heading")["en"]
    assert len(data["citation"]) == len(case.sources)


def test_the_published_site(site: Path, tmp_path: Path) -> None:
    report = frictionless.validate(str(site / "data" / "datapackage.json"))
    assert report.valid, report.flatten(["name", "type", "note"])[:5]
    for name in ("feed.xml", "en/feed.xml", "confirm.ics", "llms.txt", "robots.txt", "data/index.json"):
        assert (site / name).is_file()
    described = json.loads((site / "data" / "openapi.json").read_text(encoding="utf-8"))
    for path in described["paths"]:
        if "{" not in path:
            assert (site / "data" / path.lstrip("/")).is_file()
    for each in json.loads((site / "data" / "index.json").read_text(encoding="utf-8"))["cases"]:
        assert (site / "data" / each["data"]).is_file()
        assert (site / "data" / each["page"] / "index.html").is_file()
    shutil.copytree(site / "data", tmp_path / "data")
    script = [sys.executable, ROOT / "docs" / "examples" / "gaps.py", tmp_path / "data", tmp_path / "gaps.png"]
    done = subprocess.run(script, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "gaps.png").stat().st_size > 10_000
