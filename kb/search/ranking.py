"""The numbers of the ranking, chosen by measurement (``kb eval search``).

The score of a passage is a sum of BM25 scores (Robertson & Zaragoza 2009) over words and fields,
with lifts for words that stand side by side as in the query (the sequential
dependence of Metzler & Croft 2005), for titles and for numbers of regulations. Field
lengths are rounded the way Lucene and tantivy round them, so that every engine agrees.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

K1 = 1.2
"""The usual value (Robertson & Zaragoza 2009). With 0, so that how often a word stands there does
not count, MRR@10 of relevance, typed and asked is .2 and 1.9 lower and 1.0 higher in hundredths
(``python benchmarks/tuned.py kb.search.ranking K1 --times 0``)."""
B = 0.75
"""As ``K1``: the usual value (Robertson & Zaragoza 2009), not measured here."""

TEXT, SECTION, TITLE, KEY = "t", "s", "h", "k"
"""Fields of an index: body, section path, title; keys have no score."""

WEIGHTS = {TITLE: 1.0, SECTION: 0.4, TEXT: 1.0}
"""What a word counts by the field it stands in. Chosen with ``kb eval search``."""

EXACT_WEIGHT = 0.4
"""A word in the very form that was typed, on top of its stem. Chosen with ``kb eval search``."""
CODE_WEIGHT = 1.5
"""A code as typed, against its parts side by side. Chosen with ``kb eval search``."""
SYNONYM_WEIGHT = 0.8
"""A word that means the same, against the word itself. Chosen with ``kb eval search``."""
DOUBLED_WEIGHT = 0.6
"""The single word, where a doubled one was asked for. Chosen with ``kb eval search``."""
FUZZY_STEP = 0.35
"""What each wrong letter takes off a fuzzy match. Chosen with ``kb eval search``."""
PAIR_WEIGHT = 0.3
"""Two words of the query side by side in the body. Chosen as ``NAMED``, with ``kb eval search``."""
PAIR_TITLE_WEIGHT = 0.2
"""The same in the title. Chosen with ``kb eval search``."""
ALL_IN_TITLE = 6.0
"""Every word of the query in the title, in score points. Chosen with ``kb eval search``."""
FULL_TITLE = 60.0
"""The query is the title. Chosen with ``kb eval search``."""
NUMBER = 40.0
"""The query names the number of this regulation. Chosen with ``kb eval search``."""
FIRST_PAGE = 1.5
"""The first page, where one of the three above holds. Chosen with ``kb eval search``."""
NAMED = 12.0
"""The first page, where the query says in its own words what the title says, or the number of the
regulation: who asks for "thr asn donggala 2025" wants the regulation, not the page that has the
words most often. Chosen together with ``PAIR_WEIGHT`` by ``kb eval search`` on 70 questions on
real planning documents of two sets, each in halves (every second question; right page first, of
40 and of 30):

    pairs .15, named 0, 3, 6    35 (17 and 18) each; 20 (10, 10), 22 (10, 12), 24 (12, 12)
    pairs .3, named 6, 12       36 (18, 18) each; 23 (12, 11), 25 (13, 12)
    pairs .45, named 12         37 (18, 19); 24 (13, 11)

Our own sets rise with pairs to .3 and do not hang on this number. ``kb eval search QUESTIONS
--home HOME``; the documents are not ours to give on."""
LACK_ONE = 6.0
"""Where nothing has all the words, those that lack only one of three to eight go before those
that have fewer of them more often. From 6 on nothing moves; none to 6: relevance MRR@10 .9625 to
.97, asked .938 to .9465, typed unchanged (``kb eval search``), and on questions on real planning
documents the right page among the first five for 39 of 40 instead of 38."""
OF_THE_YEAR = 1.5
"""A document that covers the year of the query. On 133 questions on real planning documents of 18
governments the right page comes first for 108 with it (1, 1.5 or 3) and 107 without, together
with what stands beside the words (``kb.search.beside``) for 115 and 114 (``kb eval search
QUESTIONS --home HOME``; the documents are not ours to give on)."""
OF_REPORTS = 3.0
"""A report, where the query asks for what was done (``realisasi``) and not for what was meant. Of
207 questions on real planning documents of 25 sources the right page comes first for 172
without, 173 with 2, 174 with 3; our own sets do not move (``kb eval search QUESTIONS --home
HOME``; the documents are not ours to give on)."""
SPAN = 0.8
"""The two years of a period on one page (``2013-2018`` over a table with a column for each year),
against the period as typed. Weighed as another spelling is (``SYNONYM_WEIGHT``). With it
the right page comes first for 35 instead of 34 of 40 questions on real planning documents; our
own sets do not move (``kb eval search``)."""


def _lucene_lengths() -> list[int]:
    """The 256 lengths a byte can stand for: exact to 40, then three significant bits."""
    lengths = list(range(24))
    for code in range(24, 256):
        n = code - 24
        shift, low = (n >> 3) - 1, n & 7
        value = low if shift < 0 else (low | 8) << shift
        lengths.append(24 + value)
    return lengths


LENGTHS = _lucene_lengths()
_TABLE: NDArray[np.int64] = np.asarray(LENGTHS, dtype=np.int64)


def length_norms(lengths: NDArray[Any], average: float) -> NDArray[np.float32]:
    """The part of BM25's denominator that hangs on the length of the field."""
    rounded = _TABLE[np.searchsorted(_TABLE, lengths, side="right") - 1]
    norms: NDArray[np.float32] = (K1 * (1 - B + B * rounded / max(average, 1e-9))).astype(
        np.float32
    )
    return norms


def idf(documents: int, frequency: int) -> float:
    """Weight of a term that ``frequency`` of ``documents`` passages have."""
    return math.log(1 + (documents - frequency + 0.5) / (frequency + 0.5))
