"""Commands of those who keep the record right, and their options."""

from __future__ import annotations

import argparse
from collections.abc import Callable

_Add = Callable[[str, str, str], argparse.ArgumentParser]


def deciding(add: _Add, shared: argparse.ArgumentParser, positive: Callable[[str], int]) -> None:
    """merge, rename, hide, untag, set, remove, correct, corrections, undo."""

    def signed(c: argparse.ArgumentParser) -> None:
        c.add_argument("--by", metavar="NAME", help="who decided (default: your login)")
        c.add_argument("--reason", metavar="WHY", help="kept with the decision")

    _people(add("staff", "", "the people who keep the record"), shared)
    c = add("merge", "kb.cli.correct:merge", "make one entity of two, for good")
    c.add_argument("entity", metavar="ID")
    c.add_argument("into", metavar="INTO_ID")
    signed(c)
    c = add("rename", "kb.cli.correct:rename", "give an entity another name, for good")
    c.add_argument("entity", metavar="ID")
    c.add_argument("name", metavar="NAME")
    signed(c)
    c = add("hide", "kb.cli.correct:hide", "take a wrong entity out of lists, for good")
    c.add_argument("entity", metavar="ID")
    signed(c)
    c = add("untag", "kb.cli.correct:untag", "say that words are not this entity, for good")
    c.add_argument("entity", metavar="ID")
    c.add_argument("--words", metavar="WORDS", help="as documents write it (all: leave out)")
    c.add_argument("--document", metavar="DOCUMENT", type=int, help="only there")
    signed(c)
    c = add("set", "kb.cli.correct:set_field", "correct what a document is, for good")
    c.add_argument("document", metavar="DOCUMENT", type=int)
    c.add_argument("field", metavar="FIELD", help="title, date, years, doc_type, institution, ...")
    c.add_argument("value", metavar="VALUE")
    signed(c)
    c = add("remove", "kb.cli.sources:take_out", "take a document out, until undone")
    c.add_argument("document", metavar="DOCUMENT", type=int)
    c.add_argument("reason", metavar="REASON", help="why; it is kept with the decision")
    c.add_argument("--by", metavar="NAME", help="who decided")
    _correct(add("correct", "", "correct what was found in a document, for good"), shared, signed)
    _record(
        add("corrections", "kb.cli.correct:corrections", "what staff decided"), shared, positive
    )
    _collections(
        add("collections", "kb.cli.collections:listed", "what people keep"), shared, positive
    )
    c = add("undo", "kb.cli.correct:undo", "take back a correction")
    c.add_argument("number", metavar="N", type=positive)
    c.add_argument("--by", metavar="NAME", help="who takes it back (default: your login)")


