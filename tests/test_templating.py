"""Templates put the same into a page as Jinja's own, whatever they are handed."""

from __future__ import annotations

import jinja2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup, escape

from casebook.site.templating import environment, text

PLAIN = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)
OURS = environment("zh", "")


class Named(str):
    """A string of a kind of its own."""

    __slots__ = ()


class Drawn:
    """Something that knows how it looks in a page."""

    def __html__(self) -> str:
        return "<b>drawn</b>"


words = st.text(st.sampled_from("a中&<>'\"{}%; \n")) | st.text()
values = st.one_of(
    words,
    words.map(Markup),
    words.map(Named),
    st.integers(),
    st.floats(),
    st.none(),
    st.booleans(),
    st.lists(words, max_size=3),
    st.just(Drawn()),
)

SOURCES = [
    "{{ x }}|{{ y }}",
    '<a title="{{ x }}">{{ y }}</a>',
    "{{ x ~ y }} {{ x ~ '<i>' }}",
    "{{ [x, y]|join('<br>') }} {{ x|string|trim }} {{ x|string|upper }} {{ x|string|e }} {{ x|string|safe }}",
    "{% set z %}<p>{{ x }}</p>{% endset %}{{ z }}{{ z ~ y }}",
    "{% macro m(a, b='<u>', c=none) %}<i>{{ a }}{{ b }}{{ c }}</i>{% endmacro %}{{ m(y, b=x) }}{{ m(m(x), c=y) }}",
    "{% macro m(a) %}[{{ caller(a) }}]{% endmacro %}{% call(z) m(x) %}<b>{{ z }}{{ y }}</b>{% endcall %}",
    "{% for z in [x, y, x] if z %}{{ loop.index }}{{ z }}{% else %}-{% endfor %}",
    "{% for z in [x, y] recursive %}{{ z }}{% if loop.depth < 2 %}{{ loop([y]) }}{% endif %}{% endfor %}",
    "{% autoescape false %}{{ x }}{% endautoescape %}{{ x }}",
    "{% filter upper %}{{ x }}{% endfilter %}",
    "{{ x if y else '<i>' }}{{ (x, y) }}{{ {'<k>': x} }}{{ f(x) }}{{ f(x, more=y) }}",
]


def joined(first: object, more: object = "") -> str:
    return f"<{first}{more}>"


@given(values)
def test_a_value_is_escaped_as_by_markupsafe(value: object) -> None:
    assert text(value) == str(escape(value))


@pytest.mark.parametrize("source", SOURCES)
@settings(max_examples=40)
@given(x=values, y=values)
def test_a_template_renders_as_with_jinja_alone(source: str, x: object, y: object) -> None:
    given_ = {"x": x, "y": y, "f": joined}
    ours, plain = OURS.from_string(source), PLAIN.from_string(source)
    assert ours.render(given_) == plain.render(given_)


@pytest.mark.parametrize(
    "source", ["{{ z }}", "{{ z.a }}", "{{ x.nothing }}", "{% for a in z %}{% endfor %}", "{{ z() }}"]
)
def test_a_missing_name_is_an_error(source: str) -> None:
    with pytest.raises(jinja2.UndefinedError):
        OURS.from_string(source).render(x="x")
