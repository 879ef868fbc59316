"""Everything that can be told of one document."""

from __future__ import annotations

import re

from kb.authority import norm
from kb.describe.abstracts import abstract_head
from kb.describe.dates import parse_date
from kb.describe.doctype import TypeFound, find_type, head_type
from kb.describe.forms import procedure
from kb.describe.front import Front, doc_types, doc_words, read_front
from kb.describe.issuer import find_issuer
from kb.describe.language import find_language
from kb.describe.legal import LegalHead, legal_head, page_number
from kb.describe.letters import letter
from kb.describe.misread_title import MAX_TITLE
from kb.describe.period import find_years, years_of_date
from kb.describe.press import press_title, press_type, read_press
from kb.describe.published import find_date
from kb.describe.title import COMPOSED, completed, find_title, named_draft
from kb.model import Description, Found, SourceDocument

_PLANS = frozenset(["perencanaan", "pelaporan", "anggaran"])


def describe(source: SourceDocument) -> Description:
    """What the document is: each field with the rule that told it and the words it stands
    on; a field nobody can tell is ``None``."""
    front = read_front(source)
    abstract = None if front.article else abstract_head(front)
    head = abstract or (None if front.article else legal_head(front))
    press = read_press(source, front) if head is None else None
    kind = find_type(source, front, head)
    if abstract is not None:
        kind = TypeFound(Found("abstrak_peraturan", "head of an abstract", abstract.evidence))
    called = press_type(press) if press is not None else None
    if called is not None and (kind is None or kind.line is None):
        kind = TypeFound(called)
    issuer = find_issuer(source, front, head, press, kind)
    headline = press_title(press) if press is not None and not source.title else None
    plain = kind is None or kind.found.value == "lainnya"
    sent = letter(front) if plain and head is None and press is None and not front.article else None
    title = headline or find_title(source, front, kind, head)
    bound = _bound(source, sent[0]) if sent is not None else None
    if sent is not None:
        title = Found(sent[0], "subject of the letter", sent[0][:160])
    if bound is not None:
        kind, plain, sent = bound, False, None
        title = Found(title.value, COMPOSED, title.evidence)
    number = _number(front, kind, head, sent[1] if sent else None)
    if abstract is not None:
        title = Found(f"Abstrak {title.value}"[:MAX_TITLE], title.rule, title.evidence)
    made = parse_date(source.metadata.get("creationdate", "")) if source.metadata else None
    stated = find_years(front, kind, head, title.value)
    numbered_year = _year_of(number) if number is not None else None
    if (plain and head is None) or stated is None:
        stated = numbered_year or stated
    numbered = head.year if head is not None else None
    covered = stated.value if stated else ()
    dated = None if bound is not None else kind  # the day of the letter it was sent with
    date = find_date(source, front, press is not None, dated, covered, numbered)
    if date is not None and date.rule == "form" and (stated is None or stated.rule != "title"):
        stated = numbered_year or years_of_date(front, kind, head, date, made)
    years = stated or years_of_date(front, kind, head, date, made)
    if press is None and not front.article:
        named = issuer.institution.value if issuer.institution else None
        title = completed(title, kind, named, years.value if years else ())
    address = (
        Found(source.address, "address of the page", source.address) if source.address else None
    )
    draft = _draft(front, kind, head)
    if draft is not None and draft.value and title.rule in {"title page", COMPOSED}:
        title = named_draft(title)
    return Description(
        title=title,
        date=date,
        years=years,
        doc_type=kind.found if kind else _other(front, press is not None),
        institution=issuer.institution,
        address=address,
        language=find_language([page.text for page in source.pages[:10]]),
        level=issuer.level,
        region=issuer.region,
        number=number,
        stage=_stage(front, kind, head, title.value),
        draft=draft,
    )


def _bound(source: SourceDocument, subject: str) -> TypeFound | None:
    """The kind of a plan or report that is bound behind the letter it was sent with."""
    key = head_type(norm(subject)) if len(source.pages) > LETTER else None
    if key is None or doc_types()[key]["group"] not in _PLANS:
        return None
    return TypeFound(Found(key, "subject of the letter before it", subject[:160]))


