"""Typing habits of press offices and local desks, put on marked text.

Missing and doubled spaces, stray capitals on common words, names in lower case or
capitals, typos, straight and curly quotation marks. ``rename`` gives the persons
of a marked article other names, everywhere the same.
"""

from __future__ import annotations

import random
import re

from kb.authority.words import people
from kb.lab.templates.words import person_name

_MARK = re.compile(r"\[\[(\w+) ([^\]]+)\]\]")
_PLAIN = re.compile(r"\[\[[^\]]*\]\]|(?<![\w{])[a-z]{4,}(?![\w}])")


def _typo(word: str, rng: random.Random) -> str:
    if len(word) < 5 or not word.isalpha():
        return word
    i = rng.randrange(1, len(word) - 2)
    roll = rng.random()
    if roll < 0.35:
        return word[:i] + word[i + 1] + word[i] + word[i + 2 :]
    if roll < 0.65:
        return word[:i] + word[i + 1 :]
    if roll < 0.85:
        return word[:i] + word[i] + word[i:]
    return word[:i] + rng.choice("aeiunrsl") + word[i + 1 :]


def _surface(label: str, surface: str, rng: random.Random, rate: float) -> str:
    words = surface.split(" ")
    roll = rng.random() / rate
    if roll < 1.0:
        k = rng.randrange(len(words))
        words[k] = _typo(words[k], rng)
        return " ".join(words)
    if roll < 2.2 and label == "ORG":
        keep = rng.choice((1, 1, len(words)))
        return " ".join(
            [w[:1].lower() + w[1:] if w[1:].islower() else w for w in words[:keep]] + words[keep:]
        )
    if roll < 2.6 and label == "ORG":
        k = rng.randrange(len(words))
        words[k] = words[k].lower()
        return " ".join(words)
    if roll < 3.0:
        return surface.lower()
    if roll < 3.6:
        return surface.upper()
    if roll < 4.2 and "(" in surface:
        return surface.replace(" (", "(")
    if roll < 4.5 and "(" in surface:
        return surface.replace("(", "( ").replace(")", " )")
    return surface


def disturb(marked: str, rng: random.Random, strength: float = 1.0) -> str:
    """The document with the habits of one invented writer; many write without fault.

    Args:
        strength: 1.0 for the usual mixture; 2.0 makes every writer careless.
    """
    careless = rng.random() < 0.5 * strength
    rate = rng.choice((0.006, 0.015, 0.03)) if careless else 0.001
    text = _MARK.sub(lambda m: f"[[{m[1]} {_surface(m[1], m[2], rng, rate)}]]", marked)
    if careless and rng.random() < 0.5:
        capitals = rng.choice((0.01, 0.03, 0.08))
        text = _PLAIN.sub(
            lambda m: m[0].capitalize() if m[0][0] != "[" and rng.random() < capitals else m[0],
            text,
        )
    if careless and rng.random() < 0.5:
        text = re.sub(r", (?=[“\"\[a-z])", lambda m: "," if rng.random() < 0.1 else m[0], text)
        text = re.sub(
            r"(?<=[,.][”\"]) (?=[a-z])", lambda m: "" if rng.random() < 0.3 else m[0], text
        )
        text = re.sub(r"(?<=\w) \[\[", lambda m: "[[" if rng.random() < 0.01 else m[0], text)
        text = re.sub(
            r"(?<=\w)([,.]) ", lambda m: f" {m[1]} " if rng.random() < 0.03 else m[0], text
        )
        text = re.sub(r"(?<=\w) (?=\w)", lambda m: "  " if rng.random() < 0.004 else m[0], text)
    if rng.random() < 0.15:
        text = text.replace("–", "-")
    if rng.random() < 0.4:
        text = text.replace("“", '"').replace("”", '"')
    return text


def to_marks(text: str, spans: tuple[tuple[int, int, str], ...]) -> str:
    """Inline marks of a text and its spans: the reverse of ``read_marks``."""
    out: list[str] = []
    at = 0
    for start, end, label in spans:
        out += [text[at:start], f"[[{label} {text[start:end]}]]"]
        at = end
    return "".join([*out, text[at:]])


def rename(marked: str, rng: random.Random) -> str:
    """The article with other names for its persons, the same one wherever it stood before."""
    groups = sorted({key.split(".")[0] for key in people()})
    surfaces = {m[2] for m in _MARK.finditer(marked) if m[1] == "PER"}
    words: dict[str, str] = {}
    whole: dict[str, str] = {}
    for surface in sorted(surfaces, key=lambda s: (-s.count(" "), s)):
        old = surface.split(" ")
        if all(word in words for word in old):
            whole[surface] = " ".join(words[word] for word in old)
            continue
        new = person_name(rng, rng.choice(groups))[0].split(" ")
        for k, word in enumerate(old):
            if word not in words and k < len(new) and not word.isupper():
                words[word] = new[k]
        whole[surface] = " ".join(new) if surface.isupper() is False else " ".join(new).upper()
    return _MARK.sub(lambda m: f"[[PER {whole[m[2]]}]]" if m[1] == "PER" else m[0], marked)
