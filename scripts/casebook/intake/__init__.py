"""Cases as office files: the same questions as sheets of a workbook or tables of a document.

``layout`` says which sheets and columns there are; ``filled`` turns what stands in them into
a case and back; ``workbook`` and ``word`` read and write the files; ``reading`` checks a case
that came in and finds the cell that each problem is about.
"""
