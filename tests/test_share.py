"""Pictures for shared links: what is drawn is what is known."""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from casebook.model import Case, Collection
from casebook.views import share
from support import CASES, ROOT, casebook

URL = "https://library.example/lib/"
WIDE = share.SIZES[""]


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content)).convert("RGB")


def test_a_file_holds_what_was_drawn(collection: Collection) -> None:
    """Held against another program that draws the same rectangles."""
    for houses in ([share.house(case)] for case in collection.cases[:5]):
        for size in share.SIZES.values():
            rects = share.scene(houses, *size)
            other = Image.new("RGB", size)
            pen = ImageDraw.Draw(other)
            for each in rects:
                corner = (each.x + each.width - 1, each.y + each.height - 1)
                pen.rectangle(((each.x, each.y), corner), fill=f"#{share.COLOURS[each.colour]:06x}")
            assert opened(share.png(rects, *size)).tobytes() == other.tobytes()


def windows(case: Case) -> list[str]:
    """Colours of the windows, read off the picture from left to right and downwards."""
    rects = share.scene([share.house(case)], *WIDE)
    picture = opened(share.png(rects, *WIDE))
    frames = [each for each in rects if each.colour in ("lit", "ring")]
    names = {value: name for name, value in share.COLOURS.items()}
    found = []
    for each in sorted(frames, key=lambda each: (each.y // 10, each.x)):
        red, green, blue = picture.getpixel((each.x + each.width // 2 - 4, each.y + each.height // 2))  # type: ignore[misc]
        found.append(names[int(red) << 16 | int(green) << 8 | int(blue)])
    return found


def test_a_window_is_lit_where_somebody_answered(collection: Collection) -> None:
    for case in collection.cases:
        lit = windows(case).count("lit")
        assert lit == case.count, case.id


def test_sources_that_differ_share_a_window(collection: Collection) -> None:
    for case in collection.cases:
        differ = any(answer.role("conflict") for each in case.answered.values() for answer in each.answers)
        colours = {each.colour for each in share.scene([share.house(case)], *WIDE)}
        assert ("dim" in colours) is differ


def test_every_case_and_the_library_have_both_pictures(collection: Collection) -> None:
    found = dict(share.pictures(collection, [("approaches/none", [])]))
    names = ["library", "approaches/none", *(f"cases/{case.id}" for case in collection.cases)]
    assert set(found) == {f"share/{name}{end}.png" for name in names for end in share.SIZES}
    for name, content in found.items():
        assert opened(content).size == share.SIZES["-square" if name.endswith("-square.png") else ""]
        assert len(content) < 8000
    assert found == dict(share.pictures(collection, [("approaches/none", [])]))


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site that knows its address."""
    folder = tmp_path_factory.mktemp("published")
    (folder / "cases").mkdir()
    for name in ("hejiaao-1133", "hetang-backstop"):
        shutil.copy(CASES / f"{name}.yaml", folder / "cases")
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    text = text.replace('site_url: ""', f"site_url: {URL}").replace("docs_dir: docs/zh", f"docs_dir: {ROOT}/docs/zh")
    text = text.replace("  casebook:\n", f"  casebook:\n    docs: {ROOT}/docs\n")
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    config = ("--config", folder / "mkdocs.yml", "--cases", folder / "cases", "--site-dir", folder / "site")
    done = casebook("build", *config)
    assert done.returncode == 0, done.stderr
    return folder / "site"


def meta(path: Path) -> dict[str, str]:
    text = path.read_text(encoding="utf-8")
    return dict(re.findall(r'<meta (?:property|name|itemprop)="([^"]+)" content="([^"]*)"', text))


def test_every_page_names_a_picture_that_is_there(published: Path) -> None:
    pages = [path for path in published.rglob("index.html") if 'http-equiv="refresh"' not in path.read_text("utf-8")]
    assert len(pages) > 60
    for path in pages:
        found = meta(path)
        for key, end in (("og:image", ".png"), ("twitter:image", ".png"), ("image", "-square.png")):
            assert found[key].startswith(f"{URL}share/"), path
            assert found[key].endswith(end)
            assert (published / found[key].removeprefix(URL)).is_file(), (path, found[key])
        assert found["og:title"] and found["og:description"]


def test_a_case_has_a_picture_of_its_own_in_both_languages(published: Path) -> None:
    for lang in ("", "en"):
        found = meta(published / lang / "cases/hejiaao-1133/index.html")
        assert found["og:image"] == f"{URL}share/cases/hejiaao-1133.png"
        found = meta(published / lang / "approaches/fiscal_backstop/index.html")
        assert found["og:image"] == f"{URL}share/approaches/fiscal_backstop.png"


def test_without_an_address_there_are_no_pictures(site: Path) -> None:
    assert not (site / "share").exists()
    assert "og:image" not in meta(site / "cases/hejiaao-1133/index.html")
