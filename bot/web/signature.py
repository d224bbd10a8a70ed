"""Whether a request comes from Slack: its signature, checked before anything of the body is read.

It stands in the place of Bolt's own check, which answers 500 to a malformed time and logs bodies.
"""

from __future__ import annotations

from collections.abc import Mapping

from slack_sdk.signature import Clock, SignatureVerifier


class Signature:
    """The app's signing secret, to check requests with (docs.slack.dev, verifying requests from Slack)."""

    def __init__(self, secret: str, clock: Clock | None = None) -> None:
        """Raises ValueError if the secret is empty."""
        self._verifier = SignatureVerifier(secret, clock or Clock())

    def is_on(self, body: bytes, headers: Mapping[str, str]) -> bool:
        """Say whether the signature in the headers is on this body, and at most five minutes old."""
        at = headers.get("X-Slack-Request-Timestamp", "")
        signature = headers.get("X-Slack-Signature", "")
        if not (at.isascii() and at.isdigit() and len(at) < 20 and signature.isascii()):
            return False
        try:
            body.decode()
        except UnicodeDecodeError:  # Slack's bodies are UTF-8
            return False
        return self._verifier.is_valid(body, at, signature)
