"""The errors that people are told: each names who must act.

    FaultbookError
    ├── SettingError      the operator mends the environment
    │   └── SettingsError several settings at once
    ├── KnowledgeError    the author mends a YAML file
    ├── InputError        the person asking mends the command or the file given
    └── StoreError        the operator looks at the database; Slack delivers the event again

An error carries the key of a sentence in knowledge/messages and the values that fill it, so that it can be
told in every language. Left out are errors that the code handles itself and nobody is told: bot/outbox has
those of Slack's answers, of jobs and of claims. Whatever else escapes is a bug.
"""

from __future__ import annotations

from dataclasses import dataclass


class FaultbookError(Exception):
    """Carry a sentence's key and its values; never text for a person.

    Args:
        key: a key of knowledge/messages/*.yaml.
        values: what fills the sentence's placeholders.
    """

    def __init__(self, key: str, **values: object) -> None:
        self.key = key
        self.values = values
        super().__init__(key, values)

    def __str__(self) -> str:
        pairs = ", ".join(f"{name}={value}" for name, value in self.values.items())
        return f"{self.key} ({pairs})" if pairs else self.key


class SettingError(FaultbookError):
    """The operator must set, mend or remove a setting."""


class SettingsError(SettingError):
    """The operator must mend several settings; all of them are in `faults`."""

    def __init__(self, faults: tuple[SettingError, ...]) -> None:
        self.faults = faults
        super().__init__("settings_wrong", count=len(faults))

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)


class InputError(FaultbookError):
    """The person asking must mend an option, a file or a line."""


class StoreError(FaultbookError):
    """The operator must look at the database, which could not take it; nothing of it was written.

    `detail` is for the log and the command line: the database's own words, which may name its host, tables
    and statements. No sentence in Slack has it.
    """

    def __init__(self, key: str, detail: str = "", **values: object) -> None:
        super().__init__(key, **values)
        self.detail = detail

    def __str__(self) -> str:
        return f"{super().__str__()}: {self.detail}" if self.detail else super().__str__()


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault in a knowledge file, printed as `path:line: rule: message`."""

    path: str
    line: int
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.rule}: {self.message}"


class KnowledgeError(FaultbookError):
    """The author must mend the files named in `problems`; all of them are told at once."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("knowledge_broken", count=len(problems))

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)