LETTER = 4
"""Pages of a letter with what it encloses, at most: more are a document. Set by hand; no command
measured it."""


def _other(front: Front, press: bool) -> Found[str] | None:
    """A document with text that is of no kind we know is another one, not one of no kind."""
    if front.article or press or len(front.body) < 200:
        return None
    return Found("lainnya", "of no kind that is known")


_NUMBERED = frozenset(["lhe", "lhp", "nota_kesepakatan", "pengumuman", "kua_ppas", "keputusan",
                       "surat_edaran", "lainnya"])  # fmt: skip
"""Kinds that bear a number of their own, outside a regulation's head."""


def _year_of(number: Found[str]) -> Found[tuple[int, ...]] | None:
    """The year that ends a number of several parts (``700/1600/415.15/2021``)."""
    match = re.search(r"/((?:19|20)\d\d)$", number.value)
    return Found((int(match.group(1)),), "year of its number", number.evidence) if match else None


def _number(
    front: Front, kind: TypeFound | None, head: LegalHead | None, sent: str | None
) -> Found[str] | None:
    if head is not None and head.number:
        return Found(head.number, "head of the regulation", head.evidence)
    if sent:
        return Found(sent, "number of the letter", sent)
    key = kind.found.value if kind is not None else "lainnya"
    if head is None and key == "sop" and (form := procedure(front.body)).number:
        return Found(form.number, "form", form.number)
    if head is None and key in _NUMBERED and not front.article:
        start = kind.line or 0 if kind is not None else 0
        number = page_number(front.lines[start : start + 10])
        if kind is None and "/" not in (number or ""):
            return None
        return Found(number, "title page", number) if number else None
    return None


def _stage(
    front: Front, kind: TypeFound | None, head: LegalHead | None, title: str
) -> Found[str] | None:
    """``perubahan`` where title, subject or file name says so; plans are else ``murni``."""
    if kind is None or front.article:
        return None
    entry = doc_types()[kind.found.value]
    subject = norm(head.subject) if head else norm(title)
    words = "|".join(re.escape(word) for word in doc_words()["change"])
    match = re.search(rf"(?<!\w)(?:{words})(?!\w)", subject[:120])
    staged = entry["group"] in _PLANS or entry.get("legal")
    if (
        match
        and staged
        and not re.search(r"perubahan (?:iklim|perilaku|sosial|nama|status)", subject)
    ):
        return Found("perubahan", "title", subject[:120])
    if entry["group"] not in _PLANS:
        return None
    again = re.search(r"\brevie?[wu]\b", subject[:120])
    if again and entry.get("amended") and (entry.get("span") or 1) > 1:
        return Found("perubahan", "title", subject[:120])
    # A file is called "revisi" where it was corrected, too.
    named = re.sub(r"(?<![a-z])revisi(?![a-z])", "", front.stem)
    if re.search(rf"(?<![a-z])(?:{words})(?![a-z])", named):
        return Found("perubahan", "file name", front.stem)
    return Found("murni", "no mark of a change in the title", title[:120])


def _draft(front: Front, kind: TypeFound | None, head: LegalHead | None) -> Found[bool] | None:
    """True where title page, running head or file name says draft; only told for plans,
    reports and regulations."""
    if kind is None or front.article:
        return None
    if head is not None and head.draft:
        return Found(True, "head of the regulation", head.evidence)
    if kind.found.value == "lainnya":
        return None
    words = "|".join(re.escape(word) for word in doc_words()["draft"])
    start = kind.line or 0
    for index in range(max(0, start - 4), min(len(front.norms), start + 3)):
        if re.search(rf"^(?:{words})(?!\w)|(?<!\w)(?:{words})$", front.norms[index]):
            return Found(True, "title page", front.lines[index])
    entry = doc_types()[kind.found.value]
    if entry["group"] in _PLANS and head is None:
        for line in front.running:
            if re.match(rf"(?:{words})(?!\w)", norm(line)):
                return Found(True, "running head or foot", line[:160])
        if re.search(rf"(?<![a-z])(?:{words})(?![a-z])", front.stem):
            return Found(True, "file name", front.stem)
    if entry["group"] in _PLANS or entry.get("legal"):
        return Found(False, "no mark of a draft on the title page")
    return None
