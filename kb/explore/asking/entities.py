"""Questions to a knowledge base: people, institutions and places."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from kb.explore import views as v
from kb.explore.sources import Sources


class EntityQuestions:
    """People, institutions and places."""

    _sources: Sources

    def entities(
        self,
        query: str | None = None,
        *,
        type: v.EntityKind | None = None,
        sort: Literal["mentions", "name", "recent"] = "mentions",
        limit: int = 20,
        offset: int = 0,
        withdrawn: bool = False,
    ) -> v.EntityList:
        """Entities whose name or alias holds ``query``, best match first.

        Without a query: all that documents mention, by ``sort``. ``withdrawn``: those that
        documents name which their sources took back.
        """
        from kb.explore import entities
        from kb.explore.withdrawn import seen

        return entities.entities(
            seen(self._sources, withdrawn=withdrawn),
            query,
            kind=type,
            sort=sort,
            limit=limit,
            offset=offset,
        )

    def entity(
        self,
        entity: str,
        *,
        statements: int = 10,
        documents: int = 20,
        co_occurring: int = 30,
        withdrawn: bool = False,
    ) -> v.EntityPage:
        """Everything known of one entity, by id (or an unambiguous name); with ``withdrawn``
        what documents say of it that their sources took back."""
        from kb.explore import entities
        from kb.explore.withdrawn import seen

        return entities.entity(
            seen(self._sources, withdrawn=withdrawn),
            entity,
            statements=statements,
            documents=documents,
            co_occurring=co_occurring,
        )

    def compare(self, entities: Sequence[str]) -> v.Comparison:
        """Two or more entities side by side: offices, mentions, what they share."""
        from kb.explore import compare

        return compare.entities_side_by_side(self._sources, entities)

    def graph(self, entity: str, *, limit: int = 25) -> v.Graph:
        """The entity, those named with it most often, and the ties among them."""
        from kb.explore import compare

        return compare.graph(self._sources, entity, limit)

    def place_map(self, entity: str | None = None, *, limit: int = 600) -> v.PlaceMap:
        """Provinces, kabupaten and kota with their points: all that are named, by mentions.

        With ``entity`` those named on the same pages as it, by pages. Kecamatan, desa and
        kelurahan count for their kabupaten or kota.
        """
        from kb.explore import maps

        return maps.place_map(self._sources, entity, limit)
