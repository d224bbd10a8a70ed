"""The workspace's page as its websocket has it, for what the control API can't do: see a modal, submit it."""

from __future__ import annotations

import json
from types import TracebackType
from typing import Any, Self

import websocket

from demo.workspace import Json, Workspace
from tests.support.patience import PATIENCE


class Page:
    """A connection like the page's: `with Page(workspace) as page`. There is one modal for all users."""

    def __init__(self, workspace: Workspace) -> None:
        url = f"{workspace.url.replace('http', 'ws', 1)}/ui"
        self._socket = websocket.create_connection(url, timeout=PATIENCE, http_no_proxy=["127.0.0.1"])
        self._receive("init")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._socket.close()

    def wait_for_view(self) -> Json:
        """Return the modal that is opened or changed next."""
        stack = self._receive("view")["stack"]
        view: Json = stack[-1]
        return view

    def submit_view(self, user: str) -> Json:
        """Submit the modal that is open; return what the workspace says to it."""
        self._socket.send(json.dumps({"t": "view_submit", "user": user, "values": {}}))
        return self._receive("view", "view_errors")

    def _receive(self, *kinds: str) -> dict[str, Any]:
        """Return the next message of one of these kinds; the others are passed over."""
        while True:
            told: dict[str, Any] = json.loads(self._socket.recv())
            if told.get("t") in kinds:
                return told
