"""Generated regions: the lines of a file between `generated: NAME ARGUMENTS` and `end generated`.

Both are comments of the file's language. The renderer of that name writes the lines between them
from the metric catalogue; the rest of the file is written by hand. If a list continues after its
region, the region begins with `generated: NAME ARGUMENTS ...` and ends in a comma.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

FOLDERS = ("api", "dashboard/src", "dbt_project", "docs", "pipelines", "trends", "warehouse")
SUFFIXES = {".md", ".py", ".sql", ".ts"}
BEGIN = re.compile(r"(?P<indent> *)(?:--|#|//|<!--) generated: (?P<words>[^>]*?)(?: -->)?")
END = re.compile(r" *(?:--|#|//|<!--) end generated(?: -->)?")

Renderer = Callable[..., Iterable[str]]


class RegionError(ValueError):
    """A region without renderer or end; the message names the file and the line."""


def render_files(root: Path, renderers: Mapping[str, Renderer]) -> dict[Path, str]:
    """Returns the new text of each file below `root` that has a generated region."""
    rendered = {}
    for path in _files(root):
        text = path.read_text(encoding="utf-8")
        lines = list(_render(text.splitlines(), str(path.relative_to(root)), renderers))
        if lines != text.splitlines() or any(map(BEGIN.fullmatch, lines)):
            rendered[path] = "\n".join(lines) + "\n"
    return rendered


def _files(root: Path) -> Iterator[Path]:
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in SUFFIXES and "target" not in path.parts:
                yield path


def _render(lines: list[str], file: str, renderers: Mapping[str, Renderer]) -> Iterator[str]:
    is_inside = False
    for number, line in enumerate(lines, 1):
        if END.fullmatch(line):
            is_inside = False
        if is_inside:
            if BEGIN.fullmatch(line):
                raise RegionError(f"{file}:{number}: the region above has no end")
            continue
        yield line
        if begin := BEGIN.fullmatch(line):
            is_inside = True
            name, *arguments = begin["words"].split()
            if name not in renderers or not any(map(END.fullmatch, lines[number:])):
                raise RegionError(f"{file}:{number}: no renderer {name}, or no end of the region")
            is_continued = arguments[-1:] == ["..."]
            rendered = "\n".join(renderers[name](*arguments[: -1 if is_continued else None]))
            yield from _indented(f"{rendered}{',' if is_continued else ''}", begin["indent"])


def _indented(text: str, indent: str) -> Iterator[str]:
    for line in text.split("\n"):
        yield f"{indent}{line}".rstrip()
