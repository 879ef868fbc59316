"""Search over passages: Indonesian analysis, query language, ranking, engines.

``open_engine`` opens the index of a knowledge base; ``replacing`` builds a new one beside
the old and puts it in its place in one step. Nothing here knows the catalog: the text of
passages comes from the ``TextSource`` that is handed in.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from kb.config import Settings
from kb.errors import ConfigError, IndexStale
from kb.search import store
from kb.search.engine import (
    FACETS,
    EngineResult,
    IndexStats,
    SearchEngine,
    SearchRequest,
    TextSource,
)
from kb.search.language.analysis import ANALYSIS_VERSION
from kb.search.plan import Resolve
from kb.search.query import FIELD_NAMES, parse

__all__ = [
    "ANALYSIS_VERSION",
    "ENGINES",
    "FACETS",
    "FIELD_NAMES",
    "EngineResult",
    "IndexStats",
    "Resolve",
    "SearchEngine",
    "SearchRequest",
    "TextSource",
    "current",
    "forget",
    "open_engine",
    "parse",
    "replacing",
]

ENGINES = ("whoosh", "tantivy", "opensearch")


def _absent(engine: str, package: str) -> ConfigError:
    return ConfigError(f"Engine '{engine}' is not installed; run 'pip install {package}'.")


def _keeper(settings: Settings) -> store.Keeper:
    """Who keeps note of the index in use."""
    if settings.engine != "opensearch":
        return store.Folder(settings.search_path)
    try:
        from kb.search.engines.opensearch.aliases import Alias
    except ModuleNotFoundError:
        raise _absent("opensearch", "opensearch-py") from None
    return Alias(settings)


def current(settings: Settings) -> store.IndexMeta | None:
    """What identifies the index in use, ``None`` where there is none.

    Raises ``IndexStale`` where its note is damaged or the server does not answer.
    """
    return _keeper(settings).current()


def forget(settings: Settings) -> None:
    """Removes the indexes of a base whose catalog became another one."""
    _keeper(settings).forget()


def _open(
    settings: Settings,
    meta: store.IndexMeta,
    texts: TextSource,
    create: bool,
    resolve: Resolve | None,
) -> SearchEngine:
    home = settings.search_path
    if settings.engine == "whoosh":
        from kb.search.engines.whoosh.engine import WhooshEngine

        return WhooshEngine(home, meta, texts, create=create, resolve=resolve)
    if settings.engine == "tantivy":
        try:
            from kb.search.engines.tantivy.engine import TantivyEngine
        except ModuleNotFoundError:
            raise _absent("tantivy", "tantivy") from None
        return TantivyEngine(home, meta, texts, create=create, resolve=resolve)
    if settings.engine == "opensearch":
        from kb.search.engines.opensearch.engine import OpenSearchEngine

        return OpenSearchEngine(settings, meta, texts, create_index=create, resolve=resolve)
    raise ConfigError(
        f"Unknown engine '{settings.engine}'; set 'engine' to one of {', '.join(ENGINES)}."
    )


def open_engine(
    settings: Settings,
    texts: TextSource,
    *,
    writable: bool = False,
    stamp: str,
    resolve: Resolve | None = None,
) -> SearchEngine:
    """The index of ``settings.home``, which must have been made with ``stamp``.

    With ``writable`` an index that does not exist yet is created. ``resolve`` gives the
    entity ids meant by a name typed after ``lembaga:``, ``tokoh:`` or ``tempat:`` (and the
    key of a document type after ``jenis:``). Raises ``IndexStale`` where the index is
    missing, damaged or made from something else.
    """
    keeper = _keeper(settings)
    meta = keeper.current()
    if meta is None and writable:
        meta = store.new_meta(settings.engine, stamp)
        engine = _open(settings, meta, texts, True, resolve)
        keeper.publish(meta)
        return engine
    meta = store.check(meta, settings.engine, stamp, keeper.holds)
    return _open(settings, meta, texts, False, resolve)


@contextlib.contextmanager
def replacing(settings: Settings, texts: TextSource, *, stamp: str) -> Iterator[SearchEngine]:
    """A new, empty index to fill; it takes the place of the old one when the block ends.

    The old index serves until then, and stays where the block raises.
    """
    keeper = _keeper(settings)
    with contextlib.suppress(IndexStale):
        known = keeper.current()
        keeper.sweep(known.folder if known else "")
    meta = store.new_meta(settings.engine, stamp)
    engine = _open(settings, meta, texts, True, None)
    try:
        yield engine
        engine.commit()
    finally:
        engine.close()
    keeper.publish(meta)
    keeper.sweep(meta.folder)
