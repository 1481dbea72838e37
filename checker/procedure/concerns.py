"""Whether a request speaks of procedure at all. Apart from the rest, so that a request that does not costs nothing."""

from __future__ import annotations

from checker.request.model import Request

FORMAL = ("RFA", "UR decision")  # types of papers


def concerns(request: Request) -> bool:
    """Whether the request speaks of procedure at all: a form, a decision, a rebuttal, or one of the first two among its papers."""
    reviewed = request.review or any(item.review for item in request.items)
    formal = any(document.type in FORMAL for document in request.documents)
    return bool(request.rfa or request.imr or request.rebuttal or reviewed or formal)
