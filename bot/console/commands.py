"""The table of commands: each with its summary, its options, and the function that does the work.

Help and docs/cli.md are made from it. Modules that only one command needs are imported in that command, so
that a cold question stays quick.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping

import click

from bot.console.intake import STDIN, check_words, find_path, read_pipe, read_text
from bot.console.session import AUTO, Session
from bot.console.usage import Command, CommandGroup, OneOf, TextCommand, refuse_together
from bot.desk import Mode
from bot.errors import InputError
from bot.knowledge.folder import find_knowledge, is_installed
from bot.replies.sentences import Sentence

NAME = "faultbook"
DONE, FAULTS, WRONG, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 130, 141

EXIT_CODES: Mapping[int, str] = {
    DONE: "Done.",
    FAULTS: "Done, and something is wrong: `check`, `doctor` or `eval` found faults.",
    WRONG: "Not done: the input or a setting is wrong. Standard error says what to do.",
    INTERRUPTED: "Ended by Ctrl-C.",
    PIPE_CLOSED: "Whoever read the output ended before it did.",
}


@click.group(
    cls=CommandGroup, context_settings={"help_option_names": ["-h", "--help"]}, invoke_without_command=True
)
@click.version_option(package_name=NAME, message="%(prog)s %(version)s")
@click.pass_context
def commands(context: click.Context) -> int:
    """The error-code desk: what an error means, its likely cause, and what to do."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
    return DONE


@commands.command(cls=TextCommand)
@click.argument("text", nargs=-1)
@click.option("--lang", metavar="auto|en|zh", help="Language of the answer; auto (default): the question's.")
@click.option(
    "--mode", type=OneOf(["ask", "watch"]), default="ask", help="watch: speak on strong evidence only."
)
@click.option("--eager", is_flag=True, help="In watch mode, take weaker evidence too.")
@click.option("--format", "shape", type=OneOf(["text", "json"]), help="What is printed (default: text).")
@click.option("--explain", is_flag=True, help="Show how the verdict came about.")
@click.option("--batch", metavar="FILE", help="Answer questions in JSON lines; - is standard input.")
@click.option(
    "--pack", "packs", metavar="PACK", multiple=True, help="Ask this pack alone, or several so named."
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
    batch: str | None,
    packs: tuple[str, ...],
) -> int:
    """Ask about a code, an error message or what goes wrong.

    Without TEXT it reads a pipe, or on a terminal asks you question by question.
    """
    from bot.console.ask_command import AskCommand

    if batch is not None:
        # --eager is for the lines in watch mode, whatever the mode of the others is.
        others = (("TEXT", text), ("--explain", explain), ("--format", shape), ("--lang", lang))
        refuse_together("--batch", *others)
        return _ask_batch(session, batch, mode, eager, packs)
    if shape == "json":
        refuse_together("--format json", ("--explain", explain))
    if eager and mode != "watch":
        raise InputError(Sentence.USAGE_ONLY_WITH, option="--eager", other="--mode watch")
    command = AskCommand(
        session, AUTO if lang is None else lang, mode, eager, shape == "json", explain, packs
    )
    if not text and sys.stdin.isatty():
        return DONE if command.ask_in_a_loop() else INTERRUPTED
    question = check_words(" ".join(text)) if text else read_pipe(sys.stdin.buffer)
    if not question.strip():
        raise InputError(Sentence.QUESTION_EMPTY)
    command.ask_once(question)
    return DONE


@commands.command(cls=TextCommand)
@click.argument("codes", metavar="CODE...", nargs=-1, required=True)
@click.option("--lang", metavar="en|zh", help="Language of the entry; else FAULTBOOK_LANGUAGE.")
@click.option("--format", "shape", type=OneOf(["text", "json"]), help="What is printed (default: text).")
@click.pass_obj
def show(session: Session, codes: tuple[str, ...], lang: str | None, shape: str | None) -> int:
    """Show the entries of codes, without asking."""
    from bot.console.ask_command import show_entries

    show_entries(session, codes, lang, shape == "json")
    return DONE


@commands.command(cls=Command)
@click.argument("path", required=False)
@click.pass_obj
def check(session: Session, path: str | None) -> int:
    """Check knowledge: a folder, a pack or a file (the desk's own folder, if no PATH is given)."""
    from bot.console.checking import check_target
    from bot.console.paths import show_path

    checked = check_target(session, path)
    for problem in checked.problems:
        click.echo(str(problem))
    if checked.problems:
        click.echo(session.say(Sentence.CHECK_FAILED, count=len(checked.problems)), err=True)
    elif checked.is_complete:
        click.echo(session.say(Sentence.CHECK_PASSED))
    if checked.elsewhere:
        key = Sentence.CHECK_ELSEWHERE if checked.is_complete else Sentence.CHECK_INCOMPLETE
        values = {"path": show_path(checked.root), "count": len(checked.elsewhere)}
        click.echo(session.say(key, **values), err=True)
    return FAULTS if checked.problems or not checked.is_complete else DONE


@commands.command(cls=Command)
@click.argument("folder")
@click.pass_obj
def init(session: Session, folder: str) -> int:
    """Copy the built-in knowledge into FOLDER, to be edited there."""
    import shlex

    from bot.authoring.copy_out import copy_knowledge

    target = find_path(folder)
    count = copy_knowledge(find_knowledge(None), target)
    click.echo(session.say(Sentence.INIT_COPIED, count=count, path=folder))
    click.echo(session.say(Sentence.INIT_NEXT, path=shlex.quote(str(target.absolute()))))
    return DONE


