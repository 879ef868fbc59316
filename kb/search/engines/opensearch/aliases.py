"""Which index of the server is in use: the one its alias names, so that all machines agree.

What it was made from stands in its mapping. A new index is built beside the old one and takes
its alias in one step; the old one is deleted after that.
"""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import Any

from opensearchpy import exceptions

from kb.config import Settings
from kb.errors import IndexStale
from kb.search import store
from kb.search.engines.opensearch.schema import template, words_index
from kb.search.engines.opensearch.server import Place, asking, connect


class Alias:
    """Keeps note of the index in use; ``store.Keeper`` for OpenSearch."""

    def __init__(self, settings: Settings) -> None:
        self._place = connect(settings)

    def current(self) -> store.IndexMeta | None:
        """The index in use. Raises ``IndexStale`` where its note cannot be read."""
        found = self.look()
        return found[0] if found else None

    def look(self) -> tuple[store.IndexMeta, str] | None:
        """The index in use and the mark of its newest commit."""
        place = self._place
        with asking(place.url):
            try:
                mappings = place.client.indices.get_mapping(
                    index=place.name, params={"filter_path": "*.mappings._meta"}
                )
            except exceptions.NotFoundError:
                return None
        try:
            ((index, found),) = mappings.items()
            noted = dict(found["mappings"]["_meta"]["kb"])
            commit = str(noted.pop("commit"))
            meta = store.IndexMeta(**noted)
        except (ValueError, TypeError, LookupError):
            raise IndexStale(
                f"The search index is damaged (alias {place.name}); {store.REBUILD}."
            ) from None
        if index != place.index(meta.folder):
            raise IndexStale(f"The search index is damaged ({index}); {store.REBUILD}.")
        return meta, commit

    def holds(self, meta: store.IndexMeta) -> bool:
        """True where the words of the index are there as well."""
        place = self._place
        with asking(place.url):
            return bool(place.client.indices.exists(index=place.words(meta.folder)))

    def publish(self, meta: store.IndexMeta) -> None:
        """Gives the alias to ``meta``'s index, in one step."""
        place = self._place
        every, alias = f"{place.name}-pages-*", place.name
        actions: list[dict[str, Any]] = [
            {"remove": {"index": every, "alias": alias, "must_exist": False}},
            {"add": {"index": place.index(meta.folder), "alias": alias}},
        ]
        with asking(place.url):
            place.client.indices.update_aliases(body={"actions": actions})

    def sweep(self, keep: str) -> None:
        """Deletes the indexes of this base that are not ``keep``'s."""
        place = self._place
        kept = {place.index(keep), place.words(keep)} if keep else set()
        ours = re.compile(rf"{place.name}-(?:pages|words)-[0-9a-f]{{8}}")
        with asking(place.url):
            known = place.client.indices.get_settings(
                index=f"{place.name}-*", params={"filter_path": "*.settings.index.uuid"}
            )
            for index in sorted(set(known) - kept):
                if ours.fullmatch(index):
                    place.client.indices.delete(index=index, params={"ignore_unavailable": "true"})

    def forget(self) -> None:
        """Deletes all indexes of this base: what they were made from is no more."""
        self.sweep("")


def create(place: Place, meta: store.IndexMeta, commit: str) -> None:
    """Makes the indexes of ``meta``, empty."""
    body = template(place.name, place.shards, place.replicas)
    with asking(place.url):
        place.client.indices.put_index_template(name=f"{place.name}-pages", body=body)
        place.client.indices.create(
            index=place.index(meta.folder), body={"mappings": note(meta, commit)}
        )
        place.client.indices.create(
            index=place.words(meta.folder), body=words_index(place.replicas)
        )


def note(meta: store.IndexMeta, commit: str) -> dict[str, Any]:
    """What the mapping of an index says of it."""
    return {"_meta": {"kb": {**asdict(meta), "commit": commit}}}
