"""What a page of links shows: its list, its menu, the next page, and where scripts get theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from lxml import etree, html

from kb.sources import addresses
from kb.sources.fetching import Reply
from kb.sources.words import plain, words

_NAV = re.compile(
    r"(?<![a-z])(?:nav|navbar|menu|header|footer|sidebar|widget|breadcrumbs?|topbar|offcanvas|"
    r"kabar-?(?:populer|terkini)|populer|popular|terpopuler|share|social|related|terkait|kalender|"
    r"calendar)(?![a-z])",
    re.IGNORECASE,
)
_MENU = re.compile(r"(?<![a-z])(?:nav|navbar|menu|mainmenu|topmenu)(?![a-z])", re.IGNORECASE)
_PAGING = re.compile(r"(?<![a-z])(?:pagination|paging|pager|nav-links|halaman)(?![a-z])", re.I)
_JSON = re.compile(
    r"""(?:fetch|axios(?:\.get)?|\$\.(?:getJSON|get|ajax)|getJSON|open)\(\s*(?:\{[^}]*?url\s*:\s*)?"""
    r"""(?:['"]GET['"]\s*,\s*)?[`'"]([^`'"\s<>]{4,300})[`'"]|"""
    r"""(?:data-(?:url|api|source|ajax)|ajax)\s*[=:]\s*['"]([^'"\s<>]{4,300})['"]""",
    re.IGNORECASE,
)
_TEMPLATE = re.compile(
    r"""[`'"]((?:https?://[^`'"\s]+)?/[^`'"\s<>]*?)(?:\$\{\s*[\w.]*?(slug|id|uuid)\s*\}|"""
    r"""['"]\s*\+\s*[\w.]*?(slug|id|uuid)\b)"""
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a page: all anchors to the address, with the longest words."""

    address: str
    text: str
    heading: str = ""
    """The heading it stands under."""


@dataclass(slots=True)
class Listing:
    """A page of links, taken apart."""

    address: str
    title: str
    articles: list[Link] = field(default_factory=list)
    documents: list[Link] = field(default_factory=list)
    next: str | None = None
    feeds: list[str] = field(default_factory=list)
    text: int = 0
    """Characters outside links and menus."""


def tree_of(reply: Reply) -> Any:
    """The page as a tree; ``None`` where it is none."""
    if not reply.body.strip():
        return None
    charset = re.search(r"charset=([\w-]+)", reply.headers.get("content-type", ""))
    try:
        parser = html.HTMLParser(encoding=charset.group(1) if charset else None)
    except LookupError:
        parser = html.HTMLParser()
    try:
        return html.document_fromstring(reply.body, parser=parser)
    except (etree.ParserError, ValueError):
        return None


def headings(tree: Any) -> list[str]:
    """The page's title and first headings."""
    found = [text_of(node) for node in tree.iterfind(".//title")][:1]
    found += [text_of(node) for node in tree.iter("h1", "h2")][:4]
    return [text for text in found if text]


def text_of(node: Any) -> str:
    """The words of an element."""
    return " ".join(str(node.text_content()).split())


def listing(reply: Reply) -> Listing:
    """The list that the page shows."""
    tree = tree_of(reply)
    if tree is None:
        return Listing(reply.address, "")
    titles = headings(tree)
    found = Listing(reply.address, titles[0] if titles else "")
    menu = {link.address for _, link in menu_links(tree, reply.address)}
    seen: dict[str, Link] = {}
    for anchor, heading in _anchors(tree):
        address = addresses.whole(anchor.get("href") or "", reply.address)
        if address is None or address == reply.address or not addresses.wanted(address):
            continue
        document = addresses.is_document(address)
        if not document:
            if address in menu or _inside(anchor, _NAV):
                continue
            if not addresses.same_site(address, reply.address):
                continue
        text = _words(anchor)
        before = seen.get(address)
        if before is None or len(text) > len(before.text):
            seen[address] = Link(address, text, heading if document else "")
    for link in seen.values():
        if addresses.is_document(link.address):
            found.documents.append(link)
        elif _is_title(link, reply.address):
            found.articles.append(link)
    found.next = next_page(tree, reply.address)
    found.feeds = feeds(tree, reply.address)
    found.text = prose(tree)
    return found


def _words(anchor: Any) -> str:
    text = text_of(anchor)
    if not text or plain(text) in words("buttons"):
        text = anchor.get("title") or ""
        row = next((a for a in anchor.iterancestors("tr", "li", "article") if text_of(a)), None)
        if not text and row is not None:
            # Cells are words of their own, whatever stands between them.
            whole = " ".join(" ".join(row.itertext()).split())
            own = text_of(anchor)
            text = whole.removesuffix(own).strip() if own else whole
            text = re.sub(r"^\d+[.)]?\s+", "", text)
        if not text:
            text = next((str(i.get("alt") or "") for i in anchor.iter("img")), "")
    return " ".join(text.split())[:300]


def _is_title(link: Link, page: str) -> bool:
    """True where the link may name an article: words like a title, an address below the site."""
    text = plain(link.text)
    if text in words("buttons") or text in words("next") or text in words("menu_unwanted"):
        return False
    return len(text.split()) >= 3 and len(text) >= 12


def _anchors(tree: Any) -> Iterator[tuple[Any, str]]:
    heading = ""
    for node in tree.iter():
        if node.tag in _HEADINGS or node.tag in ("caption", "summary"):
            heading = text_of(node)[:200]
        elif node.tag == "a" and node.get("href"):
            yield node, heading


def _inside(node: Any, pattern: re.Pattern[str]) -> bool:
    for above in node.iterancestors():
        if above.tag in ("body", "html"):
            return False
        if above.tag in ("nav", "footer", "aside"):
            return True
        named = f"{above.get('class') or ''} {above.get('id') or ''}"
        if pattern.search(named) and not _PAGING.search(named):
            return True
    return False


def prose(tree: Any) -> int:
    """Characters of paragraphs outside links and menus."""
    length = 0
    for node in tree.iter("p"):
        linked = sum(len(text_of(a)) for a in node.iter("a"))
        if not _inside(node, _NAV):
            length += max(0, len(text_of(node)) - linked)
    return length


def next_page(tree: Any, base: str) -> str | None:
    """The address of the list's next page, ``None`` on the last one."""
    for node in tree.iter("link", "a"):
        if "next" in (node.get("rel") or "").lower().split():
            found = addresses.whole(node.get("href") or "", base)
            if found and found != base and addresses.same_site(found, base):
                return found
    here = page_number(base)
    numbered: str | None = None
    for anchor in tree.iter("a"):
        address = addresses.whole(anchor.get("href") or "", base)
        if address is None or address == base or not addresses.same_site(address, base):
            continue
        label = plain(text_of(anchor) or anchor.get("aria-label") or anchor.get("title") or "")
        number = page_number(address)
        if label in words("next") and number > here:
            return address
        said = re.fullmatch(r"(?:halaman|page|hal)?\s*(\d{1,4})", label)
        if said and int(said.group(1)) == here + 1 and number == here + 1:
            numbered = numbered or address
    return numbered


def page_number(address: str) -> int:
    """Which page of a list an address names; 1 where it names none.

    Joomla and CodeIgniter count items (``?start=20``): then larger than the page before.
    """
    parts = urlsplit(address)
    counted = ("start", "offset", "limitstart")
    for name, value in parse_qsl(parts.query):
        kind = name.lower()
        if kind in ("page", "halaman", "hal", "paged", "p", *counted) and value.isdigit():
            return int(value) + (kind in counted)
    match = re.search(r"/(?:page|halaman|hal)/(\d+)/?$|/(\d{1,4})/?$", parts.path)
    return int(match.group(1) or match.group(2)) if match else 1


def feeds(tree: Any, base: str) -> list[str]:
    """Feeds that the page names."""
    found = []
    for node in tree.iter("link"):
        if (node.get("type") or "").lower() in ("application/rss+xml", "application/atom+xml"):
            address = addresses.whole(node.get("href") or "", base)
            if address and "comments" not in address and "komentar" not in address:
                found.append(address)
    return found


def menu_links(tree: Any, base: str) -> list[tuple[tuple[str, ...], Link]]:
    """Entries of the site's menu with their path (``("SAKIP", "RPJMD")``), in order."""
    found: dict[str, tuple[tuple[str, ...], Link]] = {}
    for anchor in tree.iter("a"):
        address = addresses.whole(anchor.get("href") or "", base)
        if address is None or not _inside_menu(anchor):
            continue
        label = text_of(anchor)
        if not label or len(label) > 80:
            continue
        path = (*_above(anchor), label)
        if address not in found or len(path) > len(found[address][0]):
            found[address] = (path, Link(address, label))
    return list(found.values())


def _inside_menu(anchor: Any) -> bool:
    for above in anchor.iterancestors():
        if above.tag == "footer":
            return False
        named = f"{above.get('class') or ''} {above.get('id') or ''}"
        if above.tag == "nav" or (above.tag in ("ul", "div", "header") and _MENU.search(named)):
            return not _PAGING.search(named)
    return False


def _above(anchor: Any) -> tuple[str, ...]:
    """Labels of the menu entries that an entry stands under."""
    path: list[str] = []
    item = anchor.getparent()
    while item is not None and item.tag not in ("nav", "body"):
        if item.tag in ("ul", "ol", "div"):
            owner = item.getparent()
            if owner is not None and owner.tag in ("li", "div"):
                label = next(
                    (
                        text_of(child)
                        for child in owner
                        if child is not item
                        and child.tag in ("a", "span", "button", "p")
                        and text_of(child)
                    ),
                    "",
                )
                if label and len(label) <= 80 and (not path or path[0] != label):
                    path.insert(0, label)
        item = item.getparent()
    return tuple(path)


def json_addresses(reply: Reply) -> list[str]:
    """Addresses that the page's scripts ask for data."""
    text = reply.body.decode("utf-8", "replace")
    found: list[str] = []
    for match in _JSON.finditer(text):
        raw = re.split(r"\$\{", match.group(1) or match.group(2))[0]
        raw = re.sub(r"[?&][\w\[\]]+=$", "", raw)
        address = addresses.whole(raw, reply.address)
        if address and addresses.same_site(address, reply.address) and address not in found:
            found.append(address)
    return found


def page_template(reply: Reply) -> tuple[str, str] | None:
    """How scripts make an article's address: ``(beginning, "slug" | "id")``."""
    data = set(json_addresses(reply))
    for match in _TEMPLATE.finditer(reply.body.decode("utf-8", "replace")):
        address = addresses.whole(match.group(1), reply.address)
        if address and address.rstrip("/") not in data and "/api/" not in address:
            return address, match.group(2) or match.group(3)
    return None
