"""The program as a process: exit codes of `python -m checker`, Ctrl-C, and what a start may import."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("yaml", "jsonschema", "rich", "pypdfium2", "striprtf")
STUB = """
import sys
from datetime import date
from checker import api
from checker.report.model import ItemReport, Report
api.check_file = lambda path, **options: {result}
sys.argv = ["imr-check", *{args!r}]
from checker.__main__ import main
try:
    main()
finally:
    print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)
"""
REPORT = 'Report("r", date(2014, 1, 2), (ItemReport("a", "Hot pack", (), "upheld"),))'


def start(result: str, *args: str) -> subprocess.CompletedProcess[str]:
    """Run the program in a new process with checking replaced; stderr ends with the heavy modules it imported."""
    return subprocess.run([sys.executable, "-c", program(result, *args)], capture_output=True, text=True, check=False)


def program(result: str, *args: str) -> str:
    """The source of a run with checking replaced."""
    return STUB.format(result=result, args=args, heavy=HEAVY)


LIGHT = (["--help"], ["--version"], ["check", "--help"], ["rules", "--help"], ["explain", "met"])


@pytest.mark.parametrize("args", LIGHT)
def test_help_and_version_import_nothing_heavy(args: list[str]) -> None:
    done = start(REPORT, *args)
    assert done.returncode == 0
    assert done.stderr == "[]\n"


def test_json_does_not_import_rich() -> None:
    done = start(REPORT, "--format", "json", __file__)
    assert done.returncode == 1
    assert done.stderr == "[]\n"


def test_the_terminal_report_imports_rich_alone() -> None:
    done = start(REPORT, __file__)
    assert done.returncode == 1
    assert done.stderr == "['rich']\n"


def test_ctrl_c() -> None:
    done = start("exec('raise KeyboardInterrupt')", __file__)
    assert done.returncode == 130
    assert "Traceback" not in done.stderr


def test_a_reader_that_went_away() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-c", program(REPORT, __file__)]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)
    assert done.returncode == 141
    assert "Error" not in done.stderr


def test_a_wrong_command_line_leaves_with_2() -> None:
    done = start(REPORT, "--bogus")
    assert (done.returncode, done.stdout) == (2, "")


def test_python_m_checker() -> None:
    done = subprocess.run([sys.executable, "-m", "checker", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("imr-check ")


def test_json_of_a_real_request_imports_nothing_heavy() -> None:
    example = Path(__file__).parents[2] / "examples" / "seed-003" / "request.yaml"
    real = STUB.replace("api.check_file = lambda path, **options: {result}\n", "")
    heavy = ("rich", "pypdfium2", "striprtf", "jsonschema", "subprocess", "hashlib", "difflib")
    code = real.format(args=("--format", "json", str(example)), heavy=heavy)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert json.loads(done.stdout)["format"] == "imr-check/1"
    assert (done.returncode, done.stderr) == (1, "[]\n")
