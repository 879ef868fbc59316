"""Mails: the one that asks an address whether it wants them, and the digest of what is new.

Plain text and HTML say the same. The digest can be ended with one click in the reader's mail
program (RFC 8058). Nothing is loaded from elsewhere, nothing tells who opened a mail.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Sequence
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid, parseaddr
from html import escape

from kb.alerts.digest import Group, Item, Quote
from kb.alerts.words import say
from kb.authority import written
from kb.config import Settings
from kb.errors import ConfigError, KBError

_POLICY = SMTP.clone(max_line_length=500)
"""A link in a header stays on its line: programs that end the mails read it there."""
SECONDS = 30.0
"""Longest wait for an answer of the mail server."""
_A = "color:#0b6e5f;text-decoration:none"


class MailError(KBError):
    """A mail could not be handed to the mail server."""


def possible(settings: Settings) -> bool:
    """True where mails can be sent from here, with links that lead back."""
    return bool(settings.smtp_host and settings.mail_from and settings.address)


def check(settings: Settings) -> None:
    """Raise ``ConfigError`` with what is missing for mails."""
    missing = [
        name for name in ("smtp_host", "mail_from", "address") if not getattr(settings, name)
    ]
    if missing:
        raise ConfigError(f"No mail can be sent: set {', '.join(missing)} in kb.toml.")


def send(settings: Settings, message: EmailMessage) -> None:
    """Hand a mail to the mail server. Raises ``MailError``."""
    check(settings)
    try:
        if settings.smtp_tls == "ssl":
            context = ssl.create_default_context()
            client: smtplib.SMTP = smtplib.SMTP_SSL(
                settings.smtp_host, settings.smtp_port, timeout=SECONDS, context=context
            )
        else:
            client = smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=SECONDS)
        with client:
            if settings.smtp_tls == "starttls":
                client.starttls(context=ssl.create_default_context())
            if settings.smtp_user:
                client.login(settings.smtp_user, settings.smtp_password)
            client.send_message(message)
    except (OSError, smtplib.SMTPException) as error:
        raise MailError(
            f"The mail server {settings.smtp_host} did not take a mail "
            f"({type(error).__name__}: {error}); see the smtp settings in kb.toml."
        ) from None


def confirmation(settings: Settings, to: str, every: str, link: str, language: str) -> EmailMessage:
    """The mail that asks an address whether it wants the others."""
    name = host_of(settings)
    made = _message(settings, to, say(language, "confirm_subject", name=name))
    made.set_content(
        say(language, "confirm_text", name=name, every=say(language, every), link=link)
    )
    return made


def digest(
    settings: Settings,
    to: str,
    groups: Sequence[Group],
    *,
    language: str,
    stop: str,
    mine: str,
) -> EmailMessage:
    """The digest; ``stop`` ends the mails, ``mine`` opens the reader's list."""
    made = _message(settings, to, subject(groups, language))
    made["List-Unsubscribe"] = f"<{stop}>"
    made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    made.set_content(_text(settings, groups, language, stop, mine))
    made.add_alternative(_html(settings, groups, language, stop, mine), subtype="html")
    return made


def _message(settings: Settings, to: str, subject: str) -> EmailMessage:
    name, address = parseaddr(settings.mail_from)
    made = EmailMessage(policy=_POLICY)
    made["From"] = Address(display_name=name, addr_spec=address)
    made["To"] = Address(addr_spec=to)
    made["Subject"] = " ".join(subject.split())
    made["Date"] = formatdate(localtime=True)
    made["Message-ID"] = make_msgid(domain=address.rpartition("@")[2] or "localhost")
    made["Auto-Submitted"] = "auto-generated"
    return made


def subject(groups: Sequence[Group], language: str) -> str:
    """``Baru: Judul`` for one document, else how many and of what."""
    documents = {item.document_id: item for group in groups for item in group.items}
    total = max(len(documents), *(group.total for group in groups))
    if total == 1:
        return say(language, "subject_one", title=next(iter(documents.values())).title)
    labels = ", ".join(group.follow.label for group in groups)
    labels = labels if len(labels) <= 80 else labels[:79].rstrip(", ") + "…"
    return say(language, "subject_many", count=total, labels=labels)


