"""The library for other programs: index, news, calendar of what to confirm, and what is where.

Everything follows from the cases and the day each was checked; no clock is read, so the
same cases give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from casebook.model import Case, Collection
from casebook.views import news, openapi
from casebook.views.jsonschema import json_schema
from casebook.views.reading import Reader

#: Cases in one file of the index.
INDEXED = 1000

#: Days in the calendar, the earliest due first; more would be no help to anybody.
DUE = 500

#: Cases that the guide names.
GUIDED = 200

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
    yield from _index(readers, collection)
    yield "data/openapi.json", _json(openapi.description(collection.library, base))
    yield f"data/{openapi.CASE_SCHEMA}", _json(json_schema(collection.library))
    yield "confirm.ics", _calendar(readers[0], collection)
    yield "llms.txt", _guide(readers[-1], collection, base)
    yield "robots.txt", "User-agent: *\nAllow: /\n" + (f"Sitemap: {base}sitemap.xml\n" if base else "")
    for number, reader in enumerate(readers):
        folder = f"{reader.lang}/" if number else ""
        root = base + folder if base.startswith("http") else ""
        for name, content in news.files(reader, collection, root):
            yield f"{folder}{name}", content


def _index(readers: list[Reader], collection: Collection) -> Iterator[tuple[str, str]]:
    """Yield the index: one file, or several of which each names the next."""
    last = max(1, -(-len(collection.cases) // INDEXED))
    for number in range(1, last + 1):
        cases = collection.cases[(number - 1) * INDEXED : number * INDEXED]
        content = {
            "name": collection.library.info["name"],
            "license": collection.library.info["license"],
            "total": len(collection.cases),
            "next": f"index-{number + 1}.json" if number < last else None,
            "cases": [_entry(readers, case) for case in cases],
            "withdrawn": [case.id for case in collection.withdrawn] if number == 1 else [],
        }
        yield f"data/index{'' if number == 1 else f'-{number}'}.json", _json(content)


def _entry(readers: list[Reader], case: Case) -> dict[str, Any]:
    return {
        "id": case.id,
        "title": {reader.lang: reader.words(case.role("heading")) for reader in readers},
        "lead": {reader.lang: reader.words(case.role("lead")) for reader in readers},
        "checked": case.role("checked"),
        "answered": case.count,
        "data": f"cases/{case.id}.json",
        "page": f"../cases/{case.id}/",
    }


def _calendar(reader: Reader, collection: Collection) -> str:
    """Return a day for each case, a year after it was checked, on which to ask again whether it still runs.

    Where the cases are many, those come first that have waited longest.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//casebook//{collection.library.info['name']}//ZH"]
    for case in sorted(collection.cases, key=lambda case: (news.day(case), case.id))[:DUE]:
        year, month, day = news.day(case).split("-")
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
        for case in collection.cases[:GUIDED]
    )
    rest = len(collection.cases) - GUIDED
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
            f"- [Index]({base}data/index.json): every case with its title; `next` names the file to go on with",
            f"- [Data package]({base}data/datapackage.json): all tables and their columns",
            f"- [Description of the files]({base}data/openapi.json)",
            "",
            "## Cases",
            "",
            *cases,
            *([f"- {rest} more in the [index]({base}data/index.json)"] if rest > 0 else ()),
            "",
        ]
    )


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