@commands.command(cls=TextCommand)
@click.argument("code")
@click.option("--pack", metavar="PACK", help="The pack to add it to; needed where several have no primary.")
@click.pass_obj
def new(session: Session, code: str, pack: str | None) -> int:
    """Write an empty entry for CODE, with every field explained."""
    from bot.authoring.scaffold import scaffold

    if is_installed(session.root):
        raise InputError(Sentence.NEW_INSTALLED, path=session.root)
    if pack is None:
        known = [pack.id for pack in session.knowledge.packs.values() if not pack.primary]
        if len(known) != 1:
            raise InputError(Sentence.USAGE_ARGUMENT_MISSING, name="--pack")
        pack = known[0]
    path = scaffold(session.root, pack, code.lstrip("-"))
    click.echo(session.say(Sentence.NEW_WRITTEN, path=path))
    click.echo(session.say(Sentence.NEW_NEXT))
    return DONE


@commands.command("eval", cls=Command)
@click.argument("files", metavar="[FILE]...", nargs=-1)
@click.option("--leave-out", is_flag=True, help="Leave each entry's phrases out in turn.")
@click.option("--show", "most", metavar="N", help="How many confusions to list (default: 20); -1: all.")
@click.option(
    "--fail-under",
    metavar="PERCENT",
    help="Exit with 1 if fewer of all answers are right; else: if one is wrong.",
)
@click.option("--format", "shape", type=OneOf(["text", "json"]), help="What is printed (default: text).")
@click.pass_obj
def evaluate(
    session: Session,
    files: tuple[str, ...],
    leave_out: bool,
    most: str | None,
    fail_under: str | None,
    shape: str | None,
) -> int:
    """Measure the answers to the questions in FILES (the packs' golden questions, if none is named).

    The exit code is 1 if a question is answered wrongly, or a known failure fails no more. Offers and silence
    are not answers; --fail-under counts them.
    """
    from bot.console.measuring import evaluate_answers

    if shape == "json":
        refuse_together("--format json", ("--show", most is not None))
    text, shortcomings = evaluate_answers(session, files, leave_out, most, fail_under, shape == "json")
    click.echo(text, nl=False)
    for shortcoming in shortcomings:
        click.echo(shortcoming, err=True)
    return FAULTS if shortcomings else DONE


@commands.command(cls=Command)
@click.argument("files", metavar="[FILE]...", nargs=-1)
@click.option("--folds", metavar="N", help="Into how many folds the entries are dealt (default: 5).")
@click.option("--seed", metavar="N", help="Deals the folds (default: 1).")
@click.option("--curve", metavar="FILE", help="Where to write coverage and precision by threshold, as JSON.")
@click.pass_obj
def tune(
    session: Session, files: tuple[str, ...], folds: str | None, seed: str | None, curve: str | None
) -> int:
    """Choose the thresholds by the questions in FILES (the packs' golden questions, if none is named)."""
    from bot.console.measuring import tune_thresholds

    click.echo(tune_thresholds(session, files, folds, seed, curve), nl=False)
    return DONE


@commands.command(cls=Command)
@click.option("--http", is_flag=True, help="Serve by HTTP only; SLACK_APP_TOKEN mustn't be set.")
@click.option("--socket", is_flag=True, help="Serve by Socket Mode only; SLACK_APP_TOKEN must be set.")
@click.pass_obj
def serve(session: Session, http: bool, socket: bool) -> int:
    """Answer in Slack, until Ctrl-C: by Socket Mode if SLACK_APP_TOKEN is set, else by HTTP."""
    if http:
        refuse_together("--http", ("--socket", socket))
    from bot.console.serving import serve as serve_slack

    serve_slack(session, True if socket else False if http else None)
    return DONE


@commands.command(cls=Command)
@click.pass_obj
def doctor(session: Session) -> int:
    """Examine settings, knowledge, database and Slack, and say what to do about what is wrong."""
    from bot.console.serving import examine
    from bot.replies.findings import list_findings

    found = examine(session)
    click.echo("\n".join(list_findings(found, session.say)))
    return FAULTS if any(finding.state == "wrong" for finding in found) else DONE


@commands.command(cls=Command)
@click.pass_obj
def migrate(session: Session) -> int:
    """Create or update the tables of the database that DATABASE_URL names."""
    from bot.stores.database import open_database

    database = open_database(session.settings.database_url.reveal())
    revisions = database.migrate()
    key = Sentence.MIGRATED if revisions else Sentence.MIGRATED_ALREADY
    click.echo(session.say(key, database=database, revisions=", ".join(revisions)))
    database.close()
    return DONE


@commands.command(cls=Command)
@click.option("--http", metavar="URL", help="For HTTP, with the address at which Slack reaches the desk.")
@click.option("--socket", is_flag=True, help="For Socket Mode (default).")
def manifest(http: str | None, socket: bool) -> int:
    """Print the manifest to create the Slack app from."""
    import json

    from bot.manifest import build_manifest

    if http is not None:
        refuse_together("--http", ("--socket", socket))
    click.echo(json.dumps(build_manifest(http), ensure_ascii=False, indent=2))
    return DONE


def _ask_batch(session: Session, path: str, mode: Mode, eager: bool, packs: tuple[str, ...]) -> int:
    from bot.console.batch import answer_batch

    if path == STDIN and sys.stdin.isatty():
        click.echo(session.say(Sentence.BATCH_FROM_TERMINAL), err=True)
    packs = session.check_packs(packs)
    click.echo(answer_batch(read_text(path), path, session.desk, mode, eager, packs), nl=False)
    return DONE
