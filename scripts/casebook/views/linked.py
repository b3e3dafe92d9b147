"""Cases and the whole library as schema.org data, for search engines and for those who gather what is linked."""

from __future__ import annotations

import json
from typing import Any

from casebook.model import Case
from casebook.values import Record
from casebook.views.reading import Reader


def case(reader: Reader, case: Case, site_url: str) -> dict[str, Any]:
    """Return a case, for its page's head.

    Args:
        reader: the language.
        case: the case.
        site_url: address of this language's root with a slash at its end, empty where it is not known.
    """
    info = reader.library.info
    url = f"{site_url}cases/{case.id}/" if site_url else ""
    works = [_work(source) for source in case.sources]
    data = {
        "@context": "https://schema.org",
        "@type": "Article",
        "@id": url,
        "url": url,
        "mainEntityOfPage": url,
        "identifier": case.id,
        "headline": reader.words(case.role("heading")),
        "abstract": reader.words(case.role("lead")),
        "inLanguage": reader.lang,
        "dateModified": case.role("checked"),
        "license": info["license"]["path"],
        "isAccessibleForFree": True,
        "about": [{"@type": "DefinedTerm", "name": term.label} for term in reader.terms(case.role("approach"))],
        "contentLocation": {"@type": "Place", "name": reader.where(case.role("place"))},
        "isPartOf": {"@type": "Dataset", "@id": _dataset(site_url), "name": reader.words(info["title"])},
        "isBasedOn": works,
        "citation": works,
    }
    return _filled(data)


def dataset(reader: Reader, cases: int, site_url: str) -> dict[str, Any]:
    """Return the library as a set of data, for the page that offers it.

    Args:
        reader: the language.
        cases: how many there are.
        site_url: address of this language's root with a slash at its end, empty where it is not known.
    """
    info = reader.library.info
    files = {"data/datapackage.json": "application/json", "data/answers.csv": "text/csv"}
    # The files lie at the root of the site, which the first language's pages lie at too.
    top = site_url if reader.lang == reader.library.languages[0] else site_url.removesuffix(f"{reader.lang}/")
    data = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": _dataset(site_url),
        "url": f"{site_url}data/" if site_url else "",
        "name": reader.words(info["title"]),
        "description": reader.words(info["description"]),
        "inLanguage": list(reader.library.languages),
        "license": info["license"]["path"],
        "isAccessibleForFree": True,
        "size": f"{cases} cases",
        "version": str(info["version"]),
        "distribution": [
            {"@type": "DataDownload", "contentUrl": top + path, "encodingFormat": kind} for path, kind in files.items()
        ]
        if site_url
        else [],
    }
    return _filled(data)


def block(data: dict[str, Any]) -> str:
    """Return data as a block for a page, which no browser runs."""
    text = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{text}</script>\n'


def _dataset(site_url: str) -> str:
    return f"{site_url}data/#dataset" if site_url else ""


def _work(source: Record) -> dict[str, Any]:
    language = source.role("language")
    return _filled(
        {
            "@type": "CreativeWork",
            "name": source.role("heading"),
            "url": source.role("address"),
            "archivedAt": source.role("archive"),
            "datePublished": source.role("published"),
            "inLanguage": language.id if language else None,
            "publisher": _filled({"@type": "Organization", "name": source.role("publisher")}),
        }
    )


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    """Return what there is; nothing is said of what is not known."""
    found = {name: _filled(value) if isinstance(value, dict) else value for name, value in data.items()}
    return {name: value for name, value in found.items() if value}
