"""What a command writes: text or one JSON value to standard output, progress to standard error."""

from __future__ import annotations

import json
import os
import shutil
import sys
import textwrap
import time
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TextIO

MARK_START, MARK_END = "\ue000", "\ue001"
LINE_SECONDS = 5.0
"""How often progress is written where there is no terminal to draw on."""
DRAW_SECONDS = 0.1


def set_encoding() -> None:
    """UTF-8 on both streams, on Windows too; what cannot be written is escaped."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def visible(text: object) -> str:
    """``text`` without characters that steer a terminal or turn the direction of writing."""
    return "".join(
        c if c == "\n" or unicodedata.category(c)[0] != "C" or c in (MARK_START, MARK_END) else " "
        for c in str(text)
    )


class Terminal:
    """Where a command's answer goes."""

    def __init__(self, *, as_json: bool, out: TextIO | None = None, err: TextIO | None = None):
        self.as_json = as_json
        self.out = out or sys.stdout
        self.err = err or sys.stderr
        self.bold = bool(self.out.isatty() and not os.environ.get("NO_COLOR"))
        self.width = min(shutil.get_terminal_size((100, 24)).columns, 120)

    def value(self, value: Any) -> None:
        """The one JSON value of this command."""
        json.dump(value, self.out, ensure_ascii=False, separators=(",", ":"))
        self.out.write("\n")

    def say(self, text: str = "", indent: int = 0) -> None:
        """A line of text for people, wrapped."""
        shown = self.marked(visible(text))
        if not shown.strip():
            self.out.write("\n")
            return
        pad = " " * indent
        for line in shown.split("\n"):
            filled = textwrap.fill(
                line,
                self.width,
                initial_indent=pad,
                subsequent_indent=pad,
                break_long_words=False,
                break_on_hyphens=False,
            )
            self.out.write((filled or pad.rstrip()) + "\n")

    def raw(self, text: str) -> None:
        """Text as it is stored (a page), not wrapped."""
        self.out.write(self.marked(visible(text)) + "\n")

    def heading(self, text: str) -> None:
        """A line that stands out."""
        line = visible(" ".join(text.split()))
        self.out.write(f"\033[1m{line}\033[0m\n" if self.bold else f"{line}\n")

    def table(self, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """Columns aligned; the last one takes what is left of the line."""
        cells = [[visible("" if c is None else c).replace("\n", " ") for c in row] for row in rows]
        widths = [
            max(len(h), *(len(r[i]) for r in cells)) if cells else len(h)
            for i, h in enumerate(head)
        ]
        for row in [list(head), *cells]:
            line = "  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip()
            self.out.write(line[: max(self.width, 60) * 2] + "\n")

    def marked(self, text: str) -> str:
        """Hits bold on a terminal, between « and » elsewhere."""
        start, end = ("\033[1m", "\033[0m") if self.bold else ("«", "»")
        return text.replace(MARK_START, start).replace(MARK_END, end)

    def note(self, text: str) -> None:
        """A warning or a remark, to standard error."""
        self.err.write(visible(text) + "\n")
        self.err.flush()

    def fail(self, message: str) -> int:
        """Say why the command did not run; exit status 2."""
        sentence = " ".join(message.split())
        if self.as_json:
            self.value({"error": sentence})
        self.note(f"kb: {sentence}")
        return 2

    @contextmanager
    def bar(self, what: str) -> Iterator[Bar]:
        """A progress bar on standard error while the block runs."""
        bar = Bar(self.err, what)
        try:
            yield bar
        finally:
            bar.close()


class Bar:
    """Progress with rate and time left: drawn in place on a terminal, else a line now and then."""

    def __init__(self, stream: TextIO, what: str) -> None:
        self._stream = stream
        self._what = what
        self._drawn = bool(stream.isatty())
        self._last = 0.0
        self._shown = ""

    def show(
        self,
        done: int,
        total: int,
        *,
        rate: float = 0.0,
        unit: str = "pages",
        left: float | None = None,
        extra: str = "",
        stage: str | None = None,
    ) -> None:
        """The state of the work; drawn at most ten times a second."""
        now = time.monotonic()
        pause = DRAW_SECONDS if self._drawn else LINE_SECONDS
        if now - self._last < pause and not (done >= total and self._drawn):
            return
        self._last = now
        share = done / total if total else 0.0
        parts = [f"{stage or self._what} {done}/{total}"]
        if rate > 0:
            parts.append(f"{rate:.0f} {unit}/s" if rate >= 10 else f"{rate:.1f} {unit}/s")
        if left is not None:
            parts.append(f"{duration(left)} left")
        if extra:
            parts.append(extra)
        text = ", ".join(parts)
        if not self._drawn:
            self._stream.write(visible(text) + "\n")
            self._stream.flush()
            return
        size = 24
        filled = round(size * min(share, 1.0))
        columns = shutil.get_terminal_size((100, 24)).columns
        line = f"[{'#' * filled}{'.' * (size - filled)}] {visible(text)}"[: columns - 1]
        self._stream.write("\r" + line.ljust(len(self._shown)))
        self._stream.flush()
        self._shown = line

    def close(self) -> None:
        """Leave the line."""
        if self._drawn and self._shown:
            self._stream.write("\r" + " " * len(self._shown) + "\r")
            self._stream.flush()


def duration(seconds: float) -> str:
    """``45 s``, ``3 min 20 s``, ``1 h 5 min``."""
    whole = max(0, round(seconds))
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"
