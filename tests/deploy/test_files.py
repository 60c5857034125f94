"""Files in `deploy/` match the project: commands, options, settings, ports, roles."""

import functools
import itertools
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from dagster._core.workspace.load_target import WorkspaceFileTarget
from typer.testing import CliRunner

from cli.main import app
from cli.processes.process_supervisor import END_SECONDS
from config.environment import environment
from config.settings import Settings
from dashboard.build import sources
from tests.support.paths import REPOSITORY

DEPLOY = REPOSITORY / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
SETTINGS = {
    str(field.validation_alias or name).upper() for name, field in Settings.model_fields.items()
}
# Variables of third-party programs.
OTHERS = {
    "DAGSTER_HOME",
    "DAGSTER_CODE_HOST",
    "DAGSTER_EVENT_BATCH_SIZE",
    "DAGSTER_GRPC_SHUTDOWN_GRACE_PERIOD",
    "DO_NOT_TRACK",
    "TMPDIR",
}
KEYS = {
    "Description",
    "Documentation",
    "After",
    "Wants",
    "WantedBy",
    "Type",
    "User",
    "Group",
    "WorkingDirectory",
    "EnvironmentFile",
    "Environment",
    "ExecStartPre",
    "ExecStart",
    "CPUWeight",
    "IOWeight",
    "Restart",
    "RestartSec",
    "TimeoutStopSec",
    "StateDirectory",
    "UMask",
    "NoNewPrivileges",
    "ProtectSystem",
    "ProtectHome",
    "PrivateTmp",
    "PrivateDevices",
    "ProtectKernelTunables",
    "ProtectKernelModules",
    "ProtectControlGroups",
    "RestrictAddressFamilies",
    "RestrictSUIDSGID",
    "LockPersonality",
    "CapabilityBoundingSet",
}
PYTHON_PROGRAMS = ("dagster", "dagster-daemon", "dagster-webserver")


def compose() -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    return document


def unit(path: Path) -> dict[str, list[str]]:
    """Returns the values of each key of a systemd unit."""
    values: dict[str, list[str]] = {}
    for line in path.read_text().splitlines():
        if "=" in line and not line.startswith("#"):
            key, _, value = line.partition("=")
            values.setdefault(key, []).append(value)
    return values


def commands() -> list[list[str]]:
    """Returns every command that compose, systemd, the image and Kubernetes start."""
    services = compose()["services"]
    started = [service["command"] for service in services.values() if "command" in service]
    started += [unit(path)["ExecStart"][0].split() for path in UNITS]
    [cmd] = re.findall(r"^CMD (\[.*\])$", (DEPLOY / "Dockerfile").read_text(), re.MULTILINE)
    started.append(yaml.safe_load(cmd))
    values = yaml.safe_load((DEPLOY / "kubernetes" / "values.yaml").read_text())
    started += [workload["command"] for workload in values["workloads"].values()]
    return [[command[0].rpartition("/")[2], *command[1:]] for command in started]


@functools.cache
def help_of(program: str, *subcommand: str) -> str:
    command = [Path(sys.executable).parent / program, *subcommand, "--help"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def variables_of_environment_files() -> set[str]:
    text = (DEPLOY / "agent-analytics.env.example").read_text()
    return set(re.findall(r"^([A-Z_]+)=", text, re.MULTILINE))


def test_every_image_is_pinned_to_a_version() -> None:
    images = [service["image"] for service in compose()["services"].values()]
    images += re.findall(r"^FROM (\S+)", (DEPLOY / "Dockerfile").read_text(), re.MULTILINE)
    assert len(images) == 9
    for image in images:
        assert re.search(r":\d+\.\d+(\.\d+)?(-[a-z-]+)?$", image), image


def test_every_variable_is_a_setting() -> None:
    assert variables_of_environment_files() <= SETTINGS
    example = (REPOSITORY / ".env.example").read_text()
    assert set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE)) == SETTINGS
    services = compose()["services"]
    for name, service in services.items():
        if service["image"].startswith("agent-analytics"):
            assert set(service["environment"]) <= SETTINGS | OTHERS, name
    for path in UNITS:
        for line in unit(path).get("Environment", []):
            assert {pair.partition("=")[0] for pair in line.split()} <= OTHERS, path
    values = yaml.safe_load((DEPLOY / "kubernetes" / "values.yaml").read_text())
    assert set(values["environment"]) | set(values["secrets"]["keys"]) <= SETTINGS | OTHERS


