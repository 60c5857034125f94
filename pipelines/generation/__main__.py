"""Writes the generated regions of the repository's files: `python -m pipelines.generation`."""

import json
import tempfile
from pathlib import Path

from config.paths import ROOT
from config.settings import Settings
from pipelines.dbt_project import manifest_path
from pipelines.generation.regions import RegionError, render_files
from pipelines.generation.renderers import renderers
from pipelines.publishing.metric_catalogue import DefinitionError


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        manifest = json.loads(manifest_path(Settings(_env_file=None, home=Path(home))).read_text())
    try:
        rendered = render_files(ROOT, renderers(manifest))
    except (DefinitionError, RegionError) as error:
        raise SystemExit(f"error: {error}") from error
    for path, text in rendered.items():
        if path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
