"""A release as one archive, ready for a repository that gives it a DOI: data, cases, schemas, and who to cite."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from casebook.site import contents
from casebook.site.edition import Edition

#: A fixed time for every file, so that the same content gives the same archive.
_TIME = (2000, 1, 1, 0, 0, 0)
#: Files at the top of the project that belong to a release, where they are there.
_BESIDE = ("CITATION.cff", "LICENSE-CONTENT.md", "CHANGELOG.md", "permanent.txt", "links.json")
_LANGUAGES = {"zh": "zho", "en": "eng"}

_README = """# {title}

{description}

- `data/`: the tables (CSV), a JSON file for each case, a workbook; `data/datapackage.json` describes them
- `cases/`: the cases as they are written (YAML)
- `schemas/`: questions, vocabularies and rules, with labels in {languages}
- `CITATION.cff`, `codemeta.json`, `.zenodo.json`: how to cite

{cases} cases. “Not reported” means that nobody has said it, never that it is zero.
Licence: {licence}.
"""


def write(edition: Edition, root: Path, path: Path) -> int:
    """Write the archive.

    Args:
        edition: what is published.
        root: folder of the project.
        path: the archive.

    Returns:
        Number of files.
    """
    made = contents.all_of(contents.package_shelves(edition))
    found = {name: make() for name, make in made if name.startswith("data/")}
    schemas = edition.library.root
    found |= {f"schemas/{each.relative_to(schemas).as_posix()}": each.read_bytes() for each in _within(schemas)}
    found |= {name: (root / name).read_bytes() for name in _BESIDE if (root / name).is_file()}
    for kept in edition.shown:
        found[f"cases/{kept.case}.yaml"] = kept.text
    citation = yaml.safe_load(found.get("CITATION.cff", b"{}"))
    found["README.md"] = _readme(edition).encode()
    found["codemeta.json"] = _json(codemeta(edition, citation))
    found[".zenodo.json"] = _json(zenodo(edition, citation))
    folder = f"{edition.library.info['name']}-{citation.get('version', edition.library.info['version'])}"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as out:
        for name in sorted(found):
            info = zipfile.ZipInfo(f"{folder}/{name}", _TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            out.writestr(info, found[name])
    return len(found)


def zenodo(edition: Edition, citation: dict[str, Any]) -> dict[str, Any]:
    """Return what Zenodo asks of an upload; other repositories read it too."""
    info, first = edition.library.info, edition.library.languages[0]
    return {
        "upload_type": "dataset",
        "title": citation.get("title", info["title"][first]),
        "description": "\n\n".join(info["description"][lang] for lang in edition.library.languages),
        "creators": [{"name": name} for name in _authors(citation)],
        "license": info["license"]["name"].lower(),
        "access_right": "open",
        "language": _LANGUAGES.get(first, first),
        "keywords": citation.get("keywords", []),
        "version": str(citation.get("version", info["version"])),
    }


def codemeta(edition: Edition, citation: dict[str, Any]) -> dict[str, Any]:
    """Return the same in the words of CodeMeta."""
    info, first = edition.library.info, edition.library.languages[0]
    return {
        "@context": "https://w3id.org/codemeta/3.0",
        "@type": "Dataset",
        "name": citation.get("title", info["title"][first]),
        "description": "\n\n".join(info["description"][lang] for lang in edition.library.languages),
        "version": str(citation.get("version", info["version"])),
        "license": info["license"]["path"],
        "author": [{"@type": "Organization", "name": name} for name in _authors(citation)],
        "keywords": citation.get("keywords", []),
        "inLanguage": list(edition.library.languages),
        **({"url": edition.site_url} if edition.site_url else {}),
    }


def _authors(citation: dict[str, Any]) -> Iterator[str]:
    for author in citation.get("authors", ()):
        family, given = author.get("family-names"), author.get("given-names")
        yield author.get("name") or ", ".join(filter(None, (family, given)))


def _readme(edition: Edition) -> str:
    info, last = edition.library.info, edition.library.languages[-1]
    return _README.format(
        title=" · ".join(info["title"][lang] for lang in edition.library.languages),
        description=info["description"][last],
        languages=", ".join(info["languages"][lang][last] for lang in edition.library.languages),
        cases=len(edition.collection.cases),
        licence=info["license"]["name"],
    )


def _within(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith("."))


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
