"""Reports made by hand, one for each state that a reader can meet."""

from __future__ import annotations

from datetime import date

from checker.report.model import (
    Considered,
    CriterionReport,
    EvidenceLine,
    GuidelineReport,
    ItemReport,
    Odds,
    ProcedureLine,
    Remedy,
    Report,
)

RULE = "mtus-chronic-pain-2009/trigger-point-injection"
DAY = date(2013, 11, 4)
GUIDELINE = GuidelineReport(
    "mtus-chronic-pain-2009",
    "mtus-chronic-pain",
    "MTUS Chronic Pain Medical Treatment Guidelines 2009",
    "Trigger point injections",
    "122",
    "mtus",
)
TWITCH_LINE = EvidenceLine(
    "pr2-1023", "palpable trigger points with a twitch response", "twitch-response", "present", 1, 14,
    date(2013, 10, 23),
)  # fmt: skip
CONSIDERED = (
    Considered(RULE, True, "the MTUS is presumed correct; in force on 2013-11-04"),
    Considered("odg/trigger-point-injection", False, "the MTUS comes first"),
)


def criterion(name: str, status: str, **more: object) -> CriterionReport:
    """A criterion of the trigger point rule."""
    values: dict[str, object] = {
        "id": name,
        "rule": RULE,
        "statement": f"The record shows {name.replace('-', ' ')}.",
        "role": "required",
        "status": status,
        "basis": "as_applied",
    }
    return CriterionReport(**(values | more))  # type: ignore[arg-type]


def item(prediction: str, *criteria: CriterionReport, **more: object) -> ItemReport:
    """An item that asks for trigger point injections."""
    values: dict[str, object] = {
        "id": "tpi",
        "request": "Trigger point injections, bilateral thoracic spine",
        "treatments": ("trigger-point-injection",),
        "treatment_labels": ("Trigger point injection",),
        "prediction": prediction,
        "rule": RULE,
        "guideline": GUIDELINE,
        "considered": CONSIDERED,
        "criteria": criteria,
        "odds": Odds(0.043, 0.02, 0.09, "212 letters of 2013-14", (("base rate 9.0%", -2.31), ("silent", -0.79))),
    }
    return ItemReport(**(values | more))  # type: ignore[arg-type]


def report(*items: ItemReport, **more: object) -> Report:
    """A report of one request."""
    return Report(**({"request": "request.yaml", "as_of": DAY, "items": items} | more))  # type: ignore[arg-type]


TWITCH = criterion("twitch-response", "met", evidence=(TWITCH_LINE,))
MET = report(
    item(
        "overturned",
        TWITCH,
        criterion("radiculopathy", "not_documented", role="exclusion"),
        criterion("relief-after-last-injection", "not_applicable", reason="this is a first request"),
        odds=Odds(0.61, 0.4, 0.79, "212 letters of 2013-14"),
    )
)
NOT_MET = report(
    item(
        "upheld",
        TWITCH,
        criterion("failed-therapy", "not_met", remedy="Ask again after therapy.", reason="therapy is said to help"),
        criterion("radiculopathy", "met", role="exclusion", evidence=(TWITCH_LINE,), remedy="Treat the root."),
        criterion("sleep-loss", "not_met", role="supporting"),
        deciding=("failed-therapy", "radiculopathy"),
        remedies=(Remedy("failed-therapy", "Ask again after therapy.", 1, "change"),
                  Remedy("radiculopathy", "Treat the root.", 2, "change")),
        would_turn=("failed-therapy", "radiculopathy"),
    )
)  # fmt: skip
SILENT = report(
    item(
        "upheld",
        TWITCH,
        criterion("active-therapy", "not_documented", remedy="Write the exercise program into the plan."),
        deciding=("active-therapy",),
        remedies=(Remedy("active-therapy", "Write the exercise program into the plan.", 1, "document"),),
        would_turn=("active-therapy",),
    ),
    procedure=(
        ProcedureLine("rfa-signature", "not_met", "The RFA is signed.", "8 CCR 9792.6.1(t)", "Sign the form.", "blank"),
        ProcedureLine("rfa-complete", "met", "The RFA names the treatment.", "8 CCR 9792.6.1(t)"),
    ),
    notices=("page 3 of pr2-1023 could not be read",),
)
CONFLICTING = report(
    item(
        "upheld",
        criterion(
            "twitch-response",
            "conflicting",
            evidence=(TWITCH_LINE, EvidenceLine("consult", "no trigger points", "twitch-response", "absent", 2, 3)),
            reason="papers disagree; decided by kind of paper and date",
            remedy="Say which finding holds today.",
        ),
        remedies=(Remedy("twitch-response", "Say which finding holds today.", 1, "document"),),
        would_turn=("twitch-response",),
    )
)
BARRIER = report(
    item(
        "upheld",
        TWITCH,
        criterion("recommended", "not_met", barrier=True, remedy="Ask for another treatment.", basis="quoted"),
        criterion("function", "not_documented", remedy="Measure function.", basis="recalled (low confidence)"),
        deciding=("recommended",),
        remedies=(Remedy("recommended", "Ask for another treatment.", 1, "barrier"),
                  Remedy("function", "Measure function.", 2, "document")),
    )
)  # fmt: skip
UNDETERMINED = report(
    item(
        "undetermined",
        rule=None,
        guideline=None,
        treatments=(),
        treatment_labels=(),
        considered=(),
        request="Zorblax wrap",
        odds=Odds(basis="no odds: no rule governs this item, and nothing comparable was measured"),
    )
)
SEVERAL = report(
    *MET.items,
    *BARRIER.items,
    item("undetermined", rule=None, guideline=None, considered=CONSIDERED[1:], odds=Odds(), request="Hot pack"),
)
EVIL = "evil \x1b[31mred\x1b[0m \x1b]0;title\x07 \u202egnol\u202c [bold]x[/bold] :smile: \x9b2J\r\n<b>\ud800 | `c` [a](http://x)"
HOSTILE = report(
    item(
        "upheld",
        criterion("active-therapy", "not_documented", statement=EVIL, reason=EVIL, remedy=EVIL,
                  evidence=(EvidenceLine(EVIL, EVIL, EVIL, EVIL, 1, 1),)),
        request=EVIL,
        treatment_labels=(EVIL,),
        considered=(Considered(EVIL, False, EVIL),),
        remedies=(Remedy(EVIL, EVIL, 1, "document"),),
        would_turn=(EVIL,),
        odds=Odds(0.5, 0.1, 0.9, EVIL, ((EVIL, 0.0),)),
    ),
    request=EVIL,
    procedure=(ProcedureLine(EVIL, EVIL, EVIL, EVIL, EVIL, EVIL),),
    notices=(EVIL,),
)  # fmt: skip
STATES = {
    "met": MET,
    "not_met": NOT_MET,
    "silent": SILENT,
    "conflicting": CONFLICTING,
    "barrier": BARRIER,
    "undetermined": UNDETERMINED,
    "several": SEVERAL,
    "hostile": HOSTILE,
}
