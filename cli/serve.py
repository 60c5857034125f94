"""Command `serve`: runs the API under uvicorn, which imports it by name."""

import socket
from contextlib import closing, suppress
from importlib import resources

import uvicorn

from cli.processes.process_supervisor import ProcessSupervisor, interrupt_on_signals
from cli.tokens import use_development_secret
from config.settings import Settings
from config.user_error import UserError
from warehouse.databases import open_databases

APPLICATION = "api.app:create_app"
# Limit for clients that do not read the end of their stream.
SHUTDOWN_SECONDS = 4


def serve(settings: Settings, host: str, port: int, workers: int) -> None:
    """Runs until it is stopped. Raises SettingsError or UserError if it cannot start."""
    use_development_secret(settings)
    log_config = str(resources.files("api") / "observability" / "logging.json")
    uvicorn.Config(APPLICATION, factory=True, log_config=None).load()
    # Stopping is no failure: uvicorn sends the answers in progress, then the exit code is 0.
    with suppress(KeyboardInterrupt), interrupt_on_signals(), open_databases(settings) as databases:
        databases.require_api_urls()
        if not is_free(host, port):
            raise UserError(f"port {port} of {host} is in use: choose another --port")
        if workers == 1:
            uvicorn.run(
                APPLICATION,
                factory=True,
                host=host,
                port=port,
                access_log=False,
                log_config=log_config,
                log_level=settings.api_log_level,
                timeout_graceful_shutdown=SHUTDOWN_SECONDS,
            )
            return
        # Uvicorn's workers outlive a uvicorn that is killed, so the process reaper ends them.
        options = ["--host", host, "--port", str(port), "--workers", str(workers)]
        options += ["--timeout-graceful-shutdown", str(SHUTDOWN_SECONDS)]
        options += ["--no-access-log", "--log-config", log_config]
        options += ["--log-level", settings.api_log_level]
        with ProcessSupervisor(settings.home / "logs", {}) as services:
            services.run("uvicorn", ["-m", "uvicorn", "--factory", APPLICATION, *options])


def is_free(host: str, port: int) -> bool:
    """Returns whether a server can listen on this address now."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM
        )[0]
    except OSError as error:
        raise UserError(f"host {host}: {error.strerror}") from None
    with closing(socket.socket(family, kind, protocol)) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(address)
        except OSError:
            return False
        return True
