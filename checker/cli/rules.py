"""`imr-check rules`: look at the rules, test them, and begin new ones. For those who write rules and those who doubt one."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.cli import console
from checker.cli.mistakes import Group
from checker.problem import InputError, Problem, nearest
from checker.report.safe import clean

if TYPE_CHECKING:
    from checker.rulebook.model import Rule, Rulebook
    from checker.rulebook.scenarios import Outcome

FAULTS = 1  # lint or a scenario found something
format_option = click.option(
    "--format", "form", type=click.Choice(["terminal", "json"]), default="terminal", show_default=True,
    help="Text for a person, or JSON for a program.",
)  # fmt: skip


@click.group("rules", cls=Group, no_args_is_help=True, context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """List, show, match, lint and test the rules, see what they cover, and begin new ones."""


@command.command("list")
@click.option("--guideline", help="Only rules of guidelines whose id starts so, as: odg.")
@click.option("--treatment", help="Only rules for this treatment id.")
@console.rules_option
@click.pass_context
def list_rules(ctx: click.Context, guideline: str | None, treatment: str | None, rules: tuple[Path, ...]) -> None:
    """List the rules: id and title, and the pack that a rule comes from."""
    from checker.api import open_rulebook

    found = [
        rule
        for rule in open_rulebook(rules).rules.values()
        if rule.guideline.startswith(guideline or "") and (treatment is None or treatment in rule.scope.treatments)
    ]
    lines = [
        console.one_line(f"{rule.id}: {rule.title}" + (f" [pack {rule.pack}]" if rule.pack else ""))
        for rule in sorted(found, key=lambda rule: rule.id)
    ]
    console.emit("\n".join([*lines, f"{len(found)} {'rule' if len(found) == 1 else 'rules'}."]) + "\n", ctx)


@command.command("show")
@click.argument("rule")
@console.rules_option
@click.pass_context
def show(ctx: click.Context, rule: str, rules: tuple[Path, ...]) -> None:
    """Show one rule with its criteria, how each is tested, and on what basis."""
    from checker.api import open_rulebook
    from checker.cli.explain import tell_rule

    rulebook = open_rulebook(rules)
    if rule not in rulebook.rules:
        fix = nearest(rule, rulebook.rules) or "All ids: imr-check rules list"
        raise InputError([Problem("rules show", 0, 0, "unknown-rule", f"no rule '{rule}'", "the id of a rule", fix)])
    console.emit("\n".join(tell_rule(rule, rulebook, console.line_width(None))) + "\n", ctx)


@command.command("match")
@click.argument("text")
@console.rules_option
@click.pass_context
def match(ctx: click.Context, text: str, rules: tuple[Path, ...]) -> None:
    """Show which treatments, body parts and quantities the words of an item name."""
    from checker.api import open_rulebook
    from checker.request.model import Item
    from checker.rulebook.match import build_matcher, match_item

    rulebook = open_rulebook(rules)
    asked, shown = match_item(Item(id="item-1", request=text), build_matcher(rulebook))
    labels = [f"{name} ({rulebook.treatments[name].label})" for name in asked.treatments]
    quantities = [f"{value:g} {unit}" for unit, value in asked.quantities.items()]
    facts = (
        ("treatments", labels), ("body parts", asked.body_parts), ("side", [asked.side] if asked.side else []),
        ("quantities", quantities), ("flags", sorted(asked.flags)), ("states", sorted(asked.states)),
        ("words", [f"'{entry.words}' = {entry.kind} {entry.name}" for entry in shown]),
        ("rules", sorted({rule for name in asked.treatments for rule in _rules_of(name, rulebook)})),
    )  # fmt: skip
    width = console.line_width(None)
    lines = [console.paragraph(", ".join(said) or "none", width, lead=f"{name}: ") for name, said in facts]
    if not labels:
        lines.append(console.paragraph(_not_understood(text, rulebook), width))
    console.emit("\n".join(lines) + "\n", ctx)


def _not_understood(text: str, rulebook: Rulebook) -> str:
    """What to do with words that name no known treatment."""
    from checker.interview.steps import nearest_treatments

    near = nearest_treatments(text, rulebook)
    if near:
        return f"Nearest: {', '.join(near)}. If one is meant, state it with the item: treatment: {near[0]}"
    return "No treatment that the program knows is named here; no rule will judge such an item."


def _rules_of(name: str, rulebook: Rulebook) -> list[str]:
    """Rules for a treatment and for the wider treatments it is an example of."""
    from checker.rulebook.kinds import kinds_of

    return [rule for kind in kinds_of(name, rulebook) for rule in rulebook.by_treatment.get(kind, ())]


@command.command("lint")
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--explain", metavar="ID", help="Say what a check of lint looks for, and why; `all` lists every id.")
@click.pass_context
def lint_rules(ctx: click.Context, folder: Path | None, explain: str | None) -> None:
    """Check the rules themselves: those of the program, or a FOLDER laid over them. Exit code 1 for a problem.

    \b
      imr-check rules lint                      the packaged rules
      imr-check rules lint my-pack              a pack of your own
      imr-check rules lint --explain never-met  what an id means
    """
    if explain is not None:
        console.emit(_explained(explain), ctx)
        return
    from checker.api import rules_folder
    from checker.rulebook.lint import lint

    problems = lint((rules_folder(), folder) if folder else (rules_folder(),), date.today())
    lines = [console.one_line(_told(problem)) for problem in problems]
    count = "No problem" if not problems else f"{len(problems)} {'problem' if len(problems) == 1 else 'problems'}"
    lines.append(f"{count} in the rules.")
    if problems:
        lines.append("What an id in brackets means, and what to do: imr-check rules lint --explain ID")
    console.emit("\n".join(lines) + "\n", ctx)
    ctx.exit(FAULTS if problems else 0)


def _explained(name: str) -> str:
    from checker.rulebook.lint.catalogue import CHECKS, explained

    if name == "all":
        return "".join(f"{check}: {about.finds}\n" for check, about in CHECKS.items())
    if name not in CHECKS:
        found, fix = f"no check '{name}'", nearest(name, CHECKS)
        raise InputError([Problem("rules lint", 0, 0, "unknown-check", found, "an id of --explain all", fix)])
    return explained(name)


def _told(problem: Problem) -> str:
    place = f"{_short(Path(problem.file))}:{problem.line}:{problem.column}"
    told = f"{place}: [{problem.code}] {problem.found}; expected {problem.expected}"
    return f"{told}. {problem.fix}" if problem.fix else f"{told}."


@command.command("test")
@click.argument("target", required=False, metavar="[PACK|FOLDER|FILE|RULE]")
@console.rules_option
@click.option("-v", "--verbose", is_flag=True, help="Also the scenarios that pass.")
@format_option
@click.pass_context
def test_rules(ctx: click.Context, target: str | None, rules: tuple[Path, ...], verbose: bool, form: str) -> None:
    """Run the scenarios beside the rules. Exit code 1 if one fails.

    \b
      imr-check rules test              all packaged rules
      imr-check rules test odg/tens     one rule
      imr-check rules test my-pack      a pack of your own, laid over the packaged rules
    """
    from checker.api import open_rulebook, rules_folder
    from checker.rulebook.scenarios import run_scenarios

    folders = [_scenarios(target, (*rules, rules_folder()))] if target else [*rules] or [rules_folder()]
    rulebook = open_rulebook((*rules, *_pack(folders, (*rules, rules_folder()))))
    outcomes = [outcome for folder in folders for outcome in run_scenarios(rulebook, folder)]
    failed = sum(bool(outcome.faults) for outcome in outcomes)
    if form == "json":
        console.emit(json.dumps(_as_data(outcomes), indent=2) + "\n", ctx)
    else:
        lines = [line for outcome in outcomes for line in _outcome(outcome, verbose)]
        lines.append(f"{len(outcomes)} scenarios: {len(outcomes) - failed} passed, {failed} failed.")
        console.emit("\n".join(lines) + "\n", ctx)
    ctx.exit(FAULTS if failed else 0)


def _outcome(outcome: Outcome, verbose: bool) -> list[str]:
    """A scenario that fails with all it expects beside what was found, or one line for one that passes."""
    name = f"{outcome.scenario.rule}::{outcome.scenario.name}"
    if not outcome.faults:
        return [console.one_line(f"passed {name}")] if verbose else []
    lines = [console.one_line(f"FAILED {name} ({_short(outcome.scenario.file)}:{outcome.scenario.line})")]
    told = sum(not entry.agrees for entry in outcome.compared)  # the last faults say what the table shows
    lines += [console.one_line(fault, indent=2) for fault in outcome.faults[: len(outcome.faults) - told]]
    wide = max((len(entry.name) for entry in outcome.compared), default=0)
    for entry in outcome.compared:
        name, expected, found = (clean(text) for text in (entry.name, entry.expected, entry.found))
        reason = f"  ({clean(entry.reason)})" if entry.reason else ""
        mark = " " if entry.agrees else "!"
        lines.append(f"    {mark} {name:<{wide}}  expected {expected:<14}  found {found:<14}{reason}".rstrip())
    return lines


def _as_data(outcomes: Sequence[Outcome]) -> dict[str, object]:
    scenarios = [
        {
            "rule": outcome.scenario.rule, "name": outcome.scenario.name, "file": str(outcome.scenario.file),
            "line": outcome.scenario.line, "passed": not outcome.faults, "faults": list(outcome.faults),
            "compared": [
                {"name": entry.name, "expected": entry.expected, "found": entry.found, "reason": entry.reason}
                for entry in outcome.compared
            ],
        }
        for outcome in outcomes
    ]  # fmt: skip
    failed = sum(bool(outcome.faults) for outcome in outcomes)
    counts = {"passed": len(outcomes) - failed, "failed": failed}
    return {"format": "imr-check-scenarios/1", **counts, "scenarios": scenarios}


def _short(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def _scenarios(target: str, folders: tuple[Path, ...]) -> Path:
    """The folder or scenario file that a path or a rule id names. Raises InputError."""
    path = Path(target)
    inside = [place for folder in folders for place in (folder / f"{target}.test.yaml", folder / target)]
    for place in (path, *inside):
        if place.is_dir() or (place.name.endswith(".test.yaml") and place.is_file()):
            return place
    if path.suffix == ".yaml" and path.with_suffix(".test.yaml").is_file():
        return path.with_suffix(".test.yaml")
    expected = "a folder of rules, a *.test.yaml file or the id of a rule that has one"
    raise InputError([Problem(target, 0, 0, "no-scenarios", "no scenarios found", expected)])


def _pack(targets: Sequence[Path], known: Sequence[Path]) -> tuple[Path, ...]:
    """A target that is a pack of its own: a folder with a vocabulary, outside the folders that are laid already."""
    return tuple(
        target
        for target in targets
        if (target / "guidelines.yaml").is_file()
        and not any(target.resolve().is_relative_to(folder.resolve()) for folder in known)
    )


@command.command("coverage")
@click.option("--on", "day", type=console.day, metavar="YYYY-MM-DD", help="Only rules in force on this day.")
@click.option("-v", "--verbose", is_flag=True, help="Also every branch that no scenario reaches.")
@console.rules_option
@format_option
@click.pass_context
def coverage(ctx: click.Context, day: date | None, verbose: bool, rules: tuple[Path, ...], form: str) -> None:
    """Show what the rules cover, and what their scenarios reach.

    Which criteria and branches (met, not_met, not_documented) no scenario brings about; rules, criteria, sources and basis
    by guideline and by service category; and how much of what is disputed has a rule. With --rules: of the packs only.
    """
    from checker.api import open_rulebook, rules_folder
    from checker.cli.coverage_table import told
    from checker.rulebook.coverage import cover, to_dict
    from checker.rulebook.scenarios import run_scenarios

    rulebook = open_rulebook(rules)
    outcomes = [outcome for folder in rules or (rules_folder(),) for outcome in run_scenarios(rulebook, folder)]
    chosen = [rule for rule in rulebook.rules.values() if _counts(rule, rulebook, day, bool(rules))]
    found = cover(rulebook, chosen, outcomes)
    if form == "json":
        console.emit(json.dumps(to_dict(found), indent=2) + "\n", ctx)
    else:
        console.emit("\n".join(told(found, verbose, bool(rules), console.line_width(None))) + "\n", ctx)


def _counts(rule: Rule, rulebook: Rulebook, day: date | None, packs_only: bool) -> bool:
    from checker.engine.governs import in_force

    if packs_only and not rule.pack:
        return False
    return day is None or in_force(rulebook.guidelines[rule.guideline], day)


@command.command("new")
@click.argument("treatment")
@click.option(
    "--guideline", metavar="ID", help="Guideline of the rule; without: one in force with rules for such services."
)
@console.rules_option
@click.pass_context
def new_rule(ctx: click.Context, treatment: str, guideline: str | None, rules: tuple[Path, ...]) -> None:
    """Write a rule for TREATMENT and its scenarios, to be filled in where they say TODO.

    The files go to the last --rules DIR, else to the rules of a checkout.
    """
    from checker.api import open_rulebook, rules_folder
    from checker.rulebook.template import skeleton

    folder = rules[-1] if rules else rules_folder()
    package = Path(__file__).parent.parent
    if folder.is_relative_to(package):
        expected = "--rules DIR with the folder of your own rules"
        raise InputError([Problem("rules new", 0, 0, "installed", "the rules of an installed program", expected)])
    in_checkout = folder.resolve().is_relative_to(package.parent)
    schemas = os.path.relpath(package / "rulebook", folder / "guideline") if in_checkout else ""
    begun = skeleton(treatment, guideline, open_rulebook(rules), date.today(), schemas)
    lines = [f"Guideline: {begun.rule.split('/')[0]} ({begun.why})."]
    for name, text in begun.files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        lines.append(f"Written: {_short(path)}, {text.count('TODO')} to-dos.")
    if not guideline:
        lines.append("If it is silent on the service, delete both files and name another: --guideline odg.")
    lines.append("Next: fill in the to-dos, then `imr-check rules test` and `imr-check rules lint`.")
    console.emit("\n".join(console.one_line(line) for line in lines) + "\n", ctx)


@command.command("reference")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--full", is_flag=True, help="Also one page for each guideline, with its rules and criteria.")
@console.rules_option
@click.pass_context
def reference(ctx: click.Context, folder: Path, full: bool, rules: tuple[Path, ...]) -> None:
    """Write reference pages in Markdown to FOLDER, from the rules as they are."""
    from checker.api import open_rulebook
    from checker.cli.reference import guideline_pages, index_pages

    rulebook = open_rulebook(rules)
    pages = {**index_pages(rulebook), **(guideline_pages(rulebook) if full else {})}
    for name, text in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    console.emit(f"{len(pages)} pages written to {folder}.\n", ctx)
