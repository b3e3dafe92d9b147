"""The same cases as a site for Hugo: what our templates are given as front matter, words as its translations."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import asdict, fields, is_dataclass
from pathlib import Path
from typing import Any

import yaml
from frames import links

from casebook.model import Case
from casebook.site.edition import Edition
from casebook.site.render import Renderer
from casebook.site.shell import Shell
from casebook.site.words import FILE as WORDS
from casebook.views import costs, linked
from casebook.views.claims import QuestionView, SourceView
from casebook.views.reading import TermRef

HERE = Path(__file__).resolve().parent
_PLACES = {"heading": "{{ .Title }}", "description": "{{ .Params.lead }}", "path": "{{ .Params.id }}"}


class Terms:
    """Terms of one language by a short key: Hugo looks them up, so that no page says them again."""

    def __init__(self) -> None:
        """Begin without any."""
        self._keys: dict[TermRef, str] = {}

    def key(self, term: TermRef) -> str:
        """Return the key of a term."""
        return self._keys.setdefault(term, f"t{len(self._keys)}")

    @property
    def table(self) -> dict[str, Any]:
        """Every term asked for, by its key."""
        return {key: asdict(term) for term, key in self._keys.items()}


class Content:
    """What a page needs, in one language."""

    def __init__(self, renderer: Renderer) -> None:
        """Keep the renderer."""
        self.renderer = renderer
        self.terms = Terms()

    def plain(self, value: Any) -> Any:
        """Return a view as Hugo reads it: terms by key, the source of a quote by its place on the page."""
        if isinstance(value, TermRef):
            return self.terms.key(value)
        if is_dataclass(value):
            return {each.name: self.plain(getattr(value, each.name)) for each in fields(value)}
        if isinstance(value, Mapping):
            return {name: self.plain(each) for name, each in value.items()}
        if isinstance(value, list | tuple):
            return [self.plain(each) for each in value]
        return value

    def question(self, question: QuestionView, places: Mapping[str, int]) -> dict[str, Any]:
        """Return a question without its words, which all pages share."""
        blocks = self.plain(question.blocks)
        for ours, theirs in zip(question.blocks, blocks, strict=True):
            for claim, found in zip(ours.claims, theirs["claims"], strict=True):
                found["quotes"] = [
                    {"fragment": quote.fragment, "source": places[quote.source.id]} for quote in claim.quotes
                ]
        return {"id": question.id, "state": question.state, "blocks": blocks}

    def source(self, source: SourceView) -> dict[str, Any]:
        """Return a source with its terms and fragments as plain lists."""
        found: dict[str, Any] = self.plain(source)
        found["facts"] = [self.terms.key(term) for _, term in source.facts]
        found["fragments"] = [fragment for _, fragment in source.fragments]
        return found

    def page(self, case: Case) -> dict[str, Any]:
        """Return everything that the page of a case shows."""
        renderer = self.renderer
        page = renderer.page(case)
        places = {source.id: number for number, source in enumerate(page.sources)}
        needs, untold = renderer.needs(case)
        special = {"key", "groups", "unknown", "sources", "standing"}
        given = {each.name: self.plain(getattr(page, each.name)) for each in fields(page) if each.name not in special}
        sums = {
            name: [self._amount(each) for each in found] for name, found in costs.amounts(renderer.reader, case).items()
        }
        standing = page.standing
        return given | {
            "key": [self.question(each, places) for each in page.key],
            "groups": [
                {"id": group.id, "questions": [self.question(each, places) for each in group.questions]}
                for group in page.groups
            ],
            "unknown": [each.id for each in page.unknown],
            "sources": [self.source(each) for each in page.sources],
            "standing": standing
            and {
                "id": standing.id,
                "state": standing.state,
                "claims": [
                    {"anchor": claim.anchor, "text": claim.text, "terms": self.plain(claim.terms)}
                    for claim in standing.claims
                ],
            },
            "sums": sums,
            "needs": [{"rule": need.rule, "label": need.label, "anchor": need.cases[0][2]} for need in needs],
            "untold": untold,
            "related": [
                {"id": id, "why": self.plain(renderer.reader.terms(why))} for id, why in renderer.related.of(case.id)
            ],
            "linked": linked.block(linked.case(renderer.reader, case, "")).partition(">")[2].rpartition("<")[0],
        }

    def _amount(self, amount: costs.Amount) -> dict[str, Any]:
        found = {"anchor": amount.anchor, "words": amount.words}
        if amount.sum is None:
            return found | {"result": self.plain(amount.result)}
        total = amount.sum
        share = total.share and {"words": total.share.words, "anchor": total.share.anchor}
        return found | {"sum": {"zero": total.zero, "months": total.months, "share": share, "words": total.words}}


def write(edition: Edition, shells: Mapping[str, Shell], folder: Path) -> None:
    """Write a site for Hugo.

    Args:
        edition: the cases.
        shells: the page around the body, by language.
        folder: new folder.
    """
    shutil.copytree(HERE / "hugo", folder)
    tables: dict[str, dict[str, Any]] = {"terms": {}, "questions": {}, "groups": {}, "cards": {}}
    for lang in edition.library.languages:
        renderer = edition.renderer(lang)
        content = Content(renderer)
        target = folder / "content" / lang / "cases"
        target.mkdir(parents=True)
        for case in edition.collection.cases:
            page = content.page(case)
            matter = {"title": page.pop("title"), "params": page}
            (target / f"{case.id}.md").write_text(json.dumps(matter, ensure_ascii=False), encoding="utf-8")
            card = renderer.cards[case.id]
            tables["cards"].setdefault(case.id, {})[lang] = {
                "title": card.title,
                "lead": card.lead,
                "area": card.area,
                "main": card.main.short,
                "strip": card.strip,
                "answered": card.answered,
                "total": card.total,
            }
        every = renderer.page(edition.collection.cases[0])
        views = {
            each.id: each for each in (*every.key, *every.unknown, *(q for g in every.groups for q in g.questions))
        }
        tables["questions"][lang] = {
            name: {"label": view.label, "ask": view.ask, "key": view.key, "ordered": view.ordered}
            for name, view in views.items()
        }
        tables["groups"][lang] = {group.id: renderer.reader.words(group.labels) for group in edition.library.groups}
        tables["terms"][lang] = content.terms.table
    needed = ("answers.js", "vendor/qr.min.js", "share-box.js")
    for lang in edition.library.languages:
        at = links(edition, lang)
        tables.setdefault("assets", {})[lang] = " ".join(at.asset(name) for name in needed)
    _put(folder / "data", tables)
    _words(edition, folder / "i18n")
    frames = "".join(
        _define(part, {lang: _go(shell, part) for lang, shell in shells.items()}) for part in ("head", "foot")
    )
    page_file = folder / "layouts" / "page.html"
    page_file.write_text(page_file.read_text(encoding="utf-8") + frames, encoding="utf-8")


def _put(folder: Path, tables: Mapping[str, Any]) -> None:
    folder.mkdir()
    for name, table in tables.items():
        (folder / f"{name}.json").write_text(json.dumps(table, ensure_ascii=False), encoding="utf-8")


def _go(shell: Shell, part: str) -> str:
    """Return what stands before or after the body, its places in Hugo's language."""
    at = shell.places.index("body")
    pieces, places = (
        (shell.pieces[: at + 1], shell.places[:at])
        if part == "head"
        else (
            shell.pieces[at + 1 :],
            shell.places[at + 1 :],
        )
    )
    out = [pieces[0]]
    for name, piece in zip(places, pieces[1:], strict=True):
        out += [_PLACES[name], piece]
    return "".join(out)


