"""List what editors should look at."""

from __future__ import annotations

import argparse
import datetime
import itertools
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from casebook import addresses, model, review, validate
from casebook.commands import OK, PROBLEMS, refuse
from casebook.library import open_library
from casebook.review import Point

PLACE = 10
WORDS = "编辑该看哪些：等人核对的、日子久了的、证据弱的 / what editors should look at"

_HEADINGS = {
    "waiting": ("等人核对或发布", "Waiting to be checked or published"),
    "links": ("网页没了，也没有存档，找一找", "Gone, and no archived copy; look for one"),
    "quotes": ("摘句核对以后改过", "Quotes changed since they were read against the source"),
    "translation": ("译文没有核对过，或者原文后来改了", "Translations not confirmed, or older than the original"),
    "standing": ("“还在做”是很久以前说的，该再问问", "Said long ago to be running; ask again"),
    "checked": ("很久没有和来源核对", "Not read against the sources for long"),
    "evidence": ("证据最弱，找找原文或别的来源", "Weakest evidence; look for the original or another source"),
    "unsourced": ("有的话没有摘句", "Claims without a quote"),
    "unseen": ("不知道还打不打得开的网址，运行 casebook links", "Nobody knows whether these open; run casebook links"),
}
_UNDATED = ("没有日期", "undated")
_NONE = ("没有要看的", "nothing to look at")
_WRONG = ("有错误，没有列入，先运行 casebook check", "have errors and are left out; run casebook check first")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the folder, the form of the list, and what counts as old."""
    parser.add_argument("--cases", type=Path, default=Path("cases"), help="案例文件夹 / folder of the cases")
    parser.add_argument(
        "--format", choices=("text", "markdown", "json"), default="text", help="输出格式 / output format"
    )
    parser.add_argument("--only", choices=review.KINDS, action="append", help="只列这一类 / this kind only")
    parser.add_argument("--days", type=int, default=365, help="多少天算久，默认 365 / days until something is old")
    today = datetime.datetime.now(datetime.UTC).date()
    words = "当作今天的日子 / the day to count from"
    parser.add_argument("--today", type=datetime.date.fromisoformat, default=today, metavar="YYYY-MM-DD", help=words)
    words = "网址记录，默认 links.json / record of links"
    parser.add_argument("--links", type=Path, default=Path(addresses.NAME), metavar="FILE", help=words)


def run(arguments: argparse.Namespace) -> int:
    """Print the list; 1 where a case has errors and could not be looked at."""
    library = open_library(arguments.schemas)
    checked = validate.validate(validate.case_files([arguments.cases]), library, Path.cwd())
    wrong = {problem.file for problem in checked.errors}
    readings = [rows for rows in checked.rows if rows.document.file not in wrong]
    record: Path = arguments.links
    try:
        known = addresses.read(record.read_text(encoding="utf-8")) if record.exists() else {}
    except ValueError as error:
        return refuse(f"看不懂 / cannot read: {record}: {error}")
    collection = model.build(library, readings, drafts=True)
    found = review.points(collection, readings, known, arguments.today, arguments.days)
    kept = [point for point in found if not arguments.only or point.kind in arguments.only]
    output = {"text": _text, "markdown": _markdown, "json": _json}[arguments.format](kept)
    print("\n".join(output))
    if wrong:
        print(f"{len(wrong)} · {_WRONG[0]} / {_WRONG[1]}", file=sys.stderr)
    return PROBLEMS if wrong else OK


def _grouped(points: list[Point]) -> Iterator[tuple[str, list[Point]]]:
    for kind, each in itertools.groupby(points, key=lambda point: point.kind):
        group = list(each)
        yield f"{' / '.join(_HEADINGS[kind])} ({len(group)})", group


def _parts(point: Point) -> str:
    """Return what is said of a point beside its case."""
    date = point.date or (" / ".join(_UNDATED) if point.kind == "standing" else "")
    return " · ".join(filter(None, (" / ".join(point.what.values()), date, point.address)))


def _text(points: list[Point]) -> Iterator[str]:
    for heading, group in _grouped(points):
        yield heading
        yield from (f"  {point.case}  {_parts(point)}".rstrip() for point in group)
        yield ""
    if not points:
        yield " / ".join(_NONE)


def _markdown(points: list[Point]) -> Iterator[str]:
    for heading, group in _grouped(points):
        yield f"## {heading}\n"
        yield from (f"- [ ] `{point.case}` {_parts(point)}".rstrip() for point in group)
        yield ""
    if not points:
        yield " / ".join(_NONE)


def _json(points: list[Point]) -> Iterator[str]:
    listed = [
        {name: value for name, value in vars(point).items() if value} | {"what": dict(point.what)} for point in points
    ]
    yield json.dumps(listed, ensure_ascii=False, indent=1)
