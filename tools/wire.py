"""A reader without a browser: Streamlit's own messages over its own connection.

For tests and benchmarks that need many readers, or one that does what no browser does.
"""

from __future__ import annotations

import contextlib
import http.client
import time
import uuid
from types import TracebackType
from typing import Any
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

ON = "on\x00"
"""What a switch, or a part that unfolds, is told by one who turned it on."""


class Reader:
    """One open page at ``127.0.0.1:port``. Use it as a context manager."""

    def __init__(self, port: int, *, patience: float = 60.0) -> None:
        self.port = port
        self.patience = patience
        self.session_id = ""
        self.elements: dict[tuple[int, ...], Any] = {}
        """What the last run drew, by its place on the page."""
        self._open = contextlib.ExitStack()
        opened = connect(
            f"ws://127.0.0.1:{port}/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]
            max_size=None,
            open_timeout=patience,
            ping_interval=None,
        )
        self._wire: ClientConnection = self._open.enter_context(opened)

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        with contextlib.suppress(ConnectionClosed, OSError):
            self._open.close()

    def send(self, message: BackMsg) -> None:
        """Any message, also one that no browser sends."""
        self._wire.send(message.SerializeToString())

    def clear_cache(self) -> None:
        message = BackMsg()
        message.clear_cache = True
        self.send(message)

    def open(self, page: str = "", widgets: dict[str, Any] | None = None, **query: str) -> float:
        """Open a page with a query; seconds until it is drawn whole."""
        begun = time.monotonic()
        message = BackMsg()
        message.rerun_script.query_string = urlencode(query)
        message.rerun_script.page_name = page
        for name, value in (widgets or {}).items():
            state = message.rerun_script.widget_states.widgets.add()
            state.id = name
            if value is True:
                state.trigger_value = True
            elif value == ON:
                state.bool_value = True
            else:
                state.string_value = value
        self.send(message)
        self.wait()
        return time.monotonic() - begun

    def wait(self) -> None:
        """Until the run is over. Raises ``TimeoutError``."""
        end = time.monotonic() + self.patience
        while time.monotonic() < end:
            told = ForwardMsg()
            told.ParseFromString(self._wire.recv(timeout=max(0.1, end - time.monotonic())))
            kind = told.WhichOneof("type")
            if kind == "new_session":
                self.session_id = told.new_session.initialize.session_id or self.session_id
                self.elements = {}
            elif kind == "delta" and told.delta.WhichOneof("type") == "new_element":
                self.elements[tuple(told.metadata.delta_path)] = told.delta.new_element
            elif kind == "delta" and told.delta.WhichOneof("type") == "add_block":
                self.elements[(*told.metadata.delta_path, -1)] = told.delta.add_block
            elif kind == "script_finished":
                return
        raise TimeoutError("the page was not drawn in time")

    def words(self) -> str:
        """The text of what was drawn, markup and all."""
        return "\n".join(str(element) for element in self.elements.values())

    def widget(self, word: str) -> str:
        """The id of the widget whose id holds ``word``. Raises ``KeyError``."""
        for element in self.elements.values():
            made = getattr(element, element.WhichOneof("type") or "", None)
            found = str(getattr(made, "id", ""))
            if word in found:
                return found
        raise KeyError(word)

    def upload(self, content: bytes, name: str = "a.pdf") -> int:
        """Put a file where the upload box would; the status of the answer."""
        return put_file(self.port, self.session_id, content, name)


def put_file(port: int, session_id: str, content: bytes, name: str = "a.pdf") -> int:
    """PUT to the address of uploads, with the token a browser has; the status."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    line.request("GET", "/_stcore/health")
    answer = line.getresponse()
    answer.read()
    cookie = (answer.getheader("set-cookie") or "").split(";")[0]
    mark = uuid.uuid4().hex
    body = (
        f'--{mark}\r\nContent-Disposition: form-data; name="f"; filename="{name}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    ).encode() + content + f"\r\n--{mark}--\r\n".encode()  # fmt: skip
    try:
        line.request(
            "PUT",
            f"/_stcore/upload_file/{session_id or uuid.uuid4()}/{uuid.uuid4()}",
            body,
            {
                "Content-Type": f"multipart/form-data; boundary={mark}",
                "Cookie": cookie,
                "X-Xsrftoken": cookie.partition("=")[2],
            },
        )
        return line.getresponse().status
    except (BrokenPipeError, ConnectionResetError):
        return 0  # refused before it was sent whole
    finally:
        line.close()
