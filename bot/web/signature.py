"""Whether a request comes from Slack: its signature, checked before anything of the body is read.

It stands in the place of Bolt's own check, which answers 500 to a malformed time and logs bodies.
"""

from __future__ import annotations

from slack_sdk.signature import Clock, SignatureVerifier

AT, SIGNATURE = "X-Slack-Request-Timestamp", "X-Slack-Signature"


class Signature:
    """The app's signing secret, to check requests with (docs.slack.dev, verifying requests from Slack)."""

    def __init__(self, secret: str, clock: Clock | None = None) -> None:
        """Raises ValueError if the secret is empty."""
        self._verifier = SignatureVerifier(secret, clock or Clock())

    def is_on(self, body: bytes, at: str, signature: str) -> bool:
        """Say whether a signature is on this body, and at most five minutes old; `at` is the time it tells.

        The two come as headers, AT and SIGNATURE.
        """
        if not (at.isascii() and at.isdigit() and len(at) < 20 and signature.isascii()):
            return False
        try:
            body.decode()
        except UnicodeDecodeError:  # Slack's bodies are UTF-8
            return False
        return self._verifier.is_valid(body, at, signature)
