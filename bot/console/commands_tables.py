"""The commands that move tables in and out, and compare: import, publish, list, search, export, diff."""

from __future__ import annotations

from typing import Any

import click

from bot.console.completion import complete_files
from bot.console.exit_codes import DONE, FAULTS
from bot.console.intake import check_words
from bot.console.session import Session
from bot.console.usage import Command, OneOf, TextCommand


@click.command("import", cls=Command)
@click.argument("file", shell_complete=complete_files)
@click.option(
    "--pack", "pack", metavar="PACK", required=True, help="The pack that takes the entries; it may be new."
)
@click.option(
    "--map",
    "given",
    metavar="FIELD=COLUMN,...",
    default="",
    help="Which columns hold what: code=B,title.en=D.",
)
@click.option(
    "--sheet",
    metavar="NAME",
    default="",
    help="The sheet to read, or the number of a page's table (default: the one with most rows).",
)
@click.option("--encoding", metavar="NAME", default="", help="The text's encoding, where the guess is wrong.")
@click.option("--dry-run", "is_trial", is_flag=True, help="Show what would be done; write nothing.")
@click.option(
    "--settled",
    "is_settled",
    is_flag=True,
    help="Leave entries as they are where the table says otherwise, and don't show this again.",
)
@click.option("--all", "shows_all", is_flag=True, help="List every change and every skipped row.")
@click.pass_obj
def import_table(session: Session, /, file: str, pack: str, **options: Any) -> int:
    """Import a table of codes from FILE (CSV, XLSX, Markdown, HTML; - is standard input) as drafts."""
    from bot.console.import_command import import_file

    click.echo("\n".join(import_file(session, file, pack, **options)))
    return DONE


@click.command(cls=Command)
@click.argument("pack")
@click.argument("codes", metavar="[CODE]...", nargs=-1)
@click.option("--all", "shows_all", is_flag=True, help="List every draft that is published.")
@click.pass_obj
def publish(session: Session, pack: str, codes: tuple[str, ...], shows_all: bool) -> int:
    """Make the drafts of PACK current that pass `check`, or those of CODEs alone."""
    from bot.console.publish_command import publish_drafts

    lines, is_whole = publish_drafts(session, pack, codes, shows_all)
    click.echo("\n".join(lines))
    return DONE if is_whole else FAULTS


@click.command("list", cls=Command)
@click.option(
    "--pack", "packs", metavar="PACK", multiple=True, help="Of this pack alone, or of several so named."
)
@click.option("--drafts", is_flag=True, help="Drafts too.")
@click.option("--lang", metavar="LANGUAGE", help="Language of the titles; else FAULTBOOK_LANGUAGE.")
@click.pass_obj
def list_codes(session: Session, packs: tuple[str, ...], drafts: bool, lang: str | None) -> int:
    """List the documented codes with their titles."""
    from bot.console.catalogue import list_entries

    click.echo(list_entries(session, packs, drafts, lang), nl=False)
    return DONE


@click.command(cls=TextCommand)
@click.argument("words", metavar="WORDS...", nargs=-1, required=True)
@click.option("--drafts", is_flag=True, help="Drafts too.")
@click.option("--lang", metavar="LANGUAGE", help="Language of the titles; else FAULTBOOK_LANGUAGE.")
@click.pass_obj
def search(session: Session, words: tuple[str, ...], drafts: bool, lang: str | None) -> int:
    """List the entries that hold all WORDS anywhere in their texts."""
    from bot.console.catalogue import search_entries

    found = search_entries(session, check_words(" ".join(words)), drafts, lang)
    click.echo(found, nl=False)
    return DONE


@click.command(cls=Command)
@click.option("--pack", "packs", metavar="PACK", multiple=True, help="This pack alone, or several so named.")
@click.option("--drafts", is_flag=True, help="Drafts too.")
@click.option(
    "--format",
    "shape",
    type=OneOf(["csv", "json", "markdown", "html"]),
    default="csv",
    help="What is printed (default: csv).",
)
@click.pass_obj
def export(session: Session, packs: tuple[str, ...], drafts: bool, shape: str) -> int:
    """Print the entries as one table; what is exported as CSV, Markdown or HTML imports as unchanged."""
    from bot.console.catalogue import export_table

    click.echo(export_table(session, packs, drafts, shape), nl=False)
    return DONE


@click.command(cls=Command)
@click.argument("old")
@click.argument("new", required=False)
@click.option(
    "--fail-on",
    metavar="KIND,...",
    default="",
    help="Exit with 1 if there are any: wrong, silent, changed, new.",
)
@click.option(
    "--format", "shape", type=OneOf(["text", "markdown", "json"]), help="What is printed (default: text)."
)
@click.pass_obj
def diff(session: Session, old: str, new: str | None, fail_on: str, shape: str | None) -> int:
    """Show what changed from OLD to NEW (the desk's own knowledge): entries, and answers.

    Each is a folder, or a revision of git in which the desk's knowledge folder lies.
    """
    from bot.console.diff_command import compare

    text, is_failed = compare(session, old, new, fail_on, shape or "text")
    click.echo(text, nl=False)
    return FAULTS if is_failed else DONE
