"""Jobs: slow work on Slack that is a row of the outbox, so that it outlives a restart.

A mapping from names to functions says which jobs there are; none is defined here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.outbox.slack_client import SlackClient
from bot.stores.outbox import JOB, OutboxRow

__all__ = ["Job", "OutboxRow", "UnknownJobError", "run_job"]

Job = Callable[[SlackClient, OutboxRow], None]
"""Does what a row asks; its arguments are `row.payload`. It may be called again for the same row, after a
crash or a failure that passes, or beside itself where it takes longer than a lease: doing it twice
must be as good as once. It raises what slack_sdk's client raises, or StoreError: what passes is tried again
later; anything else fails the row."""


class UnknownJobError(Exception):
    """A row asks for a job that nobody registered: another version of the app put it there."""


def run_job(jobs: Mapping[str, Job], client: SlackClient, row: OutboxRow) -> None:
    """Do the job that a row names. Raises UnknownJobError, and what the job raises."""
    job = jobs.get(row.method.removeprefix(JOB))
    if job is None:
        raise UnknownJobError(row.method)
    job(client, row)
