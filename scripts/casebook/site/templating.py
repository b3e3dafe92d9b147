"""How templates are compiled and run.

Tens of thousands of pages put forty million values into templates. Two of Jinja's documented ways to replace what it
compiles to and runs with save a quarter of that time; decision 0007 has the figures.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

from casebook.site.words import Words

TEMPLATES = Path(__file__).with_name("templates")


def text(value: Any) -> str:
    """Return a value as HTML, as :func:`markupsafe.escape` does, though not marked as safe: it is joined, not kept."""
    if type(value) is Markup:
        return value
    if type(value) is str:
        return (
            value.replace("&", "&amp;")
            .replace(">", "&gt;")
            .replace("<", "&lt;")
            .replace("'", "&#39;")
            .replace('"', "&#34;")
        )
    return escape(value)


class _Generator(CodeGenerator):
    """Writes ``text(value)`` where Jinja would write ``escape(value)``."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.text(")


class _Context(Context):
    """Calls macros and functions without asking each what it wants to be handed: none of ours wants the context."""

    def call(__self, __called: Any, *arguments: Any, **named: Any) -> Any:
        named.pop("_loop_vars", None)
        named.pop("_block_vars", None)
        if type(__called) is Macro:
            return __called(__self.eval_ctx, *arguments, **named)
        return __called(*arguments, **named)


class _Environment(jinja2.Environment):
    code_generator_class = _Generator
    context_class = _Context
    text = staticmethod(text)


@cache
def environment(lang: str, sample: str) -> jinja2.Environment:
    """Return the environment of the templates: everything is escaped, a missing name is an error.

    Templates are compiled once for all editions of a preview: nothing goes into them but these.

    Args:
        lang: the language.
        sample: the words that search is tried with, see :class:`Words`.
    """
    found = _Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    # 'word'|t for a word with nothing to fill in: it is put into the template once, when that is compiled.
    found.filters["t"] = Words(lang, {"sample": sample})
    return found
