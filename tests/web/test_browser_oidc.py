"""In chromium: people come in by their organisation's accounts, with the role a setting gives."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import loopback
import pytest
from made_base import make

from kb.config import Settings
from kb.explore import open_kb
from kb.staff import accounts, sessions

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PEOPLE = {
    "ani": {"email": "Ani@banten.example", "email_verified": True},
    "budi": {"email": "budi@banten.example", "email_verified": True},
    "asing": {"email": "asing@lain.example", "email_verified": True},
    "palsu": {"email": "ani@banten.example", "email_verified": False},
}


@contextmanager
def provider() -> Iterator[str]:
    """A real provider of OpenID Connect on loopback; its address."""
    port = loopback.free_port()
    told = [
        part
        for sub, claims in PEOPLE.items()
        for part in ("--user-claims", json.dumps({"sub": sub, **claims}))
    ]
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "-p", str(port), *told],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not loopback.answers(port):
            assert process.poll() is None, "the provider ended at once"
            time.sleep(0.2)
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        process.wait(timeout=30)


def come_in(
    page: Any, address: str, sub: str, settle: Callable[[Any], None], *, known: bool = True
) -> None:
    page.goto(f"{address}/kelola")
    settle(page)
    page.get_by_role("button", name="Masuk dengan akun organisasi").click()
    page.locator("#heading-auth-predefined").wait_for()
    page.get_by_role("button", name=sub, exact=True).first.click()
    page.wait_for_url(f"{address}/**")
    if known:  # the browser gets a cookie of our own
        page.locator("html[data-kb-kept=true]").wait_for(state="attached")
    settle(page)
    page.goto(f"{address}/kelola")
    settle(page)


def test_an_address_gives_the_role_that_a_setting_names(
    tmp_path: Path, chromium: Any, settle: Callable[[Any], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    base = Settings(tmp_path / "index")
    make(base, tmp_path)
    settings = (
        'admin_emails = "ani@banten.example"\neditor_emails = "@banten.example"\n'
        'readers = "staff"\n'
    )
    (base.home / "kb.toml").write_text(settings, encoding="utf-8")
    with provider() as issuer:
        port = loopback.free_port()
        monkeypatch.setattr(loopback, "free_port", lambda: port)
        (base.home / "secrets.toml").write_text(
            f'[auth]\nredirect_uri = "http://127.0.0.1:{port}/oauth2callback"\n'
            'cookie_secret = "lima-belas-tanda-atau-lebih"\nclient_id = "arsip"\n'
            'client_secret = "rahasia"\n'
            f'server_metadata_url = "{issuer}/.well-known/openid-configuration"\n',
            encoding="utf-8",
        )
        with loopback.serving(base.home) as served:
            _roles(served.address, base, chromium, settle)


def _roles(address: str, base: Settings, chromium: Any, settle: Callable[[Any], None]) -> None:
    def browser() -> Any:
        context = chromium.new_context(viewport={"width": 1400, "height": 1000}, locale="id-ID")
        context.set_default_timeout(60_000)
        return context.new_page()

    editor, admin = browser(), browser()
    come_in(editor, address, "budi", settle)
    editor.get_by_text("Masuk sebagai budi@banten.example (penyunting).").wait_for()
    # The cookie of our own opens the doors beside the app, and the mode names the person.
    assert editor.request.get(f"{address}/api/v1/documents").status == 200
    editor.goto(f"{address}/pernyataan")
    settle(editor)
    editor.get_by_role("switch", name="Perbaiki").press("Space")
    settle(editor)
    editor.get_by_role("button", name="Perbaiki").first.click()
    editor.get_by_role("button", name="Ini bukan pernyataan").click()
    editor.get_by_text("Tersimpan sebagai perbaikan 1.").wait_for()
    with open_kb(base) as kb:
        assert [c.by for c in kb.corrections()] == ["budi@banten.example"]
    come_in(admin, address, "ani", settle)
    admin.get_by_text("Masuk sebagai ani@banten.example (pengelola).").wait_for()
    # She sees who is signed in, and signs him out wherever he is.
    assert {one.name for one in sessions.alive(base)} == {
        "ani@banten.example",
        "budi@banten.example",
    }
    told = admin.locator('[class*="st-key-in_"]', has_text="budi@banten.example")
    told.get_by_role("button", name="Keluarkan").click()
    told.wait_for(state="detached")
    editor.goto(f"{address}/kelola")
    editor.get_by_text("hanya untuk yang punya akun").wait_for()
    for sub in ("asing", "palsu"):
        stranger = browser()
        come_in(stranger, address, sub, settle, known=False)
        stranger.get_by_text("belum diberi hak di sini").wait_for()
        assert stranger.get_by_text("Masuk sebagai").count() == 0
        stranger.context.close()
    for one in (editor, admin):
        one.context.close()


def test_a_setting_names_addresses_and_domains(tmp_path: Path) -> None:
    settings = Settings(
        tmp_path, admin_emails="a@x.id", editor_emails="@x.id, c@y.id", reader_emails="@y.id"
    )
    roles = {
        email: (found.role if (found := accounts.of_organisation(settings, email)) else None)
        for email in ("A@X.id", "b@x.id", "c@y.id", "d@y.id", "e@z.id", "@x.id", "x.id", "f@ax.id")
    }
    assert roles == {
        "A@X.id": "admin",
        "b@x.id": "editor",
        "c@y.id": "editor",
        "d@y.id": "reader",
        "e@z.id": None,
        "@x.id": None,
        "x.id": None,
        "f@ax.id": None,
    }


def test_signed_out_everywhere_counts_for_what_was_proved_before(tmp_path: Path) -> None:
    settings = Settings(tmp_path, editor_emails="a@x.id")
    who = accounts.of_organisation(settings, "a@x.id")
    assert who is not None
    secret = sessions.begin(settings, who)
    assert sessions.account(settings, secret) == who
    before = time.time()
    assert sessions.may_begin(settings, who.name, before)
    assert sessions.end_all(settings, who.name) == 1
    assert sessions.account(settings, secret) is None
    assert not sessions.may_begin(settings, who.name, before)
    assert sessions.may_begin(settings, who.name, time.time() + 1)
    again = sessions.begin(settings, who)
    assert sessions.account(Settings(tmp_path), again) is None  # the setting names them no more
