"""The type of a text from which secrets and people were removed: the only text that the ledger takes."""

from __future__ import annotations

from typing import Never, Self


class Redacted(str):
    """A redacted text. It can't be constructed: redact() makes it."""

    __slots__ = ()

    def __new__(cls, _text: Never) -> Self:
        """Raise TypeError; the type checker refuses the call as well."""
        raise TypeError("only redact() makes a Redacted")
