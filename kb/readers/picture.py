"""What a page picture needs before OCR: level lines, the right way up, spreads divided."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Ink = NDArray[np.bool_]


def ink(grey: Image.Image) -> Ink:
    """True where a pixel is dark: below a threshold between paper and print (Otsu)."""
    pixels = np.asarray(grey, dtype=np.uint8)
    counts = np.bincount(pixels.ravel(), minlength=256).astype(np.float64)
    levels = np.arange(256)
    below = np.cumsum(counts)
    above = below[-1] - below
    sums = np.cumsum(counts * levels)
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = below * above * (sums / below - (sums[-1] - sums) / above) ** 2
    spread = np.nan_to_num(spread)
    threshold = int(np.argmax(spread))
    return pixels <= min(threshold, 200)


def dark(grey: Image.Image) -> float:
    """Share of dark pixels on the page."""
    return float(ink(_small(grey, 400)).mean())


def _small(grey: Image.Image, side: int) -> Image.Image:
    factor = side / max(grey.size)
    if factor >= 1:
        return grey
    size = (max(1, round(grey.width * factor)), max(1, round(grey.height * factor)))
    return grey.resize(size, Image.Resampling.BOX)


def skew_angle(grey: Image.Image) -> float:
    """Degrees to turn the picture counter-clockwise so that its lines run level.

    The angle at which the row profile of the ink is sharpest, within 6 degrees; 0 where
    the page shows no clear lines. Method: projection profile (Postl 1986).
    """
    small = _small(grey, 1000)
    points = np.argwhere(ink(small))
    if not 200 < len(points) < 0.5 * small.width * small.height:
        return 0.0
    if len(points) > 60_000:
        points = points[:: len(points) // 60_000 + 1]
    y = points[:, 0].astype(np.float64)
    x = points[:, 1].astype(np.float64)

    def sharpness(angle: float) -> float:
        rows = y + x * np.tan(np.radians(angle))
        rows -= rows.min()
        profile: NDArray[Any] = np.bincount(rows.astype(np.int64)).astype(np.float64)
        return float(np.square(np.diff(profile)).sum())

    level_score = sharpness(0.0)
    best, best_score = 0.0, level_score
    for angle in np.arange(-6.0, 6.01, 0.5):
        score = sharpness(float(angle))
        if score > best_score:
            best, best_score = float(angle), score
    for angle in np.arange(best - 0.4, best + 0.41, 0.1):
        score = sharpness(float(angle))
        if score > best_score:
            best, best_score = float(angle), score
    if best_score < 1.1 * level_score:
        return 0.0
    # Rows were moved by +tan(angle): the print rises to the right by that angle.
    return round(-best, 2)


SIDEWAYS = 0.35
"""Upright prose measured 0.02-0.17, upright tables to 0.38, pages on their side from 0.4."""


def sideways(grey: Image.Image) -> bool:
    """True where lines of print may run up the page: its columns of ink change about as
    sharply as its rows. Ruling lines are to be taken out before."""
    marks = ink(_small(grey, 1000))
    if not 0.002 < float(marks.mean()) < 0.5:
        return False
    sharp = [
        float(np.square(np.diff(marks.sum(axis=axis).astype(np.float64))).sum()) / marks.shape[axis]
        for axis in (0, 1)
    ]
    return bool(sharp[0] > SIDEWAYS * sharp[1])


def level(grey: Image.Image, angle: float) -> Image.Image:
    """The picture turned counter-clockwise by ``angle`` degrees on white, same size."""
    if abs(angle) < 0.15:
        return grey
    return grey.rotate(angle, Image.Resampling.BICUBIC, expand=False, fillcolor=255)


def turn(grey: Image.Image, degrees: int) -> Image.Image:
    """The picture turned counter-clockwise by 90, 180 or 270 degrees, whole."""
    ways = {
        90: Image.Transpose.ROTATE_90,
        180: Image.Transpose.ROTATE_180,
        270: Image.Transpose.ROTATE_270,
    }
    return grey.transpose(ways[degrees]) if degrees in ways else grey


def spread_gutter(grey: Image.Image) -> int | None:
    """The x of the fold of a two-page spread, or ``None`` for a single page.

    A spread is wide, with a strip free of ink near its middle over the whole height and
    print on both sides.
    """
    if grey.width < 1.2 * grey.height:
        return None
    small = _small(grey, 800)
    marks = ink(small)
    height = marks.shape[0]
    marks = marks[int(0.04 * height) : int(0.96 * height)]
    columns = marks.sum(axis=0)
    low, high = int(0.42 * small.width), int(0.58 * small.width)
    free = columns[low:high] <= 0.004 * height
    strips = runs(free)
    wide = [
        (stop - start, start, stop) for start, stop in strips if stop - start >= 0.015 * small.width
    ]
    if not wide:
        return None
    _, start, stop = max(wide)
    middle = low + (start + stop) // 2
    left, right = marks[:, :middle], marks[:, middle:]
    rows = [float((side.sum(axis=1) > 0).mean()) for side in (left, right)]
    if min(rows) < 0.25 or min(float(side.mean()) for side in (left, right)) < 0.01:
        return None
    return round(middle * grey.width / small.width)


def runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """(start, stop) of each run of True."""
    padded = np.concatenate(([False], flags, [False])).astype(np.int8)
    change = np.diff(padded)
    return list(
        zip(
            np.flatnonzero(change == 1).tolist(), np.flatnonzero(change == -1).tolist(), strict=True
        )
    )