def test_kubernetes_gives_each_pod_a_home_and_dagster_its_configuration() -> None:
    values = yaml.safe_load((DEPLOY / "kubernetes" / "values.yaml").read_text())
    home = values["environment"]["AGENT_ANALYTICS_HOME"]
    assert values["securityContext"]["readOnlyRootFilesystem"]
    assert "/tmp" in values["emptyDirs"]
    pods = {**values["workloads"], **values["jobs"]}
    for name, pod in pods.items():
        volume = [pod["volume"]["mountPath"]] if "volume" in pod else []
        assert home in [*pod.get("emptyDirs", []), *volume], name
        is_dagster = pod["command"][0].startswith("dagster")
        files = {"dagster": f"{values['environment']['DAGSTER_HOME']}/dagster.yaml"}
        assert pod.get("files", {}) == (files if is_dagster else {}), name
    [made] = re.findall(
        r"create configmap (\S+) --from-file (\S+)",
        (DEPLOY / "kubernetes" / "values.yaml").read_text(),
    )
    assert made[0] == values["configMaps"]["dagster"]
    assert (REPOSITORY / made[1]).exists()


def test_the_environment_file_is_a_valid_configuration(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    settings = Settings(_env_file=DEPLOY / "agent-analytics.env.example")
    assert settings.dagster_database_url is not None
    assert settings.jwt_jwks_url is not None
    assert settings.alert_webhook_url is None
    assert settings.api_admin_host == "127.0.0.1"


@pytest.mark.parametrize("command", commands(), ids=" ".join)
def test_every_command_and_option_exists(command: list[str]) -> None:
    program, *arguments = command
    words = [word for word in arguments if not word.startswith("-")]
    options = {word for word in arguments if word.startswith("--")}
    if program == "agent-analytics":
        help_ = CliRunner().invoke(app, [words[0], "--help"], env={"COLUMNS": "200"}).output
    else:
        assert program in PYTHON_PROGRAMS
        subcommand = itertools.takewhile(lambda word: not word.startswith("-"), arguments)
        help_ = help_of(program, *subcommand)
    for option in options:
        assert re.search(rf"{option}\b", help_), (option, help_)


def test_compose_mounts_and_starts_existing_files() -> None:
    document = compose()
    names, volumes = set(document["services"]), set(document["volumes"])
    for name, service in document["services"].items():
        assert set(service.get("depends_on", {})) <= names, name
        for mount in service.get("volumes", []):
            source = mount.split(":")[0]
            assert source in volumes or (DEPLOY / source).exists(), mount
    assert (DEPLOY / document["services"]["api"]["build"]["context"]).resolve() == REPOSITORY


def test_only_the_proxy_is_public_and_hides_the_metrics() -> None:
    services = compose()["services"]
    public = {
        name: [port for port in service.get("ports", []) if not port.startswith("127.0.0.1:")]
        for name, service in services.items()
    }
    assert {name for name, ports in public.items() if ports} == {"proxy"}
    assert services["webserver"]["ports"] == ["127.0.0.1:3000:3000"]
    for path in UNITS:
        for host in re.findall(r"--host (\S+)", unit(path)["ExecStart"][0]):
            assert host == "127.0.0.1", path
    proxy = directives((DEPLOY / "Caddyfile").read_text())
    [site] = [block for name, block in proxy if name.startswith("{$ANALYTICS_DOMAIN")]
    rules = dict(site)
    assert rules["@internal path /metrics /metrics/*"] is None
    assert rules["respond @internal 404"] is None
    targets = {name: block for name, block in site if name.startswith("reverse_proxy")}
    assert list(targets) == ["reverse_proxy {$API_ADDRESS:127.0.0.1:8000}"]
    [upstream] = targets.values()
    assert ("flush_interval -1", None) in upstream
    api = next(path for path in UNITS if path.stem.endswith("-api"))
    assert "--port 8000" in unit(api)["ExecStart"][0]
    assert services["proxy"]["environment"]["API_ADDRESS"] == "api:8000"


def directives(text: str) -> list[tuple[str, Any]]:
    """Parses a Caddyfile into (line, block or None); AssertionError if its braces do not match."""
    stack: list[list[tuple[str, Any]]] = [[]]
    for line in map(str.strip, text.splitlines()):
        if not line or line.startswith("#"):
            continue
        if line == "}":
            assert len(stack) > 1, "unexpected closing brace"
            stack.pop()
        elif line.endswith(" {"):
            block: list[tuple[str, Any]] = []
            stack[-1].append((line.removesuffix(" {"), block))
            stack.append(block)
        else:
            stack[-1].append((line, None))
    assert len(stack) == 1, "missing closing brace"
    return stack[0]


def test_dagster_loads_the_workspace() -> None:
    with environment(DAGSTER_CODE_HOST="code.example"):
        [origin] = WorkspaceFileTarget([str(DEPLOY / "workspace.yaml")]).create_origins()
    assert (origin.host, origin.port) == ("code.example", 4000)  # type: ignore[attr-defined]
    assert origin.location_name == "agent_analytics"


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_a_unit_is_confined_and_stops_in_time(path: Path) -> None:
    values = unit(path)
    assert values["User"] == ["agent-analytics"]
    assert values["NoNewPrivileges"] == values["PrivateTmp"] == ["yes"]
    assert values["ProtectSystem"] == ["strict"]
    assert values["StateDirectory"] == ["agent-analytics"]
    assert int(values["TimeoutStopSec"][0]) >= 20 > END_SECONDS


def test_systemd_accepts_the_units(tmp_path: Path) -> None:
    """Checked by systemd itself if it is installed, else against a list of known keys."""
    copies = []
    for path in UNITS:
        text = path.read_text().replace("/opt/agent-analytics/.venv/bin/", f"{tmp_path}/")
        for program in re.findall(rf"ExecStart={re.escape(str(tmp_path))}/(\S+)", text):
            (tmp_path / program).write_text("#!/bin/sh\n")
            (tmp_path / program).chmod(0o755)
        copies.append(tmp_path / path.name)
        copies[-1].write_text(text)
    assert set().union(*map(unit, UNITS)) <= KEYS
    if verify := shutil.which("systemd-analyze"):
        result = subprocess.run([verify, "verify", *copies], capture_output=True, text=True)
        complaints = [line for line in result.stderr.splitlines() if str(tmp_path) in line]
        assert complaints == []


def test_the_image_copies_every_package_and_source() -> None:
    text = (DEPLOY / "Dockerfile").read_text()
    for line in re.findall(r"^COPY (?!--from)(.*)$", text, re.MULTILINE):
        *names, _ = [word for word in line.split() if not word.startswith("--")]
        for name in names:
            assert (REPOSITORY / name).exists(), name
    copied = [
        REPOSITORY / word
        for line in re.findall(r"^COPY (?!--)(.*)$", text, re.MULTILINE)
        for word in line.split()[:-1]
    ]
    packages = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["tool"]["hatch"]["build"]
    wheel = packages["targets"]["wheel"]
    needed = [*wheel["packages"], *wheel["force-include"]]
    for file in [*sources(), *(REPOSITORY / name for name in needed)]:
        assert any(file.is_relative_to(path) for path in copied), file
    assert "USER agent-analytics" in text
