"""Examples at the end of every `--help`, by command, for commands whose own help has none. A test takes each of them as
far as its command line."""

from __future__ import annotations

import click

EXAMPLES: dict[str, tuple[tuple[str, str], ...]] = {
    "check": (
        ("imr-check request.yaml", "one request"),
        ("imr-check smith/", "every request of a folder"),
        ("imr-check --format markdown request.yaml", "a report to paste"),
        ("imr-check --watch request.yaml", "again at every change, until Ctrl-C"),
        ("imr-check --as-of 2016-07-28 request.yaml", "by the guidelines of that day"),
        ("imr-check --rules ours/ request.yaml", "with rules of your own"),
    ),
    "new": (
        ("imr-check new", "ask, and write request.yaml here"),
        ("imr-check new --out smith/request.yaml", "ask, and write it there"),
        ("imr-check new --resume smith/request.yaml", "go on with what was begun"),
        ('imr-check new --for "MRI of the left knee" --out knee.yaml', "ask nothing, write a template"),
    ),
    "deadlines": (
        ("imr-check deadlines request.yaml", "what is due when"),
        ("imr-check deadlines --as-of 2016-07-28 request.yaml", "counted as of that day"),
        ("imr-check deadlines request.yaml --ics days.ics", "and as a calendar"),
    ),
    "read": (
        ("imr-check read --format list request.yaml", "what the papers say, to look at"),
        ("imr-check read request.yaml", "the same, to paste"),
        ("imr-check read --format json request.yaml", "for another program"),
    ),
    "explain": (
        ("imr-check explain not documented", "a word of the report"),
        ("imr-check explain trigger-point-injection", "a treatment"),
        ("imr-check explain straight leg raise", "a finding, in usual words"),
        ("imr-check explain odg/ultrasound-guidance", "a rule"),
        ('imr-check explain "odg/ultrasound-guidance#landmark-reason"', "one criterion of it"),
    ),
    "guidelines": (
        ("imr-check guidelines --on 2016-07-28", "all that were in force"),
        ("imr-check guidelines --on 2016-07-28 --topic knee", "only those on the knee"),
    ),
    "formulary show": (
        ("imr-check formulary show Norco --on 2024-03-01", "its status then"),
        ("imr-check formulary show Norco --rules ours/", "by a list you loaded"),
    ),
    "formulary update": (("imr-check formulary update list.csv --out ours/", "load a published list"),),
    "backtest": (("imr-check backtest letters/", "figures of a folder of letters"),),
    "rules list": (("imr-check rules list --treatment mri", "the rules on one treatment"),),
    "rules show": (("imr-check rules show odg/ultrasound-guidance", "one rule with its tests"),),
    "rules match": (('imr-check rules match "EMG/NCV of both arms"', "how words are understood"),),
    "rules new": (("imr-check rules new mri --rules ours/", "a rule to be filled in"),),
    "rules reference": (("imr-check rules reference pages/", "pages about the rules"),),
    "rules coverage": (("imr-check rules coverage --on 2016-07-28", "which treatments have a rule then"),),
    "completion": (
        ("imr-check completion bash", "into ~/.local/share/bash-completion/completions/imr-check"),
        ("imr-check completion zsh", "into _imr-check in a folder of fpath"),
        ("imr-check completion fish", "into ~/.config/fish/completions/imr-check.fish"),
    ),
}
BROADEST = 45  # a longer command line has its meaning on the next line


def add_examples(command: click.Command, path: str) -> None:
    """Put the examples at the end of the help of a command, and of the commands in it."""
    if path in EXAMPLES:
        command.epilog = "\b\nExamples:\n" + "\n".join(_line(*example) for example in EXAMPLES[path])
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            inner.short_help = inner.short_help or _first_sentence(inner.help or "")
            add_examples(inner, f"{path} {name}")


def _first_sentence(text: str) -> str:
    """What stands beside a command in the list of its group, in full: click would cut it to one line."""
    return f"{' '.join(text.partition('.')[0].split())}." if text else ""


def _line(line: str, meaning: str) -> str:
    broadest = BROADEST if len(line) <= BROADEST and len(meaning) < 30 else 0
    return f"  {line.ljust(broadest)}  {meaning}" if broadest else f"  {line}\n      {meaning}"
