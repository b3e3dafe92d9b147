"""Workshop packs: whole in the schemas, A4 on paper, the same bytes each time, and gone where nothing can set them."""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path

import pypdf
import pytest

from casebook.model import Collection
from casebook.schema import Library
from casebook.site import packs, pdf
from casebook.site.render import Renderer
from casebook.views import pack
from casebook.views.reading import Reader
from support import CASES, SCHEMAS, casebook

A4 = (595, 842)
URL = "https://library.example/lib/"

needs_pdf = pytest.mark.skipif(pdf.lacking() is not None, reason=str(pdf.lacking()))


def squeezed(text: str) -> str:
    """A PDF says where letters stand, not where words end."""
    return re.sub(r"\s", "", text)


def text_of(path: Path | io.BytesIO) -> str:
    return squeezed("".join(page.extract_text() for page in pypdf.PdfReader(path).pages))


# What the schemas say.


def test_every_case_a_workshop_names_is_in_the_library(collection: Collection) -> None:
    assert pack.absent(collection) == ()


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("minutes: 30", "minutes: 31", "fees: minutes 31"),
        ("check: collection_rate", "check: colection_rate", "fees: check colection_rate"),
        ("id: small", "id: fees", "fees: twice"),
        (", en: Break.}", "}", "workshops/3/steps/4/do"),
        ("case: nanjing-lanqi-6", "case: ../secret", "fees: case ../secret"),
        ("lines: 4", "lines: many", "fees: block"),
    ],
)
def test_a_workshop_that_is_not_whole_is_refused(tmp_path: Path, old: str, new: str, reason: str) -> None:
    shutil.copytree(SCHEMAS, tmp_path / "schemas")
    file = tmp_path / "schemas/workshops.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    done = casebook("--schemas", tmp_path / "schemas", "check")
    assert done.returncode == 2
    assert "workshops.yaml" in done.stderr
    assert reason in done.stderr


def test_a_library_without_workshops_has_no_packs(collection: Collection, library: Library) -> None:
    tools = {name: tool for name, tool in library.tools.items() if name != "workshops"}
    bare = Library(**{**vars_of(library), "tools": tools})
    assert pack.packs(Reader(bare, "zh"), Collection(bare, collection.cases)) == ()


def vars_of(library: Library) -> dict[str, object]:
    return {name: getattr(library, name) for name in library.__dataclass_fields__}


def test_minutes_follow_one_another_to_the_end(collection: Collection, library: Library) -> None:
    for each in pack.packs(Reader(library, "en"), collection):
        assert each.steps[0].start == 0
        assert [step.end for step in each.steps[:-1]] == [step.start for step in each.steps[1:]]
        assert each.steps[-1].end == each.minutes


def test_the_gap_sheet_holds_what_is_open_and_nothing_else(collection: Collection, library: Library) -> None:
    for each in pack.packs(Reader(library, "zh"), collection):
        opened = {question.ask for sheet in each.sheets for question in sheet.case.unknown}
        assert {row.ask for row in each.gaps} == opened
        missing = [row.states.count("not_reported") for row in each.gaps]
        assert missing == sorted(missing, reverse=True)


# What is on paper.


@needs_pdf
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_packs_are_a4_and_say_what_the_cases_say(
    site: Path, collection: Collection, library: Library, lang: str
) -> None:
    reader, root = Reader(library, lang), site if lang == "zh" else site / lang
    words = Renderer(collection, lang).words
    found = pack.packs(reader, collection)
    assert {each.minutes for each in found} == {30, 60, 120}
    for each in found:
        folder = root / "workshop" / each.id
        for part in ("pack", "notes"):
            for page in pypdf.PdfReader(folder / f"{part}.pdf").pages:
                assert tuple(map(round, page.mediabox[2:])) == A4
        text, notes = text_of(folder / "pack.pdf"), text_of(folder / "notes.pdf")
        for sheet in each.sheets:
            assert squeezed(sheet.case.title) in text
            assert squeezed(sheet.case.lead) in text
            for question in sheet.case.unknown:
                assert squeezed(question.ask) in text
            for claim in (claim for fact in sheet.facts for claim in fact.claims):
                assert squeezed(claim.text) in text
                assert squeezed(claim.speaker) in text
        for line in (*each.notes, *(step.say for step in each.steps if step.say)):
            assert squeezed(line) in notes
            assert squeezed(line) not in text, "what the trainer says is not handed out"
        assert squeezed(words("pack.page_none")) in text, "no address, so nothing to scan"


@needs_pdf
def test_all_packs_are_small_enough_for_the_stick(site: Path) -> None:
    assert sum(path.stat().st_size for path in site.rglob("*.pdf")) < 1.5e6


@needs_pdf
def test_the_same_words_give_the_same_bytes(collection: Collection) -> None:
    renderer = Renderer(collection, "zh")
    renderer.site_url = URL
    paper = next(iter(packs.papers(renderer)))
    one, two = (dict(pdf.made([paper]))[paper.path] for _ in range(2))
    assert one == two
    links = {
        annotation["/A"]["/URI"]
        for page in pypdf.PdfReader(io.BytesIO(one)).pages
        for annotation in page.get("/Annots", ())
        if "/A" in annotation
    }
    assert f"{URL}cases/nanjing-lanqi-6/" in links
    assert f"{URL}cases/luzhou-luliang/#collection_rate-1" in links
    assert f"{URL}compare/?cases=nanjing-lanqi-6,luzhou-luliang" in links


@needs_pdf
def test_a_letter_that_the_font_lacks_is_never_a_box() -> None:
    with pytest.raises(pdf.Unreadable, match="\u1b83"):
        next(pdf.made([packs.Paper("x.pdf", "<p>\u1b83</p>")]))


def test_without_a_font_there_is_no_pdf_and_no_link_to_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cases").mkdir()
    for name in ("nanjing-lanqi-6", "luzhou-luliang"):
        shutil.copy(CASES / f"{name}.yaml", tmp_path / "cases")
    monkeypatch.setenv("PATH", str(tmp_path))  # no program that knows the fonts
    done = casebook("build", "--cases", tmp_path / "cases", "--site-dir", tmp_path / "site")
    assert done.returncode == 0, done.stderr
    assert "没有生成 PDF / no PDF was made" in done.stderr
    assert list((tmp_path / "site").rglob("*.pdf")) == []
    for page in ("workshop/fees", "guides/workshops"):
        text = (tmp_path / "site" / page / "index.html").read_text(encoding="utf-8")
        assert ".pdf" not in text
        assert "蓝旗新村" in text
