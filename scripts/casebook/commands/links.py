"""Ask whether the addresses of sources still open, and write it down."""

from __future__ import annotations

import argparse
import datetime
from pathlib import Path

from casebook import addresses, model, validate
from casebook.addresses import GONE, UNKNOWN, Found, Visitor
from casebook.commands import OK, refuse
from casebook.library import open_library

PLACE = 13
WORDS = "看看来源的网址还打不打得开，记下来 / ask whether the sources' addresses still open, and write it down"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the cases, the record, and how politely to ask."""
    parser.add_argument("--cases", type=Path, default=Path("cases"), help="案例文件夹 / folder of the cases")
    parser.add_argument("--record", type=Path, default=Path(addresses.NAME), help="记录 / the record")
    words = "最多问几个，最久没问的先问 / ask for so many at most, those not asked for longest first"
    parser.add_argument("--limit", type=int, default=1000, help=words)
    words = "同一网站两次之间停几秒 / seconds between two questions to the same site"
    parser.add_argument("--pause", type=float, default=3, help=words)
    parser.add_argument("--timeout", type=float, default=15, help="最多等几秒 / seconds to wait for an answer")


def run(arguments: argparse.Namespace) -> int:
    """Ask and write down. A page that is gone, or a network that is not there, is no failure."""
    library = open_library(arguments.schemas)
    checked = validate.validate(validate.case_files([arguments.cases]), library, Path.cwd())
    wrong = {problem.file for problem in checked.errors}
    rows = [each for each in checked.rows if each.document.file not in wrong]
    cited = addresses.cited(model.build(library, rows, drafts=True))
    record: Path = arguments.record
    try:
        known = addresses.read(record.read_text(encoding="utf-8")) if record.exists() else {}
    except ValueError as error:
        return refuse(f"看不懂 / cannot read: {record}: {error}")
    asked = sorted(cited, key=lambda address: known[address].checked if address in known else "")[: arguments.limit]
    agent = f"casebook-links/{library.info['version']} ({library.info['name']}; checks whether sources still open)"
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    found: dict[str, Found] = {}

    def say(address: str, facts: Found) -> None:
        found[address] = facts
        print(f"{facts.status:8}{facts.code or '':5}{address}{f' → {facts.moved}' if facts.moved else ''}")

    Visitor(agent, today, arguments.pause, arguments.timeout).visit(asked, known, say)
    if found and all(each.status == UNKNOWN and each.code is None for each in found.values()):
        print(
            "一个都没有回答，像是没有网络；记录没有动。/ "
            "Nobody answered; there may be no network. The record is as it was."
        )
        return OK
    kept = {address: facts for address, facts in {**known, **found}.items() if address in set(cited)}
    record.write_text(addresses.written(kept), encoding="utf-8", newline="\n")
    lost = sum(each.status == GONE for each in kept.values())
    print(
        f"问了 {len(found)} 个网址，共 {len(cited)} 个；打不开的 {lost} 个，请给这些来源补上存档网址。/ "
        f"Asked for {len(found)} of {len(cited)} addresses; {lost} open no more: give these sources an archived copy."
    )
    return OK
