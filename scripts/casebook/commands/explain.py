"""Explain the problems that checking reports."""

from __future__ import annotations

import argparse
import difflib

from casebook.commands import OK, refuse
from casebook.library import open_library
from casebook.views.codes import CodeDoc, codes
from casebook.views.reading import Reader

PLACE = 1.5
WORDS = "说明检查报的某个编号 / explain a code that the check reports"

_WORDS = {"zh": ("这样会被指出来", "这样就对了"), "en": ("this is pointed out", "this is right")}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the code and the language."""
    words = "编号，不写就列出全部 / code as printed in brackets; all are listed without one"
    parser.add_argument("code", nargs="?", metavar="CODE", help=words)
    parser.add_argument("--lang", choices=("zh", "en", "both"), default="both", help="语言 / language")


def run(arguments: argparse.Namespace) -> int:
    """Print what a code means, or all codes."""
    library = open_library(arguments.schemas)
    if arguments.code is not None and arguments.code not in library.messages:
        near = difflib.get_close_matches(arguments.code, library.messages, n=3)
        return refuse(f"没有这个编号 / no such code: {arguments.code}" + (f" → {', '.join(near)}" if near else ""))
    for lang in library.languages if arguments.lang == "both" else (arguments.lang,):
        for each in codes(Reader(library, lang)):
            if arguments.code is None:
                print(f"{each.code}: {each.message}")
            elif each.code == arguments.code:
                print(_explained(each, lang))
    return OK


def _explained(each: CodeDoc, lang: str) -> str:
    lines = [f"[{each.code}] {each.message}", f"  {each.meaning}", *(f"  {hint}" for hint in each.hints)]
    for words, text in zip(_WORDS[lang], (each.wrong, each.right), strict=True):
        lines += [f"  {words}:", *(f"    {line}" for line in text.split("\n"))]
    return "\n".join(lines) + "\n"
