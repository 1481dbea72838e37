"""`imr-check rules`: look at the rules, and test them. For those who write rules as well as for those who doubt one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.cli import console
from checker.problem import InputError, Problem, nearest

if TYPE_CHECKING:
    from checker.rulebook.model import Rulebook

FAULTS = 1  # lint or a scenario found something


@click.group("rules", no_args_is_help=False, context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """List, show, match, lint and test the rules."""


@command.command("list")
@click.option("--guideline", help="Only rules of guidelines whose id starts so, as: odg.")
@click.option("--treatment", help="Only rules for this treatment id.")
@console.rules_option
@click.pass_context
def list_rules(ctx: click.Context, guideline: str | None, treatment: str | None, rules: tuple[Path, ...]) -> None:
    """List the rules: id and title."""
    from checker.api import open_rulebook

    found = [
        rule
        for rule in open_rulebook(rules).rules.values()
        if rule.guideline.startswith(guideline or "") and (treatment is None or treatment in rule.scope.treatments)
    ]
    lines = [console.one_line(f"{rule.id}: {rule.title}") for rule in sorted(found, key=lambda rule: rule.id)]
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
        fix = nearest(rule, rulebook.rules)
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
    console.emit("\n".join(lines) + "\n", ctx)


@command.command("lint")
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.pass_context
def lint_rules(ctx: click.Context, folder: Path | None) -> None:
    """Check the rules themselves: those of the program, or a FOLDER laid over them. Exit code 1 for a problem."""
    from checker.api import open_rulebook, rules_folder
    from checker.rulebook.lint import lint

    problems = list(lint(open_rulebook((folder,) if folder else ()), folder or rules_folder()))
    lines = [f"{problem}" for problem in problems]
    count = "No problem" if not problems else f"{len(problems)} {'problem' if len(problems) == 1 else 'problems'}"
    console.emit("\n".join([*(console.one_line(line) for line in lines), f"{count} in the rules."]) + "\n", ctx)
    ctx.exit(FAULTS if problems else 0)


@command.command("test")
@click.argument("target", required=False, metavar="[FOLDER|FILE|RULE]")
@console.rules_option
@click.option("-v", "--verbose", is_flag=True, help="Also the scenarios that pass.")
@click.pass_context
def test_rules(ctx: click.Context, target: str | None, rules: tuple[Path, ...], verbose: bool) -> None:
    """Run the scenarios beside the rules. Exit code 1 if one fails."""
    from checker.api import open_rulebook, rules_folder
    from checker.rulebook.scenarios import run_scenarios

    rulebook = open_rulebook(rules)
    folders = [_scenarios(target, (*rules, rules_folder()))] if target else [*rules] or [rules_folder()]
    outcomes = [outcome for folder in folders for outcome in run_scenarios(rulebook, folder)]
    lines: list[str] = []
    for outcome in outcomes:
        name = f"{outcome.scenario.rule}::{outcome.scenario.name}"
        if outcome.faults:
            lines.append(console.one_line(f"FAILED {name} ({_short(outcome.scenario.file)}:{outcome.scenario.line})"))
            lines += [console.one_line(fault, indent=2) for fault in outcome.faults]
        elif verbose:
            lines.append(console.one_line(f"passed {name}"))
    failed = sum(bool(outcome.faults) for outcome in outcomes)
    lines.append(f"{len(outcomes)} scenarios: {len(outcomes) - failed} passed, {failed} failed.")
    console.emit("\n".join(lines) + "\n", ctx)
    ctx.exit(FAULTS if failed else 0)


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


@command.command("coverage")
@click.option("--on", "day", type=console.day, metavar="YYYY-MM-DD", help="Only rules in force on this day.")
@click.option("-v", "--verbose", is_flag=True, help="Also the treatments that have rules.")
@console.rules_option
@click.pass_context
def coverage(ctx: click.Context, day: date | None, verbose: bool, rules: tuple[Path, ...]) -> None:
    """Show which treatments of the catalogue a rule governs, by category."""
    from checker.api import open_rulebook

    lines = list(_coverage(open_rulebook(rules), day, verbose, console.line_width(None)))
    console.emit("\n".join(lines) + "\n", ctx)


def _coverage(rulebook: Rulebook, day: date | None, verbose: bool, width: int) -> Iterator[str]:
    from checker.engine.governs import in_force

    def governed(name: str) -> bool:
        found = _rules_of(name, rulebook)
        return any(day is None or in_force(rulebook.guidelines[rulebook.rules[rule].guideline], day) for rule in found)

    by_category: dict[str, list[str]] = {}
    for treatment in rulebook.treatments.values():
        by_category.setdefault(treatment.category, []).append(treatment.id)
    covered = [name for name in rulebook.treatments if governed(name)]
    for category, names in sorted(by_category.items()):
        with_rule = [name for name in names if name in covered]
        yield f"{category}: {len(with_rule)} of {len(names)}"
        without = [name for name in names if name not in covered]
        if without:
            yield console.paragraph(", ".join(without), width, 2, "without a rule: ")
        if verbose and with_rule:
            yield console.paragraph(", ".join(with_rule), width, 2, "with a rule: ")
    yield f"{len(covered)} of {len(rulebook.treatments)} treatments have a rule; {len(rulebook.rules)} rules."


def _rules_of(name: str, rulebook: Rulebook) -> list[str]:
    """Rules for a treatment and for the wider treatments it is an example of."""
    from checker.rulebook.kinds import kinds_of

    return [rule for kind in kinds_of(name, rulebook) for rule in rulebook.by_treatment.get(kind, ())]
