"""The commands of who writes knowledge: check, init, new, schema, eval, tune."""

from __future__ import annotations

import click

from bot.console.completion import complete_files, complete_folders, complete_packs
from bot.console.exit_codes import DONE, FAULTS
from bot.console.intake import find_path
from bot.console.session import Session
from bot.console.usage import Command, OneOf, TextCommand, refuse_together
from bot.errors import InputError
from bot.knowledge.folder import find_knowledge, is_installed
from bot.knowledge.kinds import KINDS, Kind
from bot.replies.sentences import AuthoringSentence, ImportSentence


@click.command(cls=Command)
@click.argument("path", required=False, shell_complete=complete_files)
@click.option("--complete", is_flag=True, help="Take what is still to be written for a fault, too.")
@click.pass_obj
def check(session: Session, path: str | None, complete: bool) -> int:
    """Check knowledge: a folder, a pack or a file (the desk's own folder, if no PATH is given)."""
    from bot.console.checking import check_target
    from bot.console.paths import show_path

    checked = check_target(session, path, complete)
    for problem in checked.problems:
        click.echo(str(problem))
    if checked.problems:
        click.echo(session.say(AuthoringSentence.CHECK_FAILED, count=len(checked.problems)), err=True)
    elif checked.is_complete:
        click.echo(session.say(AuthoringSentence.CHECK_PASSED))
    if checked.to_do:
        click.echo(session.say(ImportSentence.CHECK_TO_DO, count=len(checked.to_do)), err=True)
    if checked.drafts:
        click.echo(session.say(ImportSentence.CHECK_DRAFTS, count=len(checked.drafts)), err=True)
    if checked.elsewhere:
        key = AuthoringSentence.CHECK_ELSEWHERE if checked.is_complete else AuthoringSentence.CHECK_INCOMPLETE
        values = {"path": show_path(checked.root), "count": len(checked.elsewhere)}
        click.echo(session.say(key, **values), err=True)
    return FAULTS if checked.problems or not checked.is_complete else DONE


@click.command(cls=Command)
@click.argument("folder", shell_complete=complete_folders)
@click.pass_obj
def init(session: Session, folder: str) -> int:
    """Copy the built-in knowledge into FOLDER, to be edited there."""
    import shlex

    from bot.authoring.copy_out import copy_knowledge

    target = find_path(folder)
    count = copy_knowledge(find_knowledge(None), target)
    click.echo(session.say(AuthoringSentence.INIT_COPIED, count=count, path=folder))
    click.echo(session.say(AuthoringSentence.INIT_NEXT, path=shlex.quote(str(target.absolute()))))
    return DONE


@click.command(cls=TextCommand)
@click.argument("code")
@click.option(
    "--pack",
    metavar="PACK",
    shell_complete=complete_packs,
    help="The pack to add it to; needed where several have no primary.",
)
@click.pass_obj
def new(session: Session, code: str, pack: str | None) -> int:
    """Write an empty entry for CODE, with every field explained."""
    from bot.authoring.scaffold import scaffold

    if is_installed(session.root):
        raise InputError(AuthoringSentence.NEW_INSTALLED, path=session.root)
    if pack is None:
        known = [pack.id for pack in session.knowledge.packs.values() if not pack.primary]
        if len(known) != 1:
            raise InputError(AuthoringSentence.NEW_PACK_MISSING, known=", ".join(known))
        pack = known[0]
    path = scaffold(session.root, pack, code)
    click.echo(session.say(AuthoringSentence.NEW_WRITTEN, path=path))
    click.echo(session.say(AuthoringSentence.NEW_NEXT))
    return DONE


@click.command(cls=Command)
@click.argument("kind", required=False, type=OneOf(KINDS))
@click.pass_obj
def schema(session: Session, kind: Kind | None) -> int:
    """Print the JSON Schema of a KIND of knowledge file, for editors.

    Without KIND, write all of them into the knowledge folder, where the files' first lines point.
    """
    from bot.knowledge.load import load_languages
    from bot.knowledge.schema_files import FOLDER, put_schemas, write_schema

    languages = load_languages(session.root, session.settings.file_limit)
    if kind:
        click.echo(write_schema(kind, languages), nl=False)
        return DONE
    if is_installed(session.root):
        raise InputError(AuthoringSentence.NEW_INSTALLED, path=session.root)
    put_schemas(session.root, languages)
    click.echo(session.say(AuthoringSentence.SCHEMAS_WRITTEN, path=session.root / FOLDER))
    return DONE


@click.command("eval", cls=Command)
@click.argument("files", metavar="[FILE]...", nargs=-1, shell_complete=complete_files)
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


@click.command(cls=Command)
@click.argument("files", metavar="[FILE]...", nargs=-1, shell_complete=complete_files)
@click.option("--folds", metavar="N", help="Into how many folds the entries are dealt (default: 5).")
@click.option("--seed", metavar="N", help="Deals the folds (default: 1).")
@click.option(
    "--curve",
    metavar="FILE",
    shell_complete=complete_files,
    help="Where to write coverage and precision by threshold, as JSON.",
)
@click.option(
    "--weights",
    metavar="FILE",
    shell_complete=complete_files,
    help="Fit the weights of measures, choose the thresholds by them, and write both to FILE (needs SciPy).",
)
@click.pass_obj
def tune(
    session: Session,
    files: tuple[str, ...],
    folds: str | None,
    seed: str | None,
    curve: str | None,
    weights: str | None,
) -> int:
    """Choose the thresholds by the questions in FILES (the packs' golden questions, if none is named)."""
    from bot.console.measuring import tune_thresholds, tune_weights

    if weights is not None:
        refuse_together("--weights", ("--curve", curve is not None))
        click.echo(tune_weights(session, files, folds, seed, weights), nl=False)
        return DONE
    click.echo(tune_thresholds(session, files, folds, seed, curve), nl=False)
    return DONE
