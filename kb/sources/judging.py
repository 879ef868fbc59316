"""Whether an answer is the page that was asked for: sites answer 200 for what is not there."""

from __future__ import annotations

import re

from kb.sources import addresses, pages
from kb.sources.fetching import Reply
from kb.sources.refusals import Gone, Refused
from kb.sources.words import plain, words

SHORT = 600
"""Characters of prose above which a page is taken for what it says it is, whatever its title."""


def judge(asked: str, reply: Reply) -> None:
    """Raise ``Gone`` for a page that only says it is not there (or leads to the front page),
    ``Refused`` for a login or what is no document."""
    if addresses.is_root(reply.address) and not addresses.is_root(asked):
        raise Gone("gone: the address leads to the front page.")
    if re.search(r"/(?:login|masuk|signin|wp-login\.php)(?:/|$|\?)", reply.address, re.IGNORECASE):
        raise Refused("login: the site shows it only to who signs in.")
    if not reply.body:
        raise Refused("empty: the site sends nothing.")
    if not reply.is_page:
        if reply.type.startswith(("image/", "video/", "audio/", "font/")):
            raise Refused(f"no document: it is {reply.type}.")
        return
    if addresses.ending(asked) == "pdf" and addresses.ending(reply.address) != "pdf":
        raise Refused("no document: the address of a PDF leads to a page.")
    tree = pages.tree_of(reply)
    if tree is None:
        raise Refused("empty: the page holds nothing.")
    if pages.prose(tree) < SHORT:
        for text in pages.headings(tree):
            for part in re.split(r"\s+[|–—\-:]\s+", text):
                if plain(part) in words("not_found") or re.match(r"(?:error )?404\b", plain(part)):
                    raise Gone("gone: the page says that there is no such page.")
        if tree.find(".//input[@type='password']") is not None:
            raise Refused("login: the site shows it only to who signs in.")
