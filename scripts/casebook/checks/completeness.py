"""Every question is there; a snapshot needs the core questions only."""

from collections.abc import Iterator

from casebook.problem import Problem
from casebook.rows import CASES, Rows
from casebook.schema import Library


def check(rows: Rows, library: Library) -> Iterator[Problem]:
    """Name each question that the case passes over."""
    container = next(item for item in library.case.fields if item.kind == "answers")
    completeness = library.case.by_role["completeness"]
    for row in rows.of(CASES):
        root = rows.document.root
        node = next((value for key, value in root.value if key.value == container.name), None) if root else None
        if node is None:
            return
        record = library.vocabularies[str(completeness.vocabulary)].terms.get(row.cells.get(completeness.name, ""))
        partial = record is not None and record.extra.get("core_only", False)
        for name, question in library.questions.items():
            if name not in rows.attempted and (name in library.core or not partial):
                yield rows.at(node, "question-missing", (container.labels,), key=name, question=question.labels)
