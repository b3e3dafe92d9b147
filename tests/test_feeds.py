"""The library for other programs: each file is what it says it is, and follows from the cases alone."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import frictionless
import jsonschema
import pytest

from casebook.model import Collection
from casebook.views import feeds, linked, news, sitemap
from casebook.views.reading import Reader

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


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_linked_data(collection: Collection, lang: str) -> None:
    reader = Reader(collection.library, lang)
    root = f"{URL}/" if lang == "zh" else f"{URL}/en/"
    for case in collection.cases:
        data = linked.case(reader, case, root)
        assert data["@id"] == data["url"] == f"{root}cases/{case.id}/"
        assert data["headline"] == case.role("heading")[lang]
        assert data["inLanguage"] == lang
        assert data["license"] == collection.library.info["license"]["path"]
        assert len(data["isBasedOn"]) == len(data["citation"]) == len(case.sources)
        for work, source in zip(data["isBasedOn"], case.sources, strict=True):
            assert work.get("url") == source.role("address")
        assert "" not in data.values() and None not in data.values()
    whole = linked.dataset(reader, len(collection.cases), root)
    assert whole["@id"] == data["isPartOf"]["@id"]
    assert {each["contentUrl"] for each in whole["distribution"]} <= {
        f"{URL}/data/answers.csv",
        f"{URL}/data/datapackage.json",
    }
    assert "@id" not in linked.case(reader, case, "")


@pytest.fixture(scope="module")
def described(site: Path) -> dict[str, Any]:
    return json.loads((site / "data" / "openapi.json").read_text(encoding="utf-8"))


def test_the_package_is_valid(site: Path) -> None:
    report = frictionless.validate(str(site / "data" / "datapackage.json"))
    assert report.valid, report.flatten(["name", "type", "note"])[:5]


def test_every_page_carries_its_data(site: Path, collection: Collection) -> None:
    pages = [f"{lang}cases/{case.id}" for lang in ("", "en/") for case in collection.cases]
    for page in [*pages, "data", "en/data"]:
        text = (site / page / "index.html").read_text(encoding="utf-8")
        (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
        assert json.loads(block)["@type"] == ("Article" if "cases/" in page else "Dataset")


def test_what_is_described_is_there(site: Path, described: dict[str, Any]) -> None:
    """Each path of the description, its parameters filled in with all they can be."""
    data = site / "data"
    ids = [each["id"] for each in json.loads((data / "index.json").read_text(encoding="utf-8"))["cases"]]
    for path, item in described["paths"].items():
        values: list[str] = [""]
        for parameter in item.get("parameters", ()):
            values = parameter["schema"].get("enum", ids)
        for value in values:
            assert (data / re.sub(r"\{\w+\}", value, path).lstrip("/")).is_file(), path


def test_files_have_the_shape_that_is_described(site: Path, described: dict[str, Any]) -> None:
    data = site / "data"
    whole = {"$ref": "#/components/schemas/Index", "components": described["components"]}
    index = json.loads((data / "index.json").read_text(encoding="utf-8"))
    jsonschema.validate(index, whole, jsonschema.Draft202012Validator)
    schema = json.loads((data / "case.schema.json").read_text(encoding="utf-8"))
    check = jsonschema.Draft7Validator(schema)
    for each in index["cases"]:
        case = json.loads((data / each["data"]).read_text(encoding="utf-8"))
        assert not list(check.iter_errors(case)), each["id"]
        assert (data / each["page"] / "index.html").is_file()


def test_the_rest_is_there(site: Path) -> None:
    for name in ("feed.xml", "en/feed.xml", "confirm.ics", "llms.txt", "robots.txt", "data/index.json"):
        assert (site / name).is_file()
