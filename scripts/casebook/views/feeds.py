"""The library for other programs: index, news, calendar of what to confirm, and what is where.

Everything follows from the cases and the day each was checked; no clock is read, so the
same cases give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from casebook.model import Case, Collection
from casebook.views.reading import Reader

#: Entries of the news.
NEWEST = 50

#: Octets of a line in a calendar, without its end.
_FOLD = 73


def files(collection: Collection, site_url: str) -> Iterator[tuple[str, str]]:
    """Yield each file: its path below the site's root, and its content.

    Args:
        collection: the cases that are published.
        site_url: address of the site's root, empty where it is not known.
    """
    base = f"{site_url.rstrip('/')}/" if site_url else ""
    readers = [Reader(collection.library, lang) for lang in collection.library.languages]
    yield "data/index.json", _json(_index(readers, collection))
    yield "data/openapi.json", _json(_openapi(readers[0], base))
    yield "confirm.ics", _calendar(readers[0], collection)
    yield "llms.txt", _guide(readers[-1], collection, base)
    yield "robots.txt", "User-agent: *\nAllow: /\n" + (f"Sitemap: {base}sitemap.xml\n" if base else "")
    for number, reader in enumerate(readers):
        folder = f"{reader.lang}/" if number else ""
        yield f"{folder}feed.xml", _news(reader, collection, base + folder)


def sitemap(site_url: str, paths: Iterable[str]) -> str:
    """Return the list of all pages for search engines.

    Args:
        site_url: address of the site's root.
        paths: pages below it, such as ``cases/x/``.
    """
    base = site_url.rstrip("/")
    places = "".join(f"<url><loc>{escape(f'{base}/{path}')}</loc></url>\n" for path in sorted(paths))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{places}</urlset>\n'
    )


def linked(reader: Reader, case: Case, url: str) -> dict[str, Any]:
    """Return a case as schema.org data, for the page's head.

    Args:
        reader: the language.
        case: the case.
        url: address of its page, may be empty.
    """
    info = reader.library.info
    works = (
        {"@type": "CreativeWork", "name": source.role("heading"), "url": source.role("address")}
        for source in case.sources
    )
    data = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": reader.words(case.role("heading")),
        "abstract": reader.words(case.role("lead")),
        "inLanguage": reader.lang,
        "dateModified": case.role("checked"),
        "license": info["license"]["path"],
        "url": url,
        "identifier": case.id,
        "isPartOf": {"@type": "Dataset", "name": reader.words(info["title"]), "license": info["license"]["path"]},
        "citation": [{name: value for name, value in work.items() if value} for work in works],
    }
    return {name: value for name, value in data.items() if value}


def _index(readers: list[Reader], collection: Collection) -> dict[str, Any]:
    return {
        "name": collection.library.info["name"],
        "license": collection.library.info["license"],
        "cases": [
            {
                "id": case.id,
                "title": {reader.lang: reader.words(case.role("heading")) for reader in readers},
                "lead": {reader.lang: reader.words(case.role("lead")) for reader in readers},
                "checked": case.role("checked"),
                "answered": case.count,
                "data": f"cases/{case.id}.json",
                "page": f"../cases/{case.id}/",
            }
            for case in collection.cases
        ],
        "withdrawn": [case.id for case in collection.withdrawn],
    }


def _openapi(reader: Reader, base: str) -> dict[str, Any]:
    info = reader.library.info

    def get(words: str, media: str = "application/json", **more: Any) -> dict[str, Any]:
        answer = {"description": words, "content": {media: {}}}
        return {"get": {"description": words, **more, "responses": {"200": answer}}}

    id_ = {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "pattern": "^[a-z0-9-]+$"}}
    table = {"name": "table", "in": "path", "required": True, "schema": {"type": "string"}}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": reader.words(info["title"]),
            "description": reader.words(info["description"]),
            "version": str(info["version"]),
            "license": {"name": info["license"]["name"], "url": info["license"]["path"]},
        },
        "servers": [{"url": f"{base}data" if base else "."}],
        "paths": {
            "/index.json": get("全部案例的目录 / index of all cases"),
            "/cases/{id}.json": get("一个案例 / one case", parameters=[id_]),
            "/datapackage.json": get("数据包说明 / Frictionless data package"),
            "/{table}.csv": get("一张表 / one table", "text/csv", parameters=[table]),
        },
    }


def _newest(cases: Iterable[Case]) -> list[Case]:
    return sorted(cases, key=lambda case: (str(case.role("checked")), case.id), reverse=True)


def _news(reader: Reader, collection: Collection, base: str) -> str:
    """Return new and changed cases as an Atom feed, the latest first."""
    info = collection.library.info
    newest = _newest(collection.cases)[:NEWEST]
    root = base if base.startswith("http") else ""  # else as seen from the feed itself
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(reader.lang)}>',
        f"<id>urn:casebook:{info['name']}:{reader.lang}</id>",
        f"<title>{escape(reader.words(info['title']))}</title>",
        f"<author><name>{escape(reader.words(info['title']))}</name></author>",
        f"<updated>{_day(newest[0]) if newest else '1970-01-01'}T00:00:00Z</updated>",
        *([f'<link rel="self" href={quoteattr(root + "feed.xml")}/>'] if root else ()),
    ]
    for case in newest:
        lines += [
            "<entry>",
            f"<id>urn:casebook:{info['name']}:{case.id}</id>",
            f"<title>{escape(reader.words(case.role('heading')))}</title>",
            f"<updated>{_day(case)}T00:00:00Z</updated>",
            f"<link href={quoteattr(f'{root}cases/{case.id}/')}/>",
            f"<summary>{escape(reader.words(case.role('lead')))}</summary>",
            "</entry>",
        ]
    return "\n".join([*lines, "</feed>", ""])


def _calendar(reader: Reader, collection: Collection) -> str:
    """Return a day for each case, a year after it was checked, on which to ask again whether it still runs."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//casebook//{collection.library.info['name']}//ZH"]
    for case in sorted(collection.cases, key=lambda case: (_day(case), case.id)):
        year, month, day = _day(case).split("-")
        due = f"{int(year) + 1}{month}{'28' if (month, day) == ('02', '29') else day}"
        title = reader.words(case.role("heading"))
        lines += [
            "BEGIN:VEVENT",
            f"UID:{case.id}@{collection.library.info['name']}",
            f"DTSTAMP:{year}{month}{day}T000000Z",
            f"DTSTART;VALUE=DATE:{due}",
            f"SUMMARY:{_said(f'该重新核对：{title}')}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _said(text: str) -> str:
    for sign in "\\;,":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> str:
    """Break a line where the format wants it, never within a character."""
    parts, size = [""], 0
    for sign in line:
        width = len(sign.encode())
        if size + width > _FOLD:
            parts.append(" ")
            size = 1
        parts[-1] += sign
        size += width
    return "\r\n".join(parts)


def _guide(reader: Reader, collection: Collection, base: str) -> str:
    """Return what a language model should know before it reads the site."""
    info = collection.library.info
    cases = (
        f"- [{reader.words(case.role('heading'))}]({base}data/cases/{case.id}.json): {reader.words(case.role('lead'))}"
        for case in collection.cases
    )
    return "\n".join(
        [
            f"# {reader.words(info['title'])}",
            "",
            f"> {reader.words(info['description'])}",
            "",
            "A claim holds for the day of its source and no later. Say who says it, and link to the case.",
            "“Not reported” means that nobody has said it, never that it is zero or does not exist.",
            f"Licence: {info['license']['name']}.",
            "",
            "## Data",
            "",
            f"- [Index]({base}data/index.json): every case with its title and the day it was checked",
            f"- [Data package]({base}data/datapackage.json): all tables and their columns",
            f"- [Description of the files]({base}data/openapi.json)",
            "",
            "## Cases",
            "",
            *cases,
            "",
        ]
    )


def _day(case: Case) -> str:
    """Return the day a case was checked; the first of what it may be where only month or year is known."""
    parts = str(case.role("checked")).split("-")
    return "-".join([*parts, "01", "01"][:3])


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
