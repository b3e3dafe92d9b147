"""The files that search in the browser reads, see ``site/assets/search.js``.

The index is cut by term: a query fetches the postings of its own words and no others, then the texts of
the few documents it shows. So ten thousand cases cost a phone no more than seventy.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from casebook.model import Collection
from casebook.views.reading import Reader
from casebook.views.search import pinyin, tokens
from casebook.views.search.concepts import Concepts
from casebook.views.search.documents import KINDS, Document, Documents
from casebook.views.search.postings import Postings, vocabulary
from casebook.views.search.stopwords import SPOKEN, STOP

#: Documents in one file of texts; a result costs the texts of its neighbours, too.
CHUNK = 3


def files(
    reader: Reader, collection: Collection, guides: Sequence[Mapping[str, str]] = ()
) -> Iterator[tuple[str, Any]]:
    """Yield the name and the value of each file of one language.

    Args:
        reader: the language.
        collection: the cases.
        guides: hand-written pages: ``url``, ``title``, ``text``.
    """
    concepts = Concepts(reader.library)
    postings = Postings(concepts)
    chunk: list[Any] = []
    counts = dict.fromkeys(KINDS, 0)
    ids: list[str] = []
    number = 0
    for number, document in enumerate(Documents(reader, concepts).all(collection, guides), 1):
        postings.add(document)
        counts[document.kind] += 1
        if document.kind == "case":
            ids.append(document.id)
        chunk.append(_texts(document))
        if len(chunk) == CHUNK:
            yield f"search/d-{number // CHUNK - 1}", chunk
            chunk = []
    if chunk:
        yield f"search/d-{number // CHUNK}", chunk
    firsts = []
    for place, shard in enumerate(postings.shards()):
        firsts.append(shard[0])
        yield f"search/t-{place}", shard
    terms = postings.terms()
    pieces = []
    for place, piece in enumerate(vocabulary(terms)):
        pieces.append(piece[0])
        yield f"search/v-{place}", piece
    words = [[reader.words(term.labels), *concepts.names(term)] for term in concepts.terms]
    yield "search/words", words
    yield "search/ids", ids
    known = {character for names in (terms, *words) for name in names for character in name if character > "\u3000"}
    yield (
        "search/base",
        {
            "chunk": CHUNK,
            "kinds": counts,
            "lengths": postings.lengths,
            "average": postings.average,
            "shards": firsts,
            "pieces": pieces,
            "simplified": _simplified(known),
            "syllables": _syllables(known, terms),
            "stop": sorted(STOP),
            "spoken": SPOKEN,
            "questions": [[name, reader.words(item.labels)] for name, item in reader.library.questions.items()],
        },
    )


def _texts(document: Document) -> list[Any]:
    parts = [
        [part.text] if part.question < 0 else [part.text, part.question, part.serial, *part.concepts]
        for part in document.parts
    ]
    return [document.id, document.url, document.title, document.place, parts, list(document.concepts)]


def _simplified(known: set[str]) -> str:
    """Return the traditional characters that a query may hold, each followed by its simplified form."""
    return "".join(chr(one) + other for one, other in tokens.simplified().items() if other in known)


def _syllables(known: set[str], terms: list[str]) -> str:
    """Return the syllables that names are made of."""
    found = {sound for character in known for sound in pinyin.spelt(character)}
    return " ".join(sorted(found.intersection(term[1:] for term in terms if term[0] == pinyin.SOUND)))
