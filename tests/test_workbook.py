"""All cases as a workbook for people: what stands in it, how it can be read, and that it is the same each time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from casebook.model import Collection
from casebook.site import spreadsheet
from casebook.site.render import Renderer
from test_second_library import prepare, run


@pytest.fixture(scope="module")
def path(site: Path) -> Path:
    return site / spreadsheet.PATH


@pytest.fixture(scope="module")
def book(path: Path) -> Any:
    return openpyxl.load_workbook(path)


def rows(sheet: Any) -> list[dict[str, str]]:
    heads, *rest = sheet.iter_rows(values_only=True)
    return [{head: value or "" for head, value in zip(heads, row, strict=True)} for row in rest]


def test_each_table_has_a_heading_that_stays_and_filters(book: Any) -> None:
    assert book.sheetnames == ["说明 About", "案例", "逐条回答", "Cases", "Claims", "词表 Vocabularies"]
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert all(cell.font.bold and cell.value for cell in sheet[1])
        assert sheet["A2"].alignment.wrap_text


@pytest.mark.parametrize(("title", "lang"), [("案例", "zh"), ("Cases", "en")])
def test_a_row_a_case_and_silence_in_words(book: Any, collection: Collection, title: str, lang: str) -> None:
    found = rows(book[title])
    library = collection.library
    assert [next(iter(row.values())) for row in found] == [case.id for case in collection.cases]
    for case, row in zip(collection.cases, found, strict=True):
        for name, answered in case.answered.items():
            text = row[library.questions[name].labels[lang]]
            if answered.answers:
                assert all(answer.role("statement")[lang] in text for answer in answered.answers)
            else:
                assert text == library.info["states"][answered.state.value][lang]


@pytest.mark.parametrize(("title", "lang"), [("逐条回答", "zh"), ("Claims", "en")])
def test_a_row_a_claim_with_who_says_so_and_on_what_words(
    book: Any, collection: Collection, title: str, lang: str
) -> None:
    found = iter(rows(book[title]))
    for case in collection.cases:
        for answered in case.answered.values():
            for answer in answered.answers or [None]:
                id, heading, question, text, *rest = next(found).values()
                assert (id, heading) == (case.id, case.role("heading")[lang])
                assert question == answered.question.labels[lang]
                if answer is None:
                    assert text == collection.library.info["states"][answered.state.value][lang]
                    continue
                assert text == answer.role("statement")[lang]
                assert answer.role("says").labels[lang] in rest
                assert all(any(quote.fragment in cell for cell in rest) for quote in answer.quotes)
                assert rest[-1].endswith(f"cases/{case.id}/#{answered.question.name}-{answer.serial}")
    assert next(found, None) is None


def test_every_term_is_there(book: Any, collection: Collection) -> None:
    found = {row["id"]: row for row in rows(book.worksheets[-1])}
    for vocabulary in collection.library.vocabularies.values():
        for term in vocabulary.terms.values():
            assert set(term.labels.values()) <= set(found[f"{vocabulary.name}.{term.id}"].values())


def test_texts_are_nothing_but_texts(collection: Collection, tmp_path: Path) -> None:
    folder = prepare(tmp_path)
    case = folder / "cases/first-lift.yaml"
    text = case.read_text(encoding="utf-8").replace("井道立在楼外。", "=1+1", 1)
    case.write_text(text, encoding="utf-8")
    assert run(folder, "build", "--site-dir", folder / "site").returncode == 0
    cells = [
        cell for row in openpyxl.load_workbook(folder / "site/data/cases.xlsx")["案例"].iter_rows() for cell in row
    ]
    (cell,) = (cell for cell in cells if cell.value == "=1+1")
    assert cell.data_type == "s"


def test_the_same_cases_give_the_same_bytes(collection: Collection, tmp_path: Path) -> None:
    for name in ("a", "b"):
        renderers = {lang: Renderer(collection, lang) for lang in collection.library.languages}
        spreadsheet.write(renderers, tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
