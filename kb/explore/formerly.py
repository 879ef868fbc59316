"""Numbers of statements that were copied as addresses, and the statement they lead to now."""

from __future__ import annotations

from kb.catalog import anchors, judgements
from kb.catalog.reading import documents as document_reads
from kb.catalog.reading import statements as reads
from kb.catalog.reading.statements import Stood
from kb.catalog.reading.typed import Reading
from kb.errors import Gone
from kb.explore.sources import Sources
from kb.explore.withdrawn import seen


def number_now(sources: Sources, number: int) -> int | None:
    """The number that the statement of an old number has now, below nought where its document is
    withdrawn; ``None`` where nothing is known of it.

    Raises ``Gone`` where it is no statement any more.
    """
    with sources.read() as connection:
        stood = reads.stood(connection, number)
        if stood is None:
            return None
        document = document_reads.document(connection, stood.document_id)
        if document is None:
            return None  # staff took the document out: nothing of it is told
        if document.withdrawn is None:
            return _found(connection, stood)
    with seen(sources, withdrawn=True).read() as connection:
        return _found(connection, stood)


def _found(connection: Reading, stood: Stood) -> int:
    if stood.place is None:
        told = "This is no statement: staff took it out; its page is still there."
        raise Gone(told, stood.document_id, stood.page)
    texts = judgements.page_texts(connection, stood.document_id)
    place = anchors.find(texts, stood.place)
    if place is None:
        last = max(texts, default=1)
        told = "This statement is not in the document any more: it has other words now."
        raise Gone(told, stood.document_id, min(stood.page, last))
    now = reads.there_now(connection, stood.document_id, place)
    if now is None:
        told = "These words are still on the page, but are read as a statement no longer."
        raise Gone(told, stood.document_id, place.page, str(stood.place["words"]))
    return now
