"""How each kind of field behaves: how it is read into rows, and which columns hold it.

A kind is named by a field's ``kind`` in ``schemas/``. A question's kind (``money``,
``steps`` …) says which parts its answers may have; those parts are fields of the kinds here.
"""

from casebook.kinds import composite, lists, scalar, texts
from casebook.kinds.base import KINDS, Kind

#: Kinds of question, and whether the order of their answers carries meaning.
QUESTION_KINDS: dict[str, bool] = {
    "text": False,
    "steps": True,
    "choice": False,
    "number": False,
    "money": False,
    "date": False,
}

__all__ = ["KINDS", "QUESTION_KINDS", "Kind", "composite", "lists", "scalar", "texts"]