def _define(part: str, texts: Mapping[str, str]) -> str:
    (first, one), (_, two) = texts.items()
    choice = f'{{{{ if eq .Language.Lang "{first}" }}}}{one}{{{{ else }}}}{two}{{{{ end }}}}'
    return f'\n{{{{- define "frame-{part}" -}}}}{choice}{{{{- end -}}}}\n'


def _words(edition: Edition, folder: Path) -> None:
    """Write the words of the interface as Hugo's translations; where it counts, one text chooses the form."""
    folder.mkdir()
    for lang in edition.library.languages:
        found: dict[str, str] = {}
        _walk(yaml.safe_load(WORDS.read_text(encoding="utf-8")), "", lang, found)
        states = edition.library.info["states"]
        found |= {f"state.{name}": states[name][lang] for name in states}
        lines = (f"{json.dumps(key)} = {json.dumps(text, ensure_ascii=False)}\n" for key, text in found.items())
        (folder / f"{lang}.toml").write_text("".join(lines), encoding="utf-8")


def _walk(node: Mapping[str, Any], prefix: str, lang: str, found: dict[str, str]) -> None:
    if all(isinstance(each, str) for each in node.values()):
        if lang in node:
            one, many = _open(node[lang]), _open(node.get(f"{lang}_many", ""))
            found[prefix] = f"{{{{ if eq .n 1 }}}}{one}{{{{ else }}}}{many}{{{{ end }}}}" if many else one
        return
    for key, value in node.items():
        _walk(value, f"{prefix}.{key}" if prefix else key, lang, found)


def _open(text: str) -> str:
    return re.sub(r"\{(\w+)\}", r"{{ .\1 }}", text)
