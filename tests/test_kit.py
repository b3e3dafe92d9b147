"""The copy kit: the same words give the same file, and what is the editors' own is whole in every language."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.oxml.ns import qn

from casebook import kitfiles
from casebook.model import Collection
from casebook.schema import Library, Term
from casebook.views import approaches, facets, fit, kit
from casebook.views.reading import Reader


def terms(library: Library) -> list[Term]:
    name = str(library.case.by_role["approach"].vocabulary)
    return list(library.vocabularies[name].terms.values())


def papers(reader: Reader, term: Term, needs: tuple[fit.Need, ...] = ()) -> dict[str, bytes]:
    return {
        paper["id"]: kitfiles.paper(term.id, reader.lang, kit.blocks(reader, term, paper, needs))
        for paper in reader.library.tools["kit"]["papers"]
    }


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_approach_has_papers_without_open_places(library: Library, lang: str) -> None:
    reader = Reader(library, lang)
    for term in terms(library):
        for content in papers(reader, term).values():
            document = docx.Document(io.BytesIO(content))
            text = "\n".join(paragraph.text for paragraph in document.paragraphs)
            assert "{" not in text
            assert reader.words(term.labels) in text
            assert "【" in text, "something is left for the reader to fill in"


def test_the_same_words_give_the_same_bytes(library: Library) -> None:
    reader, term = Reader(library, "zh"), terms(library)[0]
    first = papers(reader, term)
    kitfiles.paper.cache_clear()
    assert papers(reader, term) == first
    for content in first.values():
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            assert {part.date_time for part in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            assert file.namelist() == sorted(file.namelist())


def test_chinese_has_a_chinese_font(library: Library) -> None:
    content = next(iter(papers(Reader(library, "zh"), terms(library)[0]).values()))
    document = docx.Document(io.BytesIO(content))
    for name in ("Normal", "Heading 1"):
        fonts = document.styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia"))
        assert fonts.get(qn("w:eastAsiaTheme")) is None


def test_the_agenda_lists_what_cases_needed(collection: Collection) -> None:
    reader = Reader(collection.library, "zh")
    needs = fit.needs(fit.data(reader, collection))
    term = terms(collection.library)[0]
    texts = ""
    for content in papers(reader, term, needs).values():
        texts += "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs)
    assert all(need.label in texts for need in needs)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_kit_has_conditions_roles_weeks_laws_and_papers(collection: Collection, lang: str) -> None:
    reader = Reader(collection.library, lang)
    anchors = {
        (case.id, f"{name}-{answer.serial}")
        for case in collection.cases
        for name, each in case.answered.items()
        for answer in each.answers
    }
    for view in approaches.approaches(reader, collection, facets.cards(reader, collection)):
        page = approaches.approach_page(reader, collection, view)
        term = next(term for term in terms(collection.library) if term.id == view.term.id)
        found = kit.kit(reader, term, page.cases, ())
        assert len(found.weeks) == 8
        assert all(text and "{" not in text for pair in found.weeks for text in pair), view.term.id
        assert found.laws
        assert found.laws_note
        assert {paper.name.rpartition(".")[2] for paper in found.papers} == {"docx"}
        for _, parts in found.roles:
            for part in parts:
                assert {(id, anchor) for id, _, anchor in part.cases} <= anchors


def test_every_text_of_the_editors_is_in_every_language(library: Library) -> None:
    missing = []

    def walk(node: object, path: str) -> None:
        if isinstance(node, dict):
            if set(node) & set(library.languages):
                missing.extend(path for lang in library.languages if not node.get(lang))
            else:
                for key, value in node.items():
                    walk(value, f"{path}/{key}")
        elif isinstance(node, list):
            for number, value in enumerate(node):
                walk(value, f"{path}/{number}")

    for name, tool in library.tools.items():
        walk(tool, name)
    assert not missing
    assert set(library.tools["kit"]["acts"]) == {term.id for term in terms(library)}
