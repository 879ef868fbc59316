"""Make the files of the encoder: ``kb train --part encoder`` and ``--part encoder-names``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import torch

from kb.encoder import MODEL_DIR
from kb.encoder.names import NAMES_FILE
from kb.encoder.retrieval import RETRIEVAL_FILE
from kb.lab.encoder.graph import Weights, rounded, write
from kb.lab.encoder.pieces import choose, own_texts, write_pieces
from kb.lab.encoder.source import Source, find_source, read_source
from kb.lab.encoder.tune import Tuned, tune, weights_of

ROUNDS = ((1, 3e-4), (2, 1.5e-4))
"""Seed and highest rate of each round; each reads other copies and other documents."""


def make(out: Path | None = None, progress: Callable[[str], None] | None = None) -> Path:
    """Write the pieces, the table of words and the encoder for search to ``out`` (the package).

    The matrices stay in the 4 bits they come in: nothing is rounded a second time.

    Raises:
        ModelError: the package with the source is not installed.
    """
    say = progress or (lambda _: None)
    source = read_source(find_source())
    kept = choose(source, own_texts())
    say(f"{len(kept):,} of {len(source.pieces):,} pieces kept")
    out = out or MODEL_DIR
    out.mkdir(parents=True, exist_ok=True)
    write_pieces(source, kept, out)
    path = out / RETRIEVAL_FILE
    write(
        Weights(source.heads, source.layers, source.epsilon, source.matrices, source.floats), path
    )
    say(f"{path.name}: {path.stat().st_size:,} bytes")
    return path


def make_names(
    ner_dir: Path | None,
    out: Path | None = None,
    *,
    weights: Path | None = None,
    progress: Callable[[str], None] | None = None,
) -> Path:
    """Tune the encoder for names and write it to ``out`` (the package); the pieces must be there.

    Args:
        ner_dir: folder of the public sets, or None.
        weights: gets the tuned weights in floats too, to go on from.

    Raises:
        ModelError: the package with the source, or the public sets, are not there.
    """
    say = progress or (lambda _: None)
    source = read_source(find_source())
    out = out or MODEL_DIR
    model: Tuned | None = None
    ends: list[dict[str, torch.Tensor]] = []
    for seed, rate in ROUNDS:
        model = tune(source, ner_dir, folder=out, seed=seed, rate=rate, begin=model, progress=say)
        ends.append({name: value.clone() for name, value in model.state_dict().items()})
    assert model is not None
    # The mean of the weights after each round errs less than the last (Izmailov et al. 2018).
    mean = {name: sum(end[name] for end in ends) / len(ends) for name in ends[0]}
    model.load_state_dict(mean)
    if weights is not None:
        torch.save(model.state_dict(), weights)
    path = out / NAMES_FILE
    write_names(source, model, path)
    say(f"{path.name}: {path.stat().st_size:,} bytes")
    return path


def write_names(source: Source, model: Tuned, path: Path) -> None:
    """Write the tuned encoder in 8 bits.

    Four bits are too few for weights that were not made for them: of the labels of the 20
    Banten articles 91 % stay the same, with 8 bits 99.3 % (a scale for all that comes in,
    2.3 times as fast) to 100 % (a scale for each block of 32).
    """
    matrices, floats = weights_of(model)
    head = (model.head.weight.detach().numpy(), model.head.bias.detach().numpy())
    blocks = {name: rounded(matrix, 8) for name, matrix in matrices.items()}
    write(
        Weights(source.heads, len(model.layers), source.epsilon, blocks, floats, 8, head),
        path,
        bytewise=True,
    )
