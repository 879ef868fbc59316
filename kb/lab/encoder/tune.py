"""Tune a copy of the encoder for names: a label for every piece.

The words' table stays as it is (so search and names share it); all else is learnt with
AdamW, the rate rising for a tenth of the way and then falling to nothing.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from kb.encoder import MODEL_DIR
from kb.encoder.labels import HEADS, LABELS
from kb.encoder.pieces import Pieces
from kb.encoder.table import Table
from kb.lab.corpora import MarkedText, read_articles, read_gold, read_gold_file
from kb.lab.encoder.graph import LAYER_FLOATS, LAYER_MATRICES
from kb.lab.encoder.heads import by_rules
from kb.lab.encoder.source import Floats, Source
from kb.lab.encoder.windows import IGNORED, NO_PERSON, Window, careless, windows
from kb.lab.public_sets import persons_in_lower_case, public_sets, read_sentences
from kb.lab.templates import generate
from kb.lab.training import ARTICLES, GOLD, HARD, variants

LAYERS = 12
"""All of them. After one round of 560 steps twelve are as good as the mean of seven rounds of the
lower six, and better with a share of .5 (strict, `kb eval tags`; six, twelve, twelve at .5):
wild/work 91.3, 91.1, 91.5; held 93.3, 93.3, 93.4; gate 96.9, 97.0, 97.1; 42 real articles 86.9,
87.6, 88.5. They take 1.4 times the time of tagging as a whole."""
RATE = 3e-4
BATCH = 16
"""Windows a step."""
DROP = 0.1
LOWER_CASE = 160
"""Texts of six sentences in lower case of which only the persons are known."""
SHARES = (1.0, 0.3, 0.3)
"""Weight of each head (names, posts, reports) in what is learnt."""
_OTHER = [k for k, label in enumerate(LABELS) if not label.endswith("PER")]


class Layer(nn.Module):  # type: ignore[misc]
    """One layer of the encoder."""

    def __init__(self, hidden: int, inner: int, heads: int, epsilon: float) -> None:
        super().__init__()
        self.heads = heads
        self.parts = nn.ModuleDict(
            {
                "q": nn.Linear(hidden, hidden), "k": nn.Linear(hidden, hidden),
                "v": nn.Linear(hidden, hidden), "ao": nn.Linear(hidden, hidden),
                "aln": nn.LayerNorm(hidden, eps=epsilon), "fi": nn.Linear(hidden, inner),
                "fo": nn.Linear(inner, hidden), "oln": nn.LayerNorm(hidden, eps=epsilon),
            }
        )  # fmt: skip

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        p = self.parts
        rows, length, hidden = x.shape
        q, k, v = (p[name](x).view(rows, length, self.heads, -1).transpose(1, 2) for name in "qkv")
        seen = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        seen = seen.transpose(1, 2).reshape(rows, length, hidden)
        x = p["aln"](x + F.dropout(p["ao"](seen), DROP, self.training))
        inner = p["fo"](F.gelu(p["fi"](x)))
        out: torch.Tensor = p["oln"](x + F.dropout(inner, DROP, self.training))
        return out


class Tuned(nn.Module):  # type: ignore[misc]
    """Layers of the encoder, from the lowest, with a classifier of pieces on top."""

    def __init__(self, source: Source, layers: int) -> None:
        super().__init__()
        f = source.floats
        places = f["emb.pos"] + f["emb.type"][: source.hidden]
        self.places = nn.Parameter(torch.from_numpy(places))
        self.start = nn.LayerNorm(source.hidden, eps=source.epsilon)
        self.start.weight.data = torch.from_numpy(f["emb.ln.w"].copy())
        self.start.bias.data = torch.from_numpy(f["emb.ln.b"].copy())
        self.layers = nn.ModuleList(
            Layer(source.hidden, source.inner, source.heads, source.epsilon) for _ in range(layers)
        )
        for number, layer in enumerate(self.layers):
            for name in LAYER_MATRICES + LAYER_FLOATS:
                part, kind = name.split(".")
                whole = f"l{number}.{name}"
                value = source.matrices[whole].floats() if whole in source.matrices else f[whole]
                target = layer.parts[part]
                getattr(target, "weight" if kind == "w" else "bias").data = torch.tensor(value)
        self.head = nn.Linear(source.hidden, sum(map(len, HEADS)))

    def forward(self, embedded: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        x = self.start(embedded + self.places[: embedded.shape[1]])
        x = F.dropout(x, DROP, self.training)
        for layer in self.layers:
            x = layer(x, mask[:, None, None, :])
        out: torch.Tensor = self.head(F.dropout(x, DROP, self.training))
        return out


def texts_for_names(
    ner_dir: Path | None, copies: int, documents: int, seed: int
) -> list[list[MarkedText]]:
    """Texts in two parts: what is read first, and what is read all the way to the end."""
    own = by_rules(read_articles(ARTICLES))
    gold = [*read_gold(GOLD), *read_gold_file(HARD)]
    first = by_rules(generate(documents, seed=20 + seed))
    if ner_dir:
        first += [*public_sets(ner_dir), *persons_in_lower_case(ner_dir, LOWER_CASE, seed)]
    varied = by_rules(variants([*own, *gold], copies, seed=4 + seed))
    news = by_rules(read_sentences(ner_dir)) if ner_dir else []
    return [first, [*own, *varied, *gold, *gold, *news]]


def order(parts: Sequence[Sequence[Window]], seed: int) -> list[Window]:
    """Windows in the order they are read: the first part ends after three quarters."""
    rng = random.Random(seed)
    placed = [
        (rng.random() * limit, number, k)
        for number, (part, limit) in enumerate(zip(parts, (0.75, 1.0), strict=True))
        for k in range(len(part))
    ]
    return [parts[number][k] for _, number, k in sorted(placed)]


def batches(read: Sequence[Window], size: int, seed: int) -> list[list[Window]]:
    """Windows of like length together, the batches otherwise in their order."""
    rng = random.Random(seed)
    out: list[list[Window]] = []
    for start in range(0, len(read), size * 16):
        near = sorted(read[start : start + size * 16], key=lambda w: len(w.ids))
        groups = _by_pieces(near, size * 256)
        rng.shuffle(groups)
        out.extend(groups)
    return out


def _by_pieces(near: Sequence[Window], most: int) -> list[list[Window]]:
    groups: list[list[Window]] = [[]]
    for window in near:
        if groups[-1] and (len(groups[-1]) + 1) * (len(window.ids) + 2) > most:
            groups.append([])
        groups[-1].append(window)
    return groups


def tune(
    source: Source,
    ner_dir: Path | None,
    *,
    steps: int,
    folder: Path = MODEL_DIR,
    layers: int = LAYERS,
    copies: int = 2,
    documents: int = 250,
    seed: int = 1,
    rate: float = RATE,
    begin: Tuned | None = None,
    progress: Callable[[str], None] | None = None,
) -> Tuned:
    """The encoder tuned for names.

    Products are taken in bfloat16, which is four times as fast where the processor knows it
    (torch's own kernels do without it elsewhere), the weights are kept in floats.

    Args:
        ner_dir: folder of the public sets, None for the project's own texts alone.
        steps: how many batches are read; the rate falls to nothing over them.
        folder: where the pieces and the table of words are.
        copies: how often each own article is read with other persons and careless habits.
        documents: how many documents are generated.
        rate: the highest rate of learning.
        begin: weights to go on from, instead of those of the source.
    """
    say = progress or (lambda _: None)
    torch.manual_seed(seed)
    rng = random.Random(seed)
    pieces, table = Pieces(folder), Table(folder)
    texts = texts_for_names(ner_dir, copies, documents, seed)
    read: list[list[Window]] = []
    while len(read) < steps:  # each time with other careless habits
        parts = [
            [w for marked in part for w in windows(pieces, careless(marked, rng))] for part in texts
        ]
        read += batches(order(parts, seed), BATCH, seed)
        say(f"{sum(map(len, parts)):,} windows, {len(read):,} steps")
    model = begin or Tuned(source, layers)
    model.train()
    decayed = [p for p in model.parameters() if p.ndim > 1]
    plain = [p for p in model.parameters() if p.ndim <= 1]
    rule = torch.optim.AdamW(
        [{"params": decayed, "weight_decay": 0.01}, {"params": plain, "weight_decay": 0.0}],
        lr=rate,
    )
    begun = time.monotonic()
    lost = 0.0
    for number, batch in enumerate(read[:steps]):
        for group in rule.param_groups:
            group["lr"] = rate * min(1.0, (number + 1) / (0.1 * steps), (1 - number / steps) / 0.9)
        lost += _step(model, rule, batch, pieces, table)
        if (number + 1) % 20 == 0:
            say(f"step {number + 1}: loss {lost / 20:.4f}, {time.monotonic() - begun:.0f} s")
            lost = 0.0
    model.eval()
    return model


def _step(model: Tuned, rule: Any, batch: Sequence[Window], pieces: Pieces, table: Table) -> float:
    longest = max(len(w.ids) for w in batch) + 2
    ids = np.full((len(batch), longest), pieces.padding, dtype=np.int64)
    labels = np.full((len(HEADS), len(batch), longest), IGNORED, dtype=np.int64)
    for k, w in enumerate(batch):
        ids[k, : len(w.ids) + 2] = [pieces.first, *w.ids, pieces.last]
        labels[:, k, 1 : len(w.ids) + 1] = w.labels
    mask = torch.from_numpy(ids != pieces.padding)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores = model(torch.from_numpy(table.rows(ids)), mask)
    loss = _loss(scores.float().flatten(0, 1), torch.from_numpy(labels).flatten(1))
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    rule.step()
    rule.zero_grad()
    return float(loss.detach())


def _loss(scores: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """Mean loss of the names and, by their weight, of the other heads.

    Of a piece that is known to be no part of a person's name all that is not one is right.
    """
    parts = scores.split([len(head) for head in HEADS], dim=1)
    total = scores.new_zeros(())
    for part, wanted, share in zip(parts, labels, SHARES, strict=True):
        logs = F.log_softmax(part, dim=1)
        known = wanted >= 0
        lost = F.nll_loss(logs[known], wanted[known], reduction="sum")
        count = known.sum()
        if part.shape[1] == len(LABELS):
            other = wanted == NO_PERSON
            lost = lost - torch.logsumexp(logs[other][:, _OTHER], dim=1).sum()
            count = count + other.sum()
        total = total + share * lost / count.clamp(min=1)
    return total


def weights_of(model: Tuned) -> tuple[dict[str, Floats], dict[str, Floats]]:
    """Matrices and floats of the tuned layers, named as in ``Source``."""
    matrices: dict[str, Floats] = {}
    floats: dict[str, Floats] = {}
    hidden = model.places.shape[1]
    floats["emb.pos"] = model.places.detach().numpy()
    floats["emb.type"] = np.zeros(hidden, np.float32)
    floats["emb.ln.w"] = model.start.weight.detach().numpy()
    floats["emb.ln.b"] = model.start.bias.detach().numpy()
    for number, layer in enumerate(model.layers):
        for name in LAYER_MATRICES + LAYER_FLOATS:
            part, kind = name.split(".")
            value = getattr(layer.parts[part], "weight" if kind == "w" else "bias")
            target = matrices if name in LAYER_MATRICES else floats
            target[f"l{number}.{name}"] = value.detach().numpy()
    return matrices, floats
