"""Names that a request uses exist in the rulebook: treatments, findings, body parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from checker.problem import Problem, nearest
from checker.request.load import LoadedRequest
from checker.rulebook.model import Rulebook
from checker.yamlfile import Path_


def check_names(loaded: LoadedRequest, rulebook: Rulebook) -> list[Problem]:
    """A problem for every unknown name, at its place, with the nearest known one."""
    return [
        Problem(
            loaded.file.name, *loaded.file.place(path), kind, f"{kind} {name}", f"a known {kind}", nearest(name, known)
        )
        for kind, name, path, known in _used(loaded, rulebook)
        if name not in known
    ]


def _used(loaded: LoadedRequest, rulebook: Rulebook) -> Iterator[tuple[str, str, Path_, Mapping[str, object]]]:
    request = loaded.request
    for number, item in enumerate(request.items):
        for name in item.treatments:
            yield "treatment", name, ("items", number, "treatment"), rulebook.treatments
        for name in item.body_parts:
            yield "body part", name, ("items", number, "body_parts"), rulebook.body_parts
    for name in (*request.injury.body_parts, *request.injury.accepted):
        yield "body part", name, ("injury", "body_parts"), rulebook.body_parts
    for number, finding in enumerate(request.findings):
        yield "finding", finding.finding, ("findings", number, "finding"), rulebook.findings
        if finding.body_part:
            yield "body part", finding.body_part, ("findings", number, "body_part"), rulebook.body_parts
    for number, prior in enumerate(request.prior_treatments):
        yield "treatment", prior.treatment, ("prior_treatments", number, "treatment"), rulebook.treatments
        if prior.body_part:
            yield "body part", prior.body_part, ("prior_treatments", number, "body_part"), rulebook.body_parts
