"""Generated regions of SQL, Python and documents match the metrics of the dbt YAML."""

from pathlib import Path
from typing import Any

import pytest

from config.paths import ROOT
from pipelines.generation.regions import RegionError, render_files
from pipelines.generation.renderers import renderers

pytest_plugins = ("tests.support.fixtures.catalogue",)


def test_generated_regions_are_up_to_date(manifest: dict[str, Any]) -> None:
    rendered = render_files(ROOT, renderers(manifest))
    assert rendered
    stale = [path.name for path, text in rendered.items() if path.read_text() != text]
    assert stale == [], "run `make generate`"


def document(root: Path, text: str) -> Path:
    (root / "docs").mkdir()
    path = root / "docs" / "page.md"
    path.write_text(text)
    return path


def test_only_the_lines_of_a_region_are_replaced(tmp_path: Path) -> None:
    before = "One\n\n  <!-- generated: list a b -->\nold\n  <!-- end generated -->\nLast\n"
    path = document(tmp_path, before)
    rendered = render_files(tmp_path, {"list": lambda *words: [*words, ""]})
    assert rendered == {path: before.replace("old\n", "  a\n  b\n\n")}


def test_a_list_that_continues_ends_in_a_comma(tmp_path: Path) -> None:
    path = document(tmp_path, "-- generated: list a, b ...\n-- end generated\nc\n")
    rendered = render_files(tmp_path, {"list": lambda *words: words})
    assert rendered[path] == "-- generated: list a, b ...\na,\nb,\n-- end generated\nc\n"


@pytest.mark.parametrize("text", ["# generated: other\n# end generated\n", "# generated: list\n"])
def test_a_region_without_renderer_or_end_is_named(tmp_path: Path, text: str) -> None:
    document(tmp_path, f"One\n{text}")
    with pytest.raises(RegionError, match=r"docs/page\.md:2: no renderer"):
        render_files(tmp_path, {"list": list})


def test_a_region_that_begins_inside_another_is_named(tmp_path: Path) -> None:
    document(tmp_path, "# generated: list\nmine\n# generated: list\n# end generated\n")
    with pytest.raises(RegionError, match=r"docs/page\.md:3: the region above has no end"):
        render_files(tmp_path, {"list": list})
