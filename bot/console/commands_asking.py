"""The commands of who asks: ask, show, preview.

Modules that only one command needs are imported in that command, so that a cold question stays quick.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from bot.console.completion import (
    complete_answer_languages,
    complete_codes,
    complete_files,
    complete_languages,
    complete_packs,
)
from bot.console.exit_codes import DONE, INTERRUPTED
from bot.console.intake import STDIN, check_words, read_pipe, read_text
from bot.console.session import AUTO, Session
from bot.console.usage import OneOf, TextCommand, refuse_together
from bot.desk import Mode
from bot.errors import InputError
from bot.replies.sentences import ConsoleSentence

if TYPE_CHECKING:
    from bot.console.preview import Format


@click.command(cls=TextCommand)
@click.argument("text", nargs=-1)
@click.option(
    "--lang",
    metavar="LANGUAGE",
    shell_complete=complete_answer_languages,
    help="Language of the answer; auto (default): the question's.",
)
@click.option(
    "--mode", type=OneOf(["ask", "watch"]), default="ask", help="watch: speak on strong evidence only."
)
@click.option("--eager", is_flag=True, help="In watch mode, take weaker evidence too.")
@click.option("--format", "shape", type=OneOf(["text", "json"]), help="What is printed (default: text).")
@click.option("--explain", is_flag=True, help="Show how the verdict came about.")
@click.option("--drafts", is_flag=True, help="Answer from drafts, too.")
@click.option(
    "--batch",
    metavar="FILE",
    shell_complete=complete_files,
    help="Answer questions in JSON lines; - is standard input.",
)
@click.option(
    "--pack",
    "packs",
    metavar="PACK",
    multiple=True,
    shell_complete=complete_packs,
    help="Ask this pack alone, or several so named.",
)
@click.pass_obj
def ask(
    session: Session,
    text: tuple[str, ...],
    lang: str | None,
    mode: Mode,
    eager: bool,
    shape: str | None,
    explain: bool,
    drafts: bool,
    batch: str | None,
    packs: tuple[str, ...],
) -> int:
    """Ask about a code, an error message or what goes wrong.

    Without TEXT it reads a pipe, or on a terminal asks you question by question.
    """
    from bot.console.ask_command import AskCommand

    session.drafts = drafts
    if batch is not None:
        # --eager is for the lines in watch mode, whatever the mode of the others is.
        others = (("TEXT", text), ("--explain", explain), ("--format", shape), ("--lang", lang))
        refuse_together("--batch", *others)
        return _ask_batch(session, batch, mode, eager, packs)
    if shape == "json":
        refuse_together("--format json", ("--explain", explain))
    if eager and mode != "watch":
        raise InputError(ConsoleSentence.USAGE_ONLY_WITH, option="--eager", other="--mode watch")
    command = AskCommand(
        session, AUTO if lang is None else lang, mode, eager, shape == "json", explain, packs
    )
    if not text and sys.stdin.isatty():
        return DONE if command.ask_in_a_loop() else INTERRUPTED
    question = check_words(" ".join(text)) if text else read_pipe(sys.stdin.buffer)
    if not question.strip():
        raise InputError(ConsoleSentence.QUESTION_EMPTY)
    command.ask_once(question)
    return DONE


@click.command(cls=TextCommand)
@click.argument("codes", metavar="CODE...", nargs=-1, required=True, shell_complete=complete_codes)
@click.option(
    "--lang",
    metavar="LANGUAGE",
    shell_complete=complete_languages,
    help="Language of the entry; else FAULTBOOK_LANGUAGE.",
)
@click.option("--format", "shape", type=OneOf(["text", "json"]), help="What is printed (default: text).")
@click.pass_obj
def show(session: Session, codes: tuple[str, ...], lang: str | None, shape: str | None) -> int:
    """Show the entries of codes, without asking."""
    from bot.console.ask_command import show_entries

    show_entries(session, codes, lang, shape == "json")
    return DONE


@click.command(cls=TextCommand)
@click.argument("code", shell_complete=complete_codes)
@click.option(
    "--lang",
    metavar="LANGUAGE",
    shell_complete=complete_languages,
    help="Language of the card; else FAULTBOOK_LANGUAGE.",
)
@click.option(
    "--format", "shape", type=OneOf(["text", "slack", "html"]), default="text", help="What is printed."
)
@click.pass_obj
def preview(session: Session, code: str, lang: str | None, shape: Format) -> int:
    """Show the card of CODE (or of PACK/CODE) as Slack shows it.

    text (the default) is what notifications and screen readers get; slack prints the blocks, to be pasted
    into Block Kit Builder; html prints a page for a browser.
    """
    from bot.console.preview import preview as build_preview

    click.echo(build_preview(session, code, lang, shape))
    return DONE


def _ask_batch(session: Session, path: str, mode: Mode, eager: bool, packs: tuple[str, ...]) -> int:
    from bot.console.batch import answer_batch

    if path == STDIN and sys.stdin.isatty():
        click.echo(session.say(ConsoleSentence.BATCH_FROM_TERMINAL), err=True)
    packs = session.check_packs(packs)
    click.echo(answer_batch(read_text(path), path, session.desk, mode, eager, packs), nl=False)
    return DONE
