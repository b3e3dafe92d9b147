"""Pages for other sites to show: small, without scripts, and every link leads out of the frame."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from casebook.model import Collection


@pytest.mark.parametrize("lang", ["", "en"])
def test_each_case_has_a_card_that_leads_to_its_page(site: Path, collection: Collection, lang: str) -> None:
    for case in collection.cases:
        text = (site / lang / f"embed/cases/{case.id}/index.html").read_text(encoding="utf-8")
        assert text.count("<h1") == 1
        assert '<meta name="robots" content="noindex">' in text
        assert len(text.encode()) < 12_000
        links = re.findall(r"<a ([^>]*)>", text.partition('id="main"')[2])
        assert links
        for each in links:
            assert 'target="_blank"' in each and 'rel="noopener"' in each
        assert f'href="../../../cases/{case.id}/"' in text


def test_a_card_brings_no_script_but_the_reader_s_colours(site: Path) -> None:
    text = next((site / "embed/cases").glob("*/index.html")).read_text(encoding="utf-8")
    scripts = re.findall(r'<script src="([^"]+)"', text)
    assert [Path(each).name.partition(".")[0] for each in scripts] == ["scheme"]
    assert "top__name" not in text


def test_a_card_says_what_is_not_reported(site: Path) -> None:
    text = (site / "embed/cases/yangmeitang-sanitation/index.html").read_text(encoding="utf-8")
    facts = re.findall(r"<div><dt>([^<]+)</dt><dd>(.*?)</dd></div>", text, re.DOTALL)
    assert len(facts) == 8
    assert sum("没有报道" in answer for _, answer in facts) == 5
    assert any("社区党总支副书记说" in answer for _, answer in facts)
