"""Typing habits of press offices, put on generated text: missing spaces, capitals, typos."""

from __future__ import annotations

import random
import re

_MARK = re.compile(r"\[\[(\w+) ([^\]]+)\]\]")


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


def _surface(match: re.Match[str], rng: random.Random, rate: float) -> str:
    label, surface = match.group(1), match.group(2)
    roll = rng.random()
    if roll < rate and label != "PER":
        words = surface.split(" ")
        k = rng.randrange(len(words))
        words[k] = _typo(words[k], rng)
        surface = " ".join(words)
    elif roll < 1.6 * rate and label == "ORG":
        words = surface.split(" ")
        surface = " ".join([words[0].lower(), *words[1:]])
    elif roll < 2.0 * rate:
        surface = surface.upper()
    elif roll < 2.3 * rate:
        surface = surface.replace(" (", "(")
    elif roll < 2.5 * rate and "(" in surface:
        surface = surface.replace("(", "( ").replace(")", " )")
    return f"[[{label} {surface}]]"


def disturb(marked: str, rng: random.Random) -> str:
    """The document with the habits of one invented writer; many write without fault."""
    rate = rng.choice((0.0, 0.0, 0.01, 0.03, 0.06))
    text = _MARK.sub(lambda m: _surface(m, rng, rate), marked)
    if rate and rng.random() < 0.4:
        text = re.sub(r", (?=[“\"\[])", lambda m: "," if rng.random() < 0.15 else m.group(0), text)
    if rate and rng.random() < 0.4:
        text = re.sub(r" \[\[", lambda m: "[[" if rng.random() < 0.01 else m.group(0), text)
    if rng.random() < 0.15:
        text = text.replace(" (", "(") if rng.random() < 0.2 else text.replace("–", "-")
    if rng.random() < 0.4:
        text = text.replace("“", '"').replace("”", '"')
    return text
