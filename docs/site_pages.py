"""Hook of MkDocs: adds a page for every guideline, with its rules and criteria, when the site is built."""

from __future__ import annotations

from typing import Any

from checker.api import open_rulebook
from checker.cli.reference import guideline_pages


def on_files(files: Any, config: Any) -> Any:
    """Add the pages that are too large to keep under version control."""
    from mkdocs.structure.files import File

    for name, text in guideline_pages(open_rulebook()).items():
        files.append(File.generated(config, f"reference/{name}", content=text))
    return files
