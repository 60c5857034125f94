"""Admin port for operators: each worker serves its own metrics on a port of its own."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EADDRINUSE

from prometheus_client import CollectorRegistry, start_http_server

from config.settings import SettingsError

log = logging.getLogger(__name__)

MAX_PORTS = 64


@contextmanager
def admin_port(registry: CollectorRegistry, host: str, port: int) -> Iterator[int | None]:
    """Serves `GET /metrics` on the first free port from `port` up; 0 serves none.

    A thread of its own answers, also while the event loop is busy.
    """
    if port == 0:
        yield None
        return
    for number in range(port, min(port + MAX_PORTS, 2**16)):
        try:
            server, thread = start_http_server(number, host, registry)
        except OSError as error:
            if error.errno == EADDRINUSE:
                continue
            raise SettingsError(f"API_ADMIN_HOST: {host}: {error.strerror}") from error
        break
    else:
        raise SettingsError(f"API_ADMIN_PORT: no free port from {port} up")
    log.info("metrics at http://%s:%d/metrics", host, number)
    try:
        yield number
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
