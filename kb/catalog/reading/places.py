"""What ``explore`` reads for maps: mentions by province, kabupaten and kota."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, and_, func, select

from kb.catalog.schema import entities, mentions

_SHOWN = and_(entities.c.type == "place", entities.c.hidden.is_(False))


def mentions_by_region(connection: Connection) -> dict[str, tuple[int, int]]:
    """For each Kemendagri code of a province, kabupaten or kota that is named, itself or a
    kecamatan, desa or kelurahan in it: mentions of the region itself, and all of these."""
    region = func.substr(entities.c.id, 7, 5)  # behind "place:"
    query = (
        select(entities.c.id, region.label("region"), entities.c.mention_count)
        .where(_SHOWN, entities.c.mention_count > 0)
        .subquery()
    )
    own = func.sum(query.c.mention_count).filter(func.length(query.c.id) <= 11)
    rows = connection.execute(
        select(query.c.region, own, func.sum(query.c.mention_count)).group_by(query.c.region)
    )
    return {row[0]: (int(row[1] or 0), int(row[2])) for row in rows}


def pages_with_regions(
    connection: Connection, entity_ids: Collection[str], *, sample: int
) -> dict[str, int]:
    """Pages that name one of these entities and a region, by the region's code.

    A kecamatan, desa or kelurahan counts for its kabupaten or kota. Looks at the ``sample``
    latest pages.
    """
    ids = list(entity_ids)
    here = (
        select(mentions.c.document_id, mentions.c.page)
        .where(mentions.c.entity_id.in_(ids))
        .distinct()
        .order_by(mentions.c.document_id.desc(), mentions.c.page)
        .limit(sample)
        .subquery()
    )
    pairs = (
        select(
            func.substr(mentions.c.entity_id, 7, 5).label("region"),
            mentions.c.document_id,
            mentions.c.page,
        )
        .join(
            here,
            and_(here.c.document_id == mentions.c.document_id, here.c.page == mentions.c.page),
        )
        .where(
            # A range of ids, which the index of a page's entities answers alone.
            mentions.c.entity_id >= "place:",
            mentions.c.entity_id < "place;",
            mentions.c.entity_id.not_in(ids),
            mentions.c.entity_id.not_in(select(entities.c.id).where(entities.c.hidden)),
        )
        .distinct()
        .subquery()
    )
    query = select(pairs.c.region, func.count()).group_by(pairs.c.region)
    return {row[0]: int(row[1]) for row in connection.execute(query)}
