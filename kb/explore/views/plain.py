"""Views as frames and as JSON types."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields, is_dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def frame_of(rows: Iterable[object]) -> pd.DataFrame:
    """A pandas frame with one line for each dataclass in ``rows``."""
    import pandas as pd

    return pd.DataFrame([asdict(r) if is_dataclass(r) else r for r in rows])  # type: ignore[arg-type]


def plain(value: object) -> object:
    """``value`` as JSON types: dataclasses to dicts, tuples to lists, bytes left out."""
    if is_dataclass(value) and not isinstance(value, type):
        return {
            f.name: plain(getattr(value, f.name))
            for f in fields(value)
            if not isinstance(getattr(value, f.name), bytes)
        }
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return [plain(v) for v in value]
    return value
