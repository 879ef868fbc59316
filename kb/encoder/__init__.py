"""One small encoder: texts as vectors of their meaning, for search and for names.

The files in ``model/`` are made by ``kb.lab.encoder`` from multilingual-e5-small
(``model/SOURCE.md``). They are opened when first asked for, by ``onnxruntime`` and
``tokenizers``; where files or libraries are missing the answer is None, said once in the
log, and everything works without.
"""

from __future__ import annotations

import hashlib
import logging
import os
import threading
import zlib
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kb.encoder.names import NamesEncoder
    from kb.encoder.retrieval import Encoder as Encoder

__all__ = ["MODEL_DIR", "can_read_names", "load", "load_names", "stamp"]

MODEL_DIR = Path(__file__).parent / "model"
_SHARED = ("pieces.json", "characters.json", "table.npy")
_RETRIEVAL = (*_SHARED, "retrieval.onnx")
_NAMES = (*_SHARED, "names.onnx")
_opening = threading.Lock()
_log = logging.getLogger(__name__)


def load(threads: int | None = None, folder: Path = MODEL_DIR) -> Encoder | None:
    """The encoder for search, opened once per process and number of threads.

    Args:
        threads: processors it may use; None: all of them.

    Returns:
        None where its files, ``onnxruntime`` or ``tokenizers`` are missing or broken.
    """
    with _opening:
        return _opened(threads or os.cpu_count() or 1, folder)


@lru_cache(maxsize=4)
def _opened(threads: int, folder: Path) -> Encoder | None:
    try:
        from kb.encoder.retrieval import Encoder as Encoder

        return Encoder(folder, threads)
    except Exception as error:  # onnxruntime and tokenizers raise kinds of their own
        _say_missing("search by meaning", _first_line(error))
        return None


def can_read_names(folder: Path = MODEL_DIR) -> bool:
    """Whether the libraries and files are there, without opening any."""
    libraries = all(find_spec(name) for name in ("onnxruntime", "tokenizers"))
    return libraries and all((folder / name).is_file() for name in _NAMES)


@lru_cache(maxsize=4)
def load_names(threads: int = 1, folder: Path = MODEL_DIR) -> NamesEncoder | None:
    """The encoder for names, opened once per process and number of threads.

    One thread is what a reading process takes; the answer does not depend on it.

    Returns:
        None where its files, ``onnxruntime`` or ``tokenizers`` are missing or broken.
    """
    try:
        from kb.encoder.names import NamesEncoder

        return NamesEncoder(folder, threads)
    except Exception as error:  # onnxruntime and tokenizers raise kinds of their own
        _say_missing("second reader of names", _first_line(error))
        return None


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)


@lru_cache(maxsize=8)
def _say_missing(what: str, reason: str) -> None:
    _log.warning(
        "The encoder cannot be opened (%s), so there is no %s; install the package again.",
        reason,
        what,
    )


@lru_cache(maxsize=4)
def stamp(folder: Path = MODEL_DIR) -> str:
    """Version of the vectors: of all files that decide on them ("" where one is missing).

    Checksums, not a digest: of 30 MB that takes a third of the time, and nobody forges them.
    """
    sums: list[str] = []
    for name in _RETRIEVAL:
        try:
            sums.append(f"{zlib.crc32((folder / name).read_bytes()):08x}")
        except OSError:
            return ""
    return hashlib.sha256(" ".join(sums).encode()).hexdigest()[:12]
