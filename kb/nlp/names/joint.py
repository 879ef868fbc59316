"""One reading of two models: the field's chances and the encoder's, word by word.

They err in different places: the field knows the lists, the encoder the sentence. The mean of
the logarithms of both chances at each word, and the best row of labels that is well formed,
is better than either (``docs/model.md``).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from kb.encoder.labels import LABELS

WEIGHT = 0.5
"""The encoder's share in the mean. With the weights of one round of twelve layers, wild/work, held,
gate (``kb eval tags``): .4 91.1, 93.3, 97.0; .5 91.5, 93.4, 97.1; .55 91.7, 93.1, 97.0."""
SURE = 0.95
"""A line each word of which has at least this chance is not read by the encoder: with .95 48 % of
the words of press text are read. With an older field .97 read 66 % instead of 59 %, .9 47 % (up to
.3 points less in ``kb eval tags``)."""

SURE_ON_PLANS = 0.5
"""The same on pages of planning documents, whose words are rarely names. Of 2,828 names on 500
pages of real plans .5 reads 79 otherwise than .6 (both ways right about as often), and 59 pages
a second of one processor instead of 43; counted once outside this repository, so no command
measured it."""
SPLIT = 2.0
"""What it costs (natural logarithm) to end a name where another of its kind begins at the very
next word: the encoder, asked word by word, cuts long names in two (``Kampung`` + ``Syuru``). Set
by hand; no command measured it."""

Floats = npt.NDArray[np.float32]
_FLOOR = 1e-5
_NEVER = -1e9


def _follows() -> Floats:
    """What it adds when the second label follows the first; I follows only its own kind."""
    allowed = np.zeros((len(LABELS), len(LABELS)), dtype=np.float32)
    for i, before in enumerate(LABELS):
        for j, label in enumerate(LABELS):
            if label.startswith("I-") and before[2:] != label[2:]:
                allowed[i, j] = _NEVER
            elif label.startswith("B-") and before[2:] == label[2:]:
                allowed[i, j] = -SPLIT
    return allowed


NOTHING = 0.8
"""What the chance of being in no name is multiplied with when the labels of a line are chosen: a
name left out costs more than one too many, which ``names.DOUBTFUL`` drops again. Both together and
chances by kind (``sureness``), strict / relaxed on wild/work, 72 and 44 real articles that are
read, wild2/work, held, wild3/work, gate: before 93.7 / 96.8, 92.9 / 95.6, 90.8 / 94.1, 96.1 / 98.3,
95.0 / 97.3, 90.4 / 94.5, 97.7 / 99.1; now 93.9 / 97.2, 93.4 / 95.9, 90.9 / 94.3, 96.2 / 98.5,
95.4 / 97.4, 90.6 / 94.6, 97.9 / 99.1 (`kb eval tags`). 1 loses .4 on held, .6 .2 on wild2."""
_ALIKE = np.array([[one[2:] == other[2:] for other in LABELS] for one in LABELS], dtype=np.float32)
"""1 where two labels are of one kind, wherever a name begins."""
_FOLLOWS = _follows()
_LEAST = np.array([np.log(NOTHING) if label == "O" else 0.0 for label in LABELS], np.float32)
_BEGINS = _FOLLOWS[LABELS.index("O")]


def combine(field: Floats, encoder: Floats, weight: float = WEIGHT) -> Floats:
    """Chances [words, labels] of both: the weighted mean of their logarithms, brought to 1.

    Args:
        field: the field's chances, not logarithms.
        encoder: logarithms of the encoder's chances.
        weight: the encoder's share.
    """
    mean = (1 - weight) * np.log(np.maximum(field, _FLOOR)) + weight * np.maximum(
        encoder, np.log(_FLOOR)
    )
    chances = np.exp(mean - mean.max(axis=1, keepdims=True))
    out: Floats = chances / chances.sum(axis=1, keepdims=True)
    return out


def best_labels(chances: Floats) -> list[int]:
    """Numbers of the likeliest labels of a line that make well-formed names (Viterbi 1967)."""
    scores = np.log(np.maximum(chances, 1e-12)) + _LEAST
    at = scores[0] + _BEGINS
    back: list[Sequence[int]] = []
    for row in scores[1:]:
        ways = at[:, None] + _FOLLOWS
        came = ways.argmax(axis=0)
        at = ways[came, np.arange(len(came))] + row
        back.append(came)
    label = int(at.argmax())
    labels = [label]
    for came in reversed(back):
        label = int(came[label])
        labels.append(label)
    return labels[::-1]


def sureness(chances: Floats, labels: Sequence[int]) -> list[float]:
    """For each word the chance of its label's kind, wherever the name may begin.

    Args:
        chances: [words, labels], as ``combine`` gives them.
        labels: the label chosen for each word.
    """
    kinds = chances @ _ALIKE
    return [float(kinds[i, k]) for i, k in enumerate(labels)]
