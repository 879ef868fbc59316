"""``kb alerts``: what readers follow, and telling them of it."""

from __future__ import annotations

import argparse
from typing import Any

from kb.cli.opened import asked, settings
from kb.cli.terminal import Terminal
from kb.errors import QueryError


def run(a: argparse.Namespace, t: Terminal) -> int:
    """``kb alerts run``."""
    from kb.alerts.running import run as due

    report = due(settings(a))
    matched = report.matched
    if t.as_json:
        t.value(
            {
                "documents": matched.documents,
                "searches": matched.searches,
                "matches": matched.matches,
                "seconds": round(matched.seconds, 3),
                "mails": report.mails,
                "webhooks": report.hooks,
                "failed": [{"list": number, "why": why} for number, why in report.failed],
            }
        )
        return 1 if report.failed else 0
    t.say(
        f"{matched.documents} new documents, {matched.searches} distinct searches, "
        f"{matched.matches} matches in {matched.seconds:.1f} s; {report.mails} mails and "
        f"{report.hooks} webhooks sent."
    )
    for number, why in report.failed:
        t.say(f"failed: list {number}: {why}")
    return 1 if report.failed else 0


def listed(a: argparse.Namespace, t: Terminal) -> int:
    """``kb alerts list``."""
    from kb.alerts import book

    found = book.all_lists(settings(a))
    if t.as_json:
        t.value({"lists": [_value(held) for held in found]})
        return 0
    if not found:
        t.say("Nobody follows anything; readers do with 'Ikuti', you with 'kb alerts add'.")
    for held in found:
        one = held.follower
        mail = f"{one.email} {one.every}" if one.email else ""
        mail += " (not confirmed)" if one.email and not one.confirmed else ""
        t.heading(f"{one.id}  {mail or one.webhook or 'on its page only'}")
        if one.problem:
            t.say(f"failed {one.failures} times: {one.problem}", 3)
        for follow in held.follows:
            t.say(f"{follow.id}  {follow.kind}: {follow.label}", 3)
    return 0


def _value(held: Any) -> dict[str, Any]:
    one = held.follower
    return {
        "list": one.id,
        "email": one.email,
        "every": one.every,
        "confirmed": one.confirmed,
        "webhook": one.webhook,
        "sent": one.sent,
        "problem": one.problem,
        "follows": [
            {"follow": f.id, "kind": f.kind, "query": dict(f.query), "label": f.label}
            for f in held.follows
        ],
    }


def add(a: argparse.Namespace, t: Terminal) -> int:
    """``kb alerts add``."""
    from kb.alerts import book, mail

    where = settings(a)
    if not (a.query or a.entity or a.speaker):
        raise QueryError("Say what to follow: words, --entity or --speaker.")
    if a.mail:
        mail.check(where)
    name = a.entity or a.speaker
    found = asked(a, t, lambda kb: kb.entity(name, statements=0, documents=0)) if name else None
    number = a.list if a.list is not None else book.begin(where).follower.id
    book.by_number(where, number)
    if found is not None and a.entity:
        query: dict[str, Any] = {"entity": found.summary.entity_id}
        made = book.follow(where, number, "entity", query, found.summary.name)
    elif found is not None:
        query = {"speaker": found.summary.entity_id, "query": a.query or ""}
        label = ": ".join(filter(None, [found.summary.name, a.query]))
        made = book.follow(where, number, "statements", query, label)
    else:
        made = book.follow(where, number, "search", {"query": a.query}, a.query)
    secret = None
    if a.mail:
        held, token = book.tell_by_mail(where, number, a.mail, a.every)
        if not held.follower.confirmed:
            link = f"{where.address.rstrip('/')}/langganan/konfirmasi/{token}"
            language = held.follower.language
            mail.send(where, mail.confirmation(where, a.mail, a.every, link, language))
    if a.webhook:
        secret = book.tell_by_webhook(where, number, a.webhook).follower.secret
    held = book.by_number(where, number)
    if t.as_json:
        t.value({**_value(held), "token": held.token, "secret": secret})
        return 0
    t.say(f"List {number} follows '{made.label}' ({made.kind}).")
    t.say(f"Its page: {where.address.rstrip('/')}/ikuti?k={held.token}")
    if a.mail and not held.follower.confirmed:
        t.say(f"{a.mail} was asked whether it wants the mails.")
    if secret:
        t.say(f"What is posted is signed with the secret {secret}")
    return 0


def remove(a: argparse.Namespace, t: Terminal) -> int:
    """``kb alerts remove``."""
    from kb.alerts import book

    where = settings(a)
    if a.follow is not None:
        book.unfollow(where, a.list, a.follow)
    else:
        book.forget(where, a.list)
    if t.as_json:
        t.value({"list": a.list, "follow": a.follow})
    else:
        what = f"{a.follow} of list {a.list}" if a.follow is not None else f"List {a.list}"
        t.say(f"{what} is followed no more.")
    return 0
