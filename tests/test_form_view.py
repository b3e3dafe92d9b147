"""The form's description follows the schemas alone."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import yaml

from casebook.library import open_library
from casebook.schema import Library, walk
from casebook.site.words import Words
from casebook.views.form import description
from casebook.views.reading import Reader
from support import SCHEMAS


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_question_and_field_is_on_one_screen(library: Library, lang: str) -> None:
    form = description(Reader(library, lang))
    questions = [name for screen in form["screens"] for name in screen.get("questions", ())]
    assert questions == list(library.questions)
    fields = [name for screen in form["screens"] for name in screen.get("fields", ())]
    assert sorted(fields) == sorted(item.name for item in library.case.fields if item.kind != "answers")
    assert all(question["ask"] and question["label"] for question in form["questions"])


def test_the_description_is_plain_data_in_one_language(library: Library) -> None:
    text = json.dumps(description(Reader(library, "en")), ensure_ascii=False)
    assert "你" not in text
    assert '"zh":' not in text.replace('"languages": {"zh":', "")


def test_every_screen_has_a_name_and_every_vocabulary_is_there(library: Library) -> None:
    form = description(Reader(library, "zh"))
    words = Words("zh", {}).for_scripts("form")
    assert all(screen.get("label") or f"screen_{screen['id']}" in words for screen in form["screens"])
    tables = (library.case, library.answer, *library.tables.values())
    named = {item.vocabulary for table in tables for item in walk(table.fields)} | {
        question.vocabulary for question in library.questions.values()
    }
    assert named & set(library.vocabularies) == set(form["vocabularies"])


def test_a_new_question_is_in_the_form(tmp_path: Path) -> None:
    folder = tmp_path / "schemas"
    shutil.copytree(SCHEMAS, folder)
    path = folder / "questions.yaml"
    questions = yaml.safe_load(path.read_text(encoding="utf-8"))
    questions["fields"].append(
        {
            "name": "weather",
            "type": "array",
            "kind": "number",
            "unit": "household",
            "group": "lessons",
            "labels": {"zh": "天气", "en": "Weather"},
            "ask": {"zh": "天气怎么样？", "en": "What was the weather?"},
        }
    )
    path.write_text(yaml.safe_dump(questions, allow_unicode=True), encoding="utf-8")
    form = description(Reader(open_library(folder), "zh"))
    assert form["questions"][-1]["label"] == "天气"
    assert form["questions"][-1]["implied"] == {"unit": "household"}
    assert next(screen for screen in form["screens"] if screen["id"] == "lessons")["questions"][-1] == "weather"


def test_what_a_record_starts_with_can_be_chosen(library: Library) -> None:
    for table in (library.case, *library.tables.values()):
        for item in walk(table.fields):
            start = item.extra.get("start")
            if start and start not in ("page", "today"):
                assert start in library.vocabularies[str(item.vocabulary)].terms
