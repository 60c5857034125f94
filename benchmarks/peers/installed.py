"""Installation of the peers' programs in this folder, from their own locks, on first use."""

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent
PYTHON = FOLDER / "python"
POSTGRAPHILE = FOLDER / "node_modules" / ".bin" / "postgraphile"
DLT_PYTHON = FOLDER / "dlt_python"
ROAPI = PYTHON / "bin" / "roapi"


def install() -> None:
    """Needs npm; nothing of it touches the project's own environment or locks."""
    if not POSTGRAPHILE.exists():
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=FOLDER, check=True)
    if not ROAPI.exists():
        subprocess.run([sys.executable, "-m", "venv", str(PYTHON)], check=True)
        pip = [str(PYTHON / "bin" / "pip"), "install", "--quiet", "--require-hashes"]
        subprocess.run([*pip, "--requirement", str(FOLDER / "requirements.lock")], check=True)


def install_dlt() -> Path:
    """Returns dlt's Python; creates its environment from `dlt.lock` on first use."""
    python = DLT_PYTHON / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(DLT_PYTHON)], check=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", "--require-hashes"]
        subprocess.run([*pip, "--requirement", str(FOLDER / "dlt.lock")], check=True)
    return python
