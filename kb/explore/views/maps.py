"""Places on a map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kb.explore.views.plain import frame_of

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A province, kabupaten or kota on a map. WGS 84 degrees."""

    entity_id: str
    name: str
    level: Literal["provinsi", "kabupaten", "kota"]
    lat: float
    lon: float
    count: int
    """``PlaceMap`` of the base: mentions, those of kecamatan, desa and kelurahan in a
    kabupaten or kota included. Around an entity: pages that name both."""
    own: int = 0
    """Of ``count``, mentions of the region itself (only in the map of the base)."""


@dataclass(frozen=True, slots=True)
class PlaceMap:
    """What lies where: around one entity, or in the whole base."""

    centre: MapPoint | None
    """The place itself, else the region it lies in; ``count`` is 0. ``None`` for persons,
    institutions and places of no known region."""
    exact: bool
    """True where ``centre`` is the place itself and not the region it lies in."""
    points: tuple[MapPoint, ...]
    """Largest count first, without ``centre``."""

    def frame(self) -> pd.DataFrame:
        return frame_of(self.points)