def host_of(settings: Settings) -> str:
    """What the base is called in mails: the name readers reach it by."""
    return settings.address.partition("://")[2].rstrip("/") or settings.home.name


# --- the same twice ----------------------------------------------------------------------


def _facts(item: Item, language: str) -> str:
    date = (written.date(language, item.date) or item.date) if item.date else None
    page = say(language, "page", page=item.page_label) if item.page_label else None
    return " · ".join(filter(None, [date, item.kind, item.institution, page]))


def _link(settings: Settings, item: Item) -> str:
    page = f"/h/{item.page}" if item.page_label else ""
    return f"{settings.address.rstrip('/')}/d/{item.document_id}{page}"


def _who(quote: Quote, language: str) -> str:
    who = quote.speaker or say(language, "speaker")
    return f"{who} ({quote.office})" if quote.office else who


def _words(quote: Quote) -> str:
    return f"“{quote.text}”" if quote.direct else quote.text


def _text(settings: Settings, groups: Sequence[Group], language: str, stop: str, mine: str) -> str:
    lines = [say(language, "intro", name=host_of(settings)), ""]
    for group in groups:
        lines += [group.follow.label.upper(), "=" * min(len(group.follow.label), 72), ""]
        for item in group.items:
            lines += [item.title, _facts(item, language), _link(settings, item)]
            for quote in item.quotes:
                page = say(language, "page", page=quote.page)
                lines += ["", f"    {_words(quote)}", f"    - {_who(quote, language)}, {page}"]
            if not item.quotes and item.snippet:
                lines += ["", f"    {item.snippet}"]
            lines.append("")
        if group.total > len(group.items):
            rest = group.total - len(group.items)
            lines += [say(language, "more", count=rest, link=mine), ""]
    lines += ["-- ", say(language, "list", link=mine), say(language, "stop", link=stop)]
    return "\n".join(lines) + "\n"


def _html(settings: Settings, groups: Sequence[Group], language: str, stop: str, mine: str) -> str:
    parts = [
        f'<!doctype html><html lang="{language}"><body style="font:16px/1.5 sans-serif;'
        'max-width:40rem;margin:0 auto;padding:1rem;color:#17211f;background:#fff">'
        f"<p>{escape(say(language, 'intro', name=host_of(settings)))}</p>"
    ]
    for group in groups:
        label = escape(group.follow.label)
        parts.append(f'<h2 style="font-size:1.15rem;margin:1.6rem 0 .4rem">{label}</h2>')
        for item in group.items:
            link = escape(_link(settings, item))
            parts.append(
                f'<p style="margin:1rem 0 .2rem"><a href="{link}" style="{_A};font-weight:600">'
                f'{escape(item.title)}</a><br><small style="color:#555">'
                f"{escape(_facts(item, language))}</small></p>"
            )
            for quote in item.quotes:
                page = escape(say(language, "page", page=quote.page))
                where = escape(f"{settings.address.rstrip('/')}/p/{quote.statement_id}")
                parts.append(
                    '<blockquote style="margin:.4rem 0 .4rem 0;padding-left:.8rem;'
                    f'border-left:3px solid #0b6e5f">{escape(_words(quote))}<br><small>'
                    f'{escape(_who(quote, language))}, <a href="{where}" style="{_A}">{page}</a>'
                    "</small></blockquote>"
                )
            if not item.quotes and item.snippet:
                parts.append(f'<p style="margin:.2rem 0">{escape(item.snippet)}</p>')
        if group.total > len(group.items):
            more = say(language, "more", count=group.total - len(group.items), link="").rstrip(": ")
            parts.append(f'<p><a href="{escape(mine)}" style="{_A}">{escape(more)}</a></p>')
    parts.append(
        '<p style="margin-top:2rem;border-top:1px solid #ddd;padding-top:.6rem"><small>'
        f'<a href="{escape(mine)}" style="{_A}">{escape(say(language, "list_label"))}</a> · '
        f'<a href="{escape(stop)}" style="{_A}">{escape(say(language, "stop_label"))}</a>'
        "</small></p></body></html>"
    )
    return "".join(parts)
