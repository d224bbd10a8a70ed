"""The HTTP app: /slack/events for Slack; /healthz, /readyz and /metrics for whoever runs the desk.

Slack's requests go on to `events`, once their signature is found good.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Flask, Request, Response, jsonify, request

from bot.web.signature import AT, SIGNATURE, Signature

MOST_BYTES = 1_000_000  # of a request's body; Slack's are far smaller

Events = Callable[[Request], Response]
Readiness = Callable[[], Mapping[str, bool]]
Notes = Callable[[], Mapping[str, str]]
Metrics = Callable[[], tuple[bytes, str]]


def build_pages(
    readiness: Readiness,
    events: Events | None = None,
    signature: Signature | None = None,
    *,
    notes: Notes = dict,
    metrics: Metrics | None = None,
) -> Flask:
    """Return the HTTP app; without `events` and `signature` it has the other pages only.

    `readiness` tells by name what the desk needs and whether it has it; `notes` what is wrong, yet keeps
    nobody from being served; `metrics` the numbers to be scraped, and their content type.
    """
    pages = Flask("faultbook", static_folder=None)
    pages.config["MAX_CONTENT_LENGTH"] = MOST_BYTES  # more is answered 413, unread

    @pages.get("/healthz")
    def show_health() -> Response:
        return jsonify(alive=True)

    @pages.get("/readyz")
    def show_readiness() -> tuple[Response, int]:
        checks = dict(readiness())
        ready = all(checks.values())
        return jsonify(ready=ready, checks=checks, notes=dict(notes())), 200 if ready else 503

    if metrics:

        @pages.get("/metrics")
        def show_metrics() -> Response:
            numbers, kind = metrics()
            return Response(numbers, content_type=kind)

    if events and signature:

        @pages.post("/slack/events")
        def take_event() -> Response:
            told = request.headers
            if not signature.is_on(request.get_data(), told.get(AT, ""), told.get(SIGNATURE, "")):
                return Response("the signature is missing, wrong or too old\n", 401)
            return events(request)

    return pages
