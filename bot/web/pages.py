"""The HTTP app: /slack/events for Slack; /healthz, /readyz and /metrics for whoever runs the desk.

Slack's requests go on to `events`, once their signature is found good. It is plain WSGI: four addresses need
no framework, which would take a tenth of a request's time.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from wsgiref.types import WSGIApplication

from werkzeug import Request, Response
from werkzeug.exceptions import MethodNotAllowed, NotFound

from bot.web.signature import AT, SIGNATURE, Signature

MOST_BYTES = 1_000_000  # of a request's body; Slack's are far smaller

READ = ("GET", "HEAD")

Page = Callable[[Request], Response]
Readiness = Callable[[], Mapping[str, bool]]
Notes = Callable[[], Mapping[str, str]]
Metrics = Callable[[], tuple[bytes, str]]


class BoundedRequest(Request):
    """A request with a bounded body: more is answered 413, unread."""

    max_content_length = MOST_BYTES


def build_pages(
    readiness: Readiness,
    events: Page | None = None,
    signature: Signature | None = None,
    *,
    notes: Notes = dict,
    metrics: Metrics | None = None,
) -> WSGIApplication:
    """Return the HTTP app; without `events` and `signature` it has the other pages only.

    `readiness` tells by name what the desk needs and whether it has it; `notes` what is wrong, yet keeps
    nobody from being served; `metrics` the numbers to be scraped, and their content type.
    """

    def show_health(_request: Request) -> Response:
        return _build_json({"alive": True})

    def show_readiness(_request: Request) -> Response:
        checks = dict(readiness())
        ready = all(checks.values())
        return _build_json({"ready": ready, "checks": checks, "notes": dict(notes())}, 200 if ready else 503)

    routes: dict[str, tuple[Sequence[str], Page]] = {
        "/healthz": (READ, show_health),
        "/readyz": (READ, show_readiness),
    }

    if metrics:

        def show_metrics(_request: Request) -> Response:
            numbers, kind = metrics()
            return Response(numbers, content_type=kind)

        routes["/metrics"] = (READ, show_metrics)

    if events and signature:

        def take_event(request: Request) -> Response:
            told = request.headers
            if not signature.is_on(request.get_data(), told.get(AT, ""), told.get(SIGNATURE, "")):
                return Response("the signature is missing, wrong or too old\n", 401)
            return events(request)

        routes["/slack/events"] = (["POST"], take_event)

    @BoundedRequest.application
    def answer(request: Request) -> Response:
        if request.path not in routes:
            raise NotFound
        methods, page = routes[request.path]
        if request.method not in methods:
            raise MethodNotAllowed(methods)
        return page(request)

    return answer


def _build_json(body: Mapping[str, object], status: int = 200) -> Response:
    return Response(json.dumps(body) + "\n", status, mimetype="application/json")
