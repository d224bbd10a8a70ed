"""Numbers for whoever runs the desk, as Prometheus reads them. No texts, and no ids of people or channels.

Whoever has something to report is handed one of these methods by app.py, and knows nothing of this module.
Each service has numbers of its own; nothing is global.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram, Metric, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST

# Slack waits three seconds (docs.slack.dev, Events API); the aim is a hundredth of it.
ACKNOWLEDGED = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0)
# A channel takes about one message a second, and after an hour nothing is sent any more.
DELIVERED = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 1800.0, 3600.0)


class Metrics:
    """The numbers of one service."""

    def __init__(self, count_waiting: Callable[[], float], tell_version: Callable[[], str]) -> None:
        """Count from now on.

        What stands elsewhere is asked for at each scrape: `count_waiting` tells how many rows wait in the
        outbox, NaN where nobody can tell; `tell_version` the version of the knowledge that serves.
        """
        self._registry = CollectorRegistry()
        self._verdicts = Counter(
            "faultbook_verdicts",
            "Verdicts on posts and questions; a post that Slack delivers again counts again.",
            ["kind", "surface"],
            registry=self._registry,
        )
        self._deliveries = Counter(
            "faultbook_deliveries",
            "Messages by how they ended; waiting: Slack did not take one, and it is tried again.",
            ["way", "outcome"],
            registry=self._registry,
        )
        self._delivered = Histogram(
            "faultbook_delivery_seconds",
            "From the decision to send a message until Slack has taken it.",
            ["way"],
            buckets=DELIVERED,
            registry=self._registry,
        )
        self._unanswered = Counter(
            "faultbook_questions_over_limit",
            "Questions beyond the limit of a person, which get no answer.",
            ["surface"],
            registry=self._registry,
        )
        self._lost = Counter(
            "faultbook_ledger_lines_lost",
            "Lines of the ledger that were not written, for the database took none; the answers were given.",
            registry=self._registry,
        )
        self._acknowledged = Histogram(
            "faultbook_acknowledgement_seconds",
            "From a request of Slack's until its answer, by the answer's status.",
            ["status"],
            buckets=ACKNOWLEDGED,
            registry=self._registry,
        )
        self._registry.register(_Scraped(count_waiting, tell_version))

    def note_verdict(self, kind: str, surface: str) -> None:
        """Count a verdict."""
        self._verdicts.labels(kind, surface).inc()

    def note_delivery(self, way: str, outcome: str, seconds: float) -> None:
        """Count a message that went by the outbox, or directly; seconds count where it was sent."""
        self._deliveries.labels(way, outcome).inc()
        if outcome == "sent":
            self._delivered.labels(way).observe(seconds)

    def note_over_limit(self, surface: str) -> None:
        """Count a question beyond the limit of a person."""
        self._unanswered.labels(surface).inc()

    def note_lost_lines(self, count: int) -> None:
        """Count lines of the ledger that are lost."""
        self._lost.inc(count)

    def note_acknowledgement(self, status: int, seconds: float) -> None:
        """Count a request that was answered."""
        self._acknowledged.labels(str(status)).observe(seconds)

    def render(self) -> tuple[bytes, str]:
        """Return the numbers as they are now, and their content type."""
        return generate_latest(self._registry), CONTENT_TYPE_LATEST


class _Scraped:
    """What is asked for when somebody reads the numbers."""

    def __init__(self, count_waiting: Callable[[], float], tell_version: Callable[[], str]) -> None:
        self._count_waiting = count_waiting
        self._tell_version = tell_version

    def collect(self) -> Iterator[Metric]:
        """Yield them; called by the registry."""
        yield GaugeMetricFamily(
            "faultbook_outbox_waiting", "Rows of the outbox that wait.", self._count_waiting()
        )
        knowledge = GaugeMetricFamily(
            "faultbook_knowledge_info", "The knowledge that serves: a hash of it.", labels=["hash"]
        )
        knowledge.add_metric([self._tell_version()], 1.0)
        yield knowledge

    def describe(self) -> list[Metric]:
        """Return nothing: asked at registration, which must not wait for the database."""
        return []
