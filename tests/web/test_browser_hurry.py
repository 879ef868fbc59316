"""Readers who click faster than pages are drawn lose nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DEFAULT_BYTES = 10_000
"""From here on Streamlit's own setting would have the browser keep a message for two runs."""


def test_no_run_refers_to_what_a_browser_may_have_thrown_out(
    served: str, page: Any, settle: Callable[[Any], None]
) -> None:
    told: list[ForwardMsg] = []
    page.on(
        "websocket",
        lambda socket: socket.on(
            "framereceived",
            lambda frame: isinstance(frame, bytes) and told.append(ForwardMsg.FromString(frame)),
        ),
    )
    page.goto(f"{served}/cari?q=rencana")
    settle(page)
    page.locator("a", has_text=re.compile(r"^hal\. ")).first.click()
    page.wait_for_url("**/dokumen?**")
    settle(page)
    first = page.url
    for _ in range(2):  # there and back: the second time every message was told before
        page.get_by_role("link", name=re.compile("^Halaman (berikutnya|sebelumnya)")).first.click()
        page.wait_for_url(lambda url: url != first)
        page.go_back()
        page.wait_for_url(first)
        settle(page)
    assert max(message.ByteSize() for message in told) > DEFAULT_BYTES
    assert not [message for message in told if message.metadata.cacheable]
    assert not [message for message in told if message.WhichOneof("type") == "ref_hash"]
