"""Make the files of the encoder: ``kb train --part encoder`` and ``--part encoder-names``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from kb.encoder import MODEL_DIR
from kb.encoder.names import NAMES_FILE
from kb.encoder.retrieval import RETRIEVAL_FILE
from kb.lab.encoder.graph import Weights, rounded, write
from kb.lab.encoder.pieces import choose, own_texts, write_pieces
from kb.lab.encoder.source import Source, find_source, read_source
from kb.lab.encoder.tune import LAYERS, Tuned, tune, weights_of


@dataclass(frozen=True, slots=True)
class Round:
    """One round of tuning: what it begins with, what it reads, how far it goes."""

    begins: tuple[int, ...]
    """Numbers of the rounds from whose mean it goes on; empty: from the source."""
    rate: float
    copies: int
    documents: int
    steps: int


ROUNDS = (
    Round((), 3e-4, 2, 300, 560),
    Round((1,), 2e-4, 2, 250, 520),
    Round((2,), 1.5e-4, 1, 150, 260),
    Round((2,), 2e-4, 2, 200, 360),
    Round((3, 4), 1.5e-4, 3, 350, 420),
    Round((5,), 1.5e-4, 3, 350, 420),
    Round((6,), 1.5e-4, 3, 250, 460),
    Round((6, 7), 1.5e-4, 3, 200, 430),
)  # fmt: skip
"""The rounds behind the shipped weights; the seed is the number of the round.

The first was run before ``evaluation/heads`` 10 to 21 and the corrected public sets were there, the
second before 18 to 21, the fifth with 22 to 30, the sixth with 31 to 33. The
seventh alone read the 2,319 sentences of ``evaluation/tags/nerp.tsv`` (once, the eighth twice), the
eighth ``evaluation/wild3/work-1``. Run today all read
what there is today, so the weights will be near the shipped ones and not the same.
"""
SHIPPED = (3, 4, 5, 6, 7, 8)
"""The rounds whose ends' mean is shipped: it errs less than the last (Izmailov et al. 2018)."""


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
    ends: list[dict[str, torch.Tensor]] = []
    model = Tuned(source, LAYERS)
    for number, part in enumerate(ROUNDS, 1):
        if part.begins:
            model.load_state_dict(_mean([ends[k - 1] for k in part.begins]))
        model = tune(
            source, ner_dir, folder=out, seed=number, rate=part.rate, begin=model,
            copies=part.copies, documents=part.documents, steps=part.steps, progress=say,
        )  # fmt: skip
        ends.append({name: value.clone() for name, value in model.state_dict().items()})
    model.load_state_dict(_mean([ends[k - 1] for k in SHIPPED]))
    if weights is not None:
        torch.save(model.state_dict(), weights)
    path = out / NAMES_FILE
    write_names(source, model, path)
    say(f"{path.name}: {path.stat().st_size:,} bytes")
    return path


def _mean(ends: Sequence[dict[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    return {name: sum(end[name] for end in ends) / len(ends) for name in ends[0]}


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
