"""The port that only operators reach: each worker has one of its own, with its own metrics."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EADDRINUSE

from prometheus_client import CollectorRegistry, start_http_server

from config.settings import SettingsError

log = logging.getLogger(__name__)

PORTS_TRIED = 64


@contextmanager
def admin_port(registry: CollectorRegistry, host: str, port: int) -> Iterator[int | None]:
    """Serves `GET /metrics` at the first free port from `port` on; 0 serves none.

    Answered by a thread, also while the worker's loop is busy.
    """
    if port == 0:
        yield None
        return
    for number in range(port, min(port + PORTS_TRIED, 2**16)):
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
