"""Which pieces of the 250,037 are kept, and the files that cut text into them."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer, models, pre_tokenizers

from kb.encoder.pieces import CHARACTERS_FILE, PIECES_FILE, SCORES_FILE
from kb.encoder.table import ROW, TABLE_FILE
from kb.lab.encoder.source import Blocks, Source

ROOT = Path(__file__).resolve().parents[3]
COMMON = 100_000
"""Pieces of Latin letters among so many of the commonest of all languages are kept.

With what occurs in our texts, .2 % of the pieces of the 20 Banten articles are others (.6 %
with 30,000; 24,000 pieces from Indonesian text alone: 1 %); those fall back to shorter ones."""
SHORT = 3
"""Pieces of ASCII letters up to this length are kept: what the others fall back to."""

_LATIN = re.compile("[\u0021-\u024f\u0300-\u036f\u1e00-\u1eff\u2010-\u218f\u20a0-\u20cf]*")
_SPACE = "\u2581"
_IDEOGRAPHS = 0x2E80
"""Single characters from here on (Chinese, Korean ...) are not kept."""


def _tokenizer(pieces: list[tuple[str, float]], unknown: int) -> Tokenizer:
    made = Tokenizer(models.Unigram(pieces, unk_id=unknown))
    made.pre_tokenizer = pre_tokenizers.Metaspace()
    return made


def own_texts() -> Iterator[str]:
    """Lines of the texts the project holds: articles, templates, names of places."""
    folders = (ROOT / "evaluation" / "tags" / "train", ROOT / "kb")
    for folder in folders:
        for path in sorted(folder.rglob("*.txt")):
            yield from path.read_text(encoding="utf-8").splitlines()
    with gzip.open(ROOT / "kb" / "authority" / "places.tsv.gz", "rt", encoding="utf-8") as lines:
        yield from (line.replace("\t", " ") for line in lines)
    for path in sorted((ROOT / "kb" / "authority").glob("*.json")):
        yield path.read_text(encoding="utf-8")


def choose(source: Source, texts: Iterable[str]) -> npt.NDArray[np.int64]:
    """Numbers of the pieces to keep, ascending: special ones, what occurs in ``texts``,
    the commonest Latin ones, short ones and single characters."""
    keep = {source.first, source.last, source.padding, source.unknown}
    cut = _tokenizer(list(source.pieces), source.unknown)
    for line in texts:
        keep.update(cut.encode(line.translate(source.characters), add_special_tokens=False).ids)
    for number, (piece, _) in enumerate(source.pieces):
        text = piece.replace(_SPACE, "")
        single = len(text) <= 1 and (not text or ord(text) < _IDEOGRAPHS)
        short = len(text) <= SHORT and text.isascii()
        common = number < COMMON and _LATIN.fullmatch(text)
        if single or short or common:
            keep.add(number)
    return np.array(sorted(keep), dtype=np.int64)


def write_pieces(source: Source, kept: npt.NDArray[np.int64], folder: Path) -> None:
    """Write the tokenizer, the map of characters and the table of the kept pieces."""
    pieces = [source.pieces[number] for number in kept]
    _tokenizer(pieces, pieces.index(source.pieces[source.unknown])).save(
        str(folder / PIECES_FILE), pretty=False
    )
    np.save(folder / SCORES_FILE, np.array([score for _, score in pieces], dtype=np.float32))
    characters = {chr(code): text for code, text in sorted(source.characters.items())}
    (folder / CHARACTERS_FILE).write_text(
        json.dumps(characters, ensure_ascii=True, separators=(",", ":")) + "\n", encoding="ascii"
    )
    np.save(folder / TABLE_FILE, table_rows(source.matrices["emb.word"].rows(kept)))


def table_rows(words: Blocks) -> npt.NDArray[np.void]:
    """The table as ``kb.encoder.table`` keeps it."""
    rows = np.zeros(len(words.numbers), dtype=ROW)
    rows["scales"] = words.scales
    rows["numbers"] = words.numbers[:, 0::2] | (words.numbers[:, 1::2] << 4)
    return rows
