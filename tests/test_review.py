"""What editors should look at: each kind of point appears when it should, and only then."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from casebook import cli, review
from support import CASES, SCHEMAS

CASE = "yangmeitang-sanitation"
TODAY = "2027-06-01"


@pytest.fixture
def text() -> str:
    case = (CASES / f"{CASE}.yaml").read_text(encoding="utf-8")
    return re.sub(r"  checked: .*", "  checked: 2026-11-24", case)


def ask(folder: Path, text: str, *more: str) -> list[dict[str, object]]:
    """What the command says of one case, its own record of links beside it."""
    (folder / "cases").mkdir(exist_ok=True)
    (folder / "cases" / f"{CASE}.yaml").write_text(text, encoding="utf-8")
    found: list[dict[str, object]] = json.loads(run(folder, "--format", "json", *more))
    return found


def run(folder: Path, *more: str) -> str:
    import contextlib
    import io

    out = io.StringIO()
    given = ("--schemas", SCHEMAS, "review", "--cases", folder / "cases", "--links", folder / "links.json")
    with contextlib.redirect_stdout(out):
        assert cli.main([*map(str, given), *(("--today", TODAY) if "--today" not in more else ()), *more]) == 0
    return out.getvalue()


def kinds(points: list[dict[str, object]]) -> list[object]:
    return [point["kind"] for point in points]


def test_a_case_that_was_just_checked_has_only_its_grade_to_mend(tmp_path: Path, text: str) -> None:
    assert kinds(ask(tmp_path, text, "--today", "2026-11-30")) == ["evidence"]


def test_a_case_grows_old(tmp_path: Path, text: str) -> None:
    assert kinds(ask(tmp_path, text, "--today", "2027-11-24")) == ["evidence"]
    assert kinds(ask(tmp_path, text, "--today", "2027-11-25")) == ["checked", "evidence"]
    assert kinds(ask(tmp_path, text, "--days", "1000", "--today", "2027-11-25")) == ["evidence"]


def test_drafts_wait(tmp_path: Path, text: str) -> None:
    points = ask(tmp_path, text.replace("state: published", "state: draft"))
    assert points[0]["kind"] == "waiting"
    assert points[0]["what"] == {"zh": "草稿", "en": "Draft"}


@pytest.mark.parametrize("line", ["", '  translated_from: "000000000000"\n'])
def test_a_translation_that_was_not_confirmed(tmp_path: Path, text: str, line: str) -> None:
    assert "translation" not in kinds(ask(tmp_path, text))
    assert "translation" in kinds(ask(tmp_path, re.sub(r"  translated_from: .*\n", line, text)))


def standing(text: str, term: str, source: str = "became-unmanaged") -> str:
    said = f"""  still_running:
    - zh: 来源说了。
      en: The source says so.
      terms: [{term}]
      says: reported
      quote: {source}
"""
    return text.replace("  still_running: not reported\n", said)


def test_who_was_said_to_run_long_ago_is_asked_again(tmp_path: Path, text: str) -> None:
    points = [point for point in ask(tmp_path, standing(text, "running")) if point["kind"] == "standing"]
    assert [point["date"] for point in points] == ["2024-01-22"]
    assert "standing" not in kinds(ask(tmp_path, standing(text, "running"), "--days", "5000"))


def test_of_what_is_over_nobody_asks(tmp_path: Path, text: str) -> None:
    assert "standing" not in kinds(ask(tmp_path, standing(text, "ended")))


def test_a_claim_without_a_quote(tmp_path: Path, text: str) -> None:
    bare = text.replace(
        "      says: judgment\n      quote: almost-no-garbage\n",
        "      says: inference\n      by: {zh: 编者, en: the editors}\n",
    )
    assert bare != text
    points = ask(tmp_path, bare)
    assert {"kind": "unsourced", "case": CASE, "what": {"zh": "成效", "en": "Results"}} in points


def record(folder: Path, **status: str) -> None:
    """Write what was found of example.org/a and b."""
    found = {f"https://example.org/{name}": {"checked": "2027-01-02", "status": each} for name, each in status.items()}
    (folder / "links.json").write_text(json.dumps(found), encoding="utf-8")


def test_links_as_last_tried(tmp_path: Path, text: str) -> None:
    linked = text.replace("    language: en\n", "    url: https://example.org/a#part\n    language: en\n")
    assert kinds(ask(tmp_path, linked)).count("unseen") == 1
    record(tmp_path, a="ok")
    assert not {"unseen", "links"} & set(kinds(ask(tmp_path, linked)))
    record(tmp_path, a="unknown")
    assert kinds(ask(tmp_path, linked)).count("unseen") == 1
    record(tmp_path, a="gone")
    (point,) = (point for point in ask(tmp_path, linked) if point["kind"] == "links")
    assert (point["address"], point["date"]) == ("https://example.org/a", "2027-01-02")


def test_an_archived_copy_makes_up_for_a_page_that_is_gone(tmp_path: Path, text: str) -> None:
    both = "    url: https://example.org/a\n    archive: https://example.org/b\n    language: en\n"
    linked = text.replace("    language: en\n", both)
    record(tmp_path, a="gone", b="ok")
    assert "links" not in kinds(ask(tmp_path, linked))
    record(tmp_path, a="gone", b="gone")
    assert "links" in kinds(ask(tmp_path, linked))


def test_quotes_that_changed_after_they_were_confirmed(tmp_path: Path, text: str) -> None:
    sealed = text.replace("    quotes:\n", f'    quotes_hash: "{"0" * 64}"\n    quotes:\n')
    assert "quotes" in kinds(ask(tmp_path, sealed))


@pytest.mark.parametrize("content", ["[1]", "{", '{"a": 1}'])
def test_a_record_that_is_none_is_said(tmp_path: Path, content: str, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "links.json"
    file.write_text(content, encoding="utf-8")
    assert cli.main(["--schemas", str(SCHEMAS), "review", "--links", str(file)]) == 2
    assert "links.json" in capsys.readouterr().err


def test_the_list_reads_as_text_and_as_markdown(tmp_path: Path, text: str) -> None:
    ask(tmp_path, standing(text, "running"))
    shown = run(tmp_path)
    assert f"  {CASE}  还在做吗 / Still running · 2024-01-22" in shown
    assert f"- [ ] `{CASE}` 还在做吗 / Still running · 2024-01-22" in run(tmp_path, "--format", "markdown")
    assert "没有要看的" in run(tmp_path, "--only", "links")


def test_a_case_with_errors_is_left_out_and_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "a.yaml").write_text("id: a\n", encoding="utf-8")
    assert cli.main(["--schemas", str(SCHEMAS), "review", "--cases", str(tmp_path / "cases")]) == 1
    assert "casebook check" in capsys.readouterr().err


def test_every_kind_has_a_heading() -> None:
    from casebook.commands.review import _HEADINGS

    assert set(_HEADINGS) == set(review.KINDS)
