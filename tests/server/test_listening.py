"""The socket the server listens on."""

from __future__ import annotations

import asyncio
import socket

from kb.server.serving import listening


def test_an_answer_in_two_pieces_does_not_wait_for_an_acknowledgement() -> None:
    async def nodelay() -> int:
        made = listening("127.0.0.1", 0)
        found: asyncio.Queue[int] = asyncio.Queue()

        async def met(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            ours = writer.get_extra_info("socket")
            await found.put(ours.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()

        async with await asyncio.start_server(met, sock=made):
            _, writer = await asyncio.open_connection(*made.getsockname())
            told = await found.get()
            writer.close()
        return told

    assert asyncio.run(nodelay()) != 0
