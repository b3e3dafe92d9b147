"""Cases as workbooks and documents: there and back, wrong ones marked, dangerous ones left shut."""

from __future__ import annotations

import contextlib
import html
import io
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from casebook import cli, source, validate
from casebook.intake import filled, office, reading, safe
from casebook.intake.layout import STATE, layout
from casebook.intake.word import REMARK
from casebook.intake.workbook import MARK, PROBLEMS
from casebook.schema import Library
from support import CASES, EXAMPLES, SCHEMAS

FORMATS = office.FORMATS
VALID = sorted((EXAMPLES / "valid").glob("*.yaml"))


@dataclass
class Done:
    returncode: int
    stdout: str


def casebook(*arguments: str | Path) -> Done:
    """Run a command here: starting one anew takes longer than what it does."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        code = cli.main(["--schemas", str(SCHEMAS), *map(str, arguments)])
    return Done(code, out.getvalue())


def data_of(path: Path) -> Any:
    root = source.read(path, path.name).root
    assert root is not None
    return reading.plain(root)


def same(data: Any) -> Any:
    """A case without what has two spellings: one reference alone or in a list, blanks around texts."""
    if isinstance(data, dict):
        return {
            key: same([value] if key == "quote" and isinstance(value, str) else value) for key, value in data.items()
        }
    return [same(each) for each in data] if isinstance(data, list) else str(data).strip()


@pytest.fixture(params=FORMATS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_every_case_survives_the_sheets(library: Library) -> None:
    sheets = layout(library)
    checked = validate.validate(validate.case_files([CASES]), library, CASES)
    wrong = {problem.file for problem in checked.errors}
    for rows in checked.rows:
        root = rows.document.root
        if rows.document.file in wrong or root is None:
            continue
        data = reading.plain(root)
        back, _ = filled.case(sheets, filled.grid(sheets, data))
        assert same(back) == same(data), rows.case


@pytest.mark.parametrize("case", [*VALID, CASES / "yangmeitang-sanitation.yaml"], ids=lambda path: path.stem)
def test_there_and_back(case: Path, kind: str, tmp_path: Path, library: Library) -> None:
    done = casebook("export", case, "--format", kind, "-o", tmp_path / f"a.{kind}")
    assert done.returncode == 0, done.stdout
    done = casebook("import", tmp_path / f"a.{kind}")
    assert done.returncode == 0, done.stdout
    back = tmp_path / case.name
    assert same(data_of(back)) == same(data_of(case))
    assert casebook("check", back).returncode == 0


def test_same_bytes(kind: str, tmp_path: Path, library: Library) -> None:
    for name in "ab":
        office.form(kind).write(layout(library), None, tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_blank_template_says_what_is_missing(kind: str, tmp_path: Path, library: Library) -> None:
    path = tmp_path / f"a.{kind}"
    assert casebook("template", kind, "-o", path).returncode == 0
    before = path.read_bytes()
    done = casebook("import", path)
    assert done.returncode == 1
    assert path.read_bytes() == before
    assert (tmp_path / f"a.问题.{kind}").is_file()
    for item in library.questions.values():
        assert item.labels["zh"] in done.stdout


def test_the_template_holds_every_question_and_term(kind: str, tmp_path: Path, library: Library) -> None:
    path = tmp_path / f"a.{kind}"
    office.form(kind).write(layout(library), None, path)
    with zipfile.ZipFile(path) as archive:
        text = html.unescape(
            "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml"))
        )
    for item in library.questions.values():
        assert item.labels["zh"] in text
        if item.vocabulary:
            assert all(f"（{id}）" in text for id in library.vocabularies[item.vocabulary].terms)
    assert "dataValidation" in text or "dropDownList" in text


def test_what_commands_write_is_not_asked(kind: str, tmp_path: Path, library: Library) -> None:
    path = tmp_path / f"a.{kind}"
    office.form(kind).write(layout(library), None, path)
    generated = {column.key for sheet in layout(library).sheets for column in sheet.columns if column.generated}
    assert generated
    if kind == "docx":
        asked = [row.cells[0].text for table in docx.Document(str(path)).tables for row in table.rows]
        assert not any(f"〔{key}〕" in text for key in generated for text in asked)
        return
    for page in openpyxl.load_workbook(path).worksheets:
        for cell in (*page["A"], *page[1]):
            if cell.value in generated:
                across = page.column_dimensions[cell.column_letter].hidden and cell.column > 1
                assert across or page.row_dimensions[cell.row].hidden


@pytest.fixture
def plain(kind: str, tmp_path: Path) -> Path:
    path = tmp_path / f"plain.{kind}"
    assert casebook("export", EXAMPLES / "valid" / "plain.yaml", "--format", kind, "-o", path).returncode == 0
    return path


def change(path: Path, key: str, text: Any) -> None:
    """Write into the first cell of a field, as a person would."""
    if path.suffix == ".docx":
        document = docx.Document(str(path))
        for table in document.tables:
            for row in table.rows:
                if f"〔{key}〕" in row.cells[0].text:
                    row.cells[1]._tc.clear_content()
                    row.cells[1].add_paragraph(text)
                    document.save(str(path))
                    return
        raise AssertionError(key)
    book = openpyxl.load_workbook(path)
    for page in book.worksheets:
        if not str(page.cell(1, 1).value).startswith(MARK):
            continue
        places = [(row, 4) for row in range(2, page.max_row + 1) if page.cell(row, 1).value == key]
        places += [(4, at) for at in range(2, page.max_column + 1) if page.cell(1, at).value == key]
        if places:
            page.cell(*places[0]).value = text
            book.save(path)
            return
    raise AssertionError(key)


def marked(path: Path) -> str:
    """The words of an annotated copy, each with what stands before it."""
    if path.suffix == ".docx":
        cells = [row.cells for table in docx.Document(str(path)).tables for row in table.rows]
        return "\n".join(f"{left.text}: {right.text}" for left, right in cells if REMARK in right.text)
    book = openpyxl.load_workbook(path)
    return "\n".join(
        str(page.cell(row, cell.column).value)
        for page in book.worksheets
        for head in page.iter_rows(max_row=2)
        for cell in head
        if cell.value == PROBLEMS
        for row in range(3, page.max_row + 1)
        if page.cell(row, cell.column).value
    )


@pytest.mark.parametrize(
    ("key", "text", "said"),
    [
        ("place.area", "荷塘区某处", "荷塘区某处"),
        ("url", "javascript:alert(1)", "javascript"),
        ("review.checked", "2099-01-01", "2099-01-01"),
        ("title.zh", "字" * 200, "标题"),
        ("published", "去年", "去年"),
    ],
)
def test_what_is_wrong_is_marked_where_it_is(plain: Path, key: str, text: str, said: str) -> None:
    change(plain, key, text)
    before = plain.read_bytes()
    done = casebook("import", plain)
    assert done.returncode == 1, done.stdout
    copy = plain.with_name(f"plain.问题{plain.suffix}")
    assert said in marked(copy)
    if plain.suffix == ".docx":
        assert f"〔{key}〕" in marked(copy)
    assert plain.read_bytes() == before
    assert not (plain.parent / "plain.yaml").exists()
    # Put right in the copy, it is taken.
    change(copy, key, {"place.area": "荷塘区", "review.checked": "2024年2月1日"}.get(key, ""))
    if key in ("url", "published", "place.area"):
        done = casebook("import", copy)
        assert done.returncode == 0, done.stdout


def test_names_of_terms_and_states_will_do(plain: Path, library: Library) -> None:
    area = library.term("place", "430204").labels["zh"]
    change(plain, "place.area", area)
    if plain.suffix == ".xlsx":
        change(plain, STATE, "未见报道")
    done = casebook("import", plain)
    assert done.returncode == 0, done.stdout
    assert '"430204"' in (plain.parent / "plain.yaml").read_text(encoding="utf-8")


def test_dates_and_numbers_of_a_spreadsheet(tmp_path: Path) -> None:
    import datetime

    path = tmp_path / "a.xlsx"
    casebook("export", EXAMPLES / "valid" / "plain.yaml", "-o", path)
    change(path, "published", datetime.datetime(2024, 1, 22))  # noqa: DTZ001 -- as the spreadsheet has it
    assert casebook("import", path).returncode == 0
    assert "published: 2024-01-22" in (tmp_path / "plain.yaml").read_text(encoding="utf-8")


def test_a_formula_is_not_followed(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    casebook("export", EXAMPLES / "valid" / "plain.yaml", "-o", path)
    change(path, "title.zh", '=HYPERLINK("https://example.org","标题")')
    done = casebook("import", path)
    assert done.returncode == 1
    assert "公式" in done.stdout
    assert "formula" in done.stdout


def with_part(path: Path, name: str, content: bytes) -> None:
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, content)


EXTERNAL = b'<R><Relationship Id="r9" Type="http://x/%s" Target="http://x/" TargetMode="External"/></R>'


@pytest.mark.parametrize(
    ("part", "content", "reason"),
    [
        ("xl/vbaProject.bin", b"x", "macro"),
        ("xl/externalLinks/externalLink1.xml", b"<a/>", "linked"),
        ("word/_rels/settings.xml.rels", EXTERNAL % b"attachedTemplate", "linked"),
        ("word/embeddings/oleObject1.bin", b"x", "linked"),
        ("xl/more.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "unreadable"),
    ],
)
def test_what_runs_or_fetches_is_left_shut(plain: Path, part: str, content: bytes, reason: str) -> None:
    with_part(plain, part, content)
    done = casebook("import", plain)
    assert done.returncode == 1
    assert all(words in done.stdout for words in safe.ANSWERS[reason])
    assert len(list(plain.parent.iterdir())) == 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "Workbook".encode("utf-16-le"), "old"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "locked"),
        (b"PK\x03\x04 not really", "unreadable"),
        ("编号,标题".encode("gb18030"), "unreadable"),
        (b"", "unreadable"),
    ],
)
def test_other_files_get_an_answer(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "案例.xls"
    path.write_bytes(content)
    done = casebook("import", path)
    assert done.returncode == 1
    assert all(words in done.stdout for words in safe.ANSWERS[reason])


def test_another_workbook_is_no_template(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "a.xlsx")
    docx.Document().save(str(tmp_path / "a.docx"))
    for name in ("a.xlsx", "a.docx"):
        done = casebook("import", tmp_path / name)
        assert done.returncode == 1
        assert safe.ANSWERS["other"][0] in done.stdout