def _people(c: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    what = c.add_subparsers(title="what", metavar="WHAT", required=True)
    one = what.add_parser("add", parents=[shared], help="a new account, or another password")
    one.set_defaults(run="kb.cli.staff:add")
    one.add_argument("name", metavar="NAME")
    one.add_argument("--role", choices=("reader", "editor", "admin"), default="editor")
    one = what.add_parser("list", parents=[shared], help="who may come in")
    one.set_defaults(run="kb.cli.staff:listed")
    one = what.add_parser("remove", parents=[shared], help="comes in no more")
    one.set_defaults(run="kb.cli.staff:remove")
    one.add_argument("name", metavar="NAME")


def _correct(
    c: argparse.ArgumentParser,
    shared: argparse.ArgumentParser,
    signed: Callable[[argparse.ArgumentParser], None],
) -> None:
    kinds = c.add_subparsers(title="what", metavar="WHAT", required=True)
    for name, help, options in (
        (
            "office",
            "an office that a document states (WORDS: the person's name)",
            ("role", "institution", "status", "person", "date-from", "date-to"),
        ),
        ("statement", "a statement (WORDS: some of it)", ("speaker", "kind")),
        ("mention", "words that were taken for a name", ("entity",)),
        (
            "number",
            "a number of an indicator (WORDS: its name)",
            ("value", "unit", "kind", "year"),
        ),
    ):
        kind = kinds.add_parser(name, parents=[shared], help=help, description=help)
        kind.set_defaults(run=f"kb.cli.correct_found:{name}")
        kind.add_argument("document", metavar="DOCUMENT", type=int)
        kind.add_argument("words", metavar="WORDS")
        kind.add_argument("--page", metavar="N", type=int, help="only on this page")
        kind.add_argument("--reject", action="store_true", help="it is none")
        for option in options:
            kind.add_argument(f"--{option}", metavar=option.upper(), help=f"the right {option}")
        signed(kind)
    help = "what some documents say of an entity is said of another"
    split = kinds.add_parser("split", parents=[shared], help=help, description=help)
    split.set_defaults(run="kb.cli.correct_found:split")
    split.add_argument("entity", metavar="ENTITY", help="an id or a name")
    split.add_argument("documents", metavar="DOCUMENT", type=int, nargs="+")
    other = split.add_mutually_exclusive_group(required=True)
    other.add_argument("--to", metavar="ENTITY", help="whom the base knows already")
    other.add_argument("--name", metavar="NAME", help="somebody new")
    signed(split)
    help = "another name of an entity: given, or taken away"
    alias = kinds.add_parser("alias", parents=[shared], help=help, description=help)
    alias.set_defaults(run="kb.cli.correct_found:alias")
    alias.add_argument("entity", metavar="ENTITY", help="an id or a name")
    alias.add_argument("name", metavar="NAME", help="as it is called, too")
    alias.add_argument("--remove", action="store_true", help="it is not called so")
    signed(alias)
    help = "a page read by OCR: its words are right, or nothing found there counts"
    page = kinds.add_parser("page", parents=[shared], help=help, description=help)
    page.set_defaults(run="kb.cli.correct_found:page")
    page.add_argument("document", metavar="DOCUMENT", type=int)
    page.add_argument("page", metavar="PAGE", type=int)
    how = page.add_mutually_exclusive_group(required=True)
    how.add_argument("--legible", action="store_true", help="read well enough")
    how.add_argument("--reject", action="store_true", help="nothing found there counts")
    signed(page)
    help = "new documents of sources that somebody looked at ('kb source new' lists them)"
    seen = kinds.add_parser("seen", parents=[shared], help=help, description=help)
    seen.set_defaults(run="kb.cli.correct_found:seen")
    seen.add_argument("documents", metavar="DOCUMENT", type=int, nargs="*")
    seen.add_argument("--source", metavar="SOURCE", help="all that are new of this one")
    signed(seen)


def _record(
    c: argparse.ArgumentParser,
    shared: argparse.ArgumentParser,
    positive: Callable[[str], int],
) -> None:
    c.set_defaults(all=False)
    what = c.add_subparsers(title="what", metavar="WHAT")
    one = what.add_parser("list", parents=[shared], help="decisions, the latest first")
    one.set_defaults(run="kb.cli.correct:corrections")
    one.add_argument("--all", action="store_true", help="also those that were taken back")
    one = what.add_parser("undo", parents=[shared], help="take one back")
    one.set_defaults(run="kb.cli.correct:undo")
    one.add_argument("number", metavar="N", type=positive)
    one.add_argument("--by", metavar="NAME", help="who takes it back (default: your login)")
    one = what.add_parser("export", parents=[shared], help="all of them into a file")
    one.set_defaults(run="kb.cli.correct:export")
    one.add_argument("file", metavar="FILE", help="FILE.jsonl or FILE.csv to write")
    one = what.add_parser("gold", parents=[shared], help="corrected lines as gold for 'kb train'")
    one.set_defaults(run="kb.cli.correct:gold")
    one.add_argument("file", metavar="FILE", help="FILE.jsonl to write")
    one = what.add_parser("import", parents=[shared], help="those of another base")
    one.set_defaults(run="kb.cli.correct:take_in")
    one.add_argument("file", metavar="FILE", help="FILE.jsonl or FILE.csv of 'export'")


def _collections(
    c: argparse.ArgumentParser,
    shared: argparse.ArgumentParser,
    positive: Callable[[str], int],
) -> None:
    what = c.add_subparsers(title="what", metavar="WHAT")
    one = what.add_parser("list", parents=[shared], help="collections, private ones too")
    one.set_defaults(run="kb.cli.collections:listed")
    one = what.add_parser("show", parents=[shared], help="what is in one")
    one.set_defaults(run="kb.cli.collections:show")
    one.add_argument("number", metavar="N", type=positive)
    one = what.add_parser("export", parents=[shared], help="one as a dossier")
    one.set_defaults(run="kb.cli.collections:export")
    one.add_argument("number", metavar="N", type=positive)
    one.add_argument("file", metavar="FILE", help="FILE.docx or FILE.pdf to write")
    one.add_argument("--english", action="store_true", help="headings in English")
    one.add_argument("--by", metavar="NAME", help="who made it (default: your login)")
