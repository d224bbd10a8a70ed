"""The linter's rules about files: those nobody reads, and what is lost from a text in reading one."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from bot.authoring.subject import Faults, Subject
from bot.knowledge.files import FileFaultError
from bot.knowledge.yaml_text import find_cut_texts

_MAYBE_CUT = re.compile(r"\S #|\S\s+#[^\s#]")


def file_not_read(subject: Subject) -> Faults:
    """A file lies in a pack where it isn't read, or its name doesn't end in .yaml.

    Entries belong in codes/*.yaml, golden questions in questions/*.yaml, notes outside the knowledge folder.
    """
    for pack in subject.knowledge.packs.values():
        for path, _ in subject.files.list_files(pack.id):
            inside = PurePosixPath(path).relative_to(pack.id)
            is_yaml = inside.suffix.lower() in (".yaml", ".yml")
            if inside.parts[0] == "codes" and len(inside.parts) > 1:
                message = "" if inside.suffix == ".yaml" else "not read: an entry's file ends in .yaml"
            elif inside.parts[0] == "questions" and len(inside.parts) == 2:
                message = "" if inside.suffix == ".yaml" else "not read: a file of questions ends in .yaml"
            else:
                message = f"not read: entries belong in {pack.id}/codes/" if is_yaml else ""
            if message and str(inside) != "pack.yaml":
                yield subject.path(path), 1, message


def comment_in_text(subject: Subject) -> Faults:
    """A text without quotes ends at a " #", which begins a remark in YAML.

    Quote the text if the rest belongs to it; else write the remark two spaces off, as `  # remark`.
    """
    for path, _ in subject.files.list_files():
        if not path.endswith(".yaml"):
            continue
        try:
            text = subject.files.read(path).decode("utf-8-sig", errors="replace")
        except FileFaultError:  # told by the rules of form, if the file is one that is read
            continue
        if _MAYBE_CUT.search(text) and not subject.is_broken(path):
            for line, kept, rest in find_cut_texts(text):
                message = f"only {_shorten(kept)!r} is read; {_shorten(rest)!r} is a remark"
                yield subject.path(path), line, message


def _shorten(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"
