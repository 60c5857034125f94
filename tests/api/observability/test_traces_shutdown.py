"""A worker that shuts down does not wait for an unresponsive collector."""

import socket

from api.observability.traces import tracing


def connections(server: socket.socket) -> int:
    """How many were opened to it so far; it answers none of them."""
    server.setblocking(False)
    found = 0
    try:
        while True:
            server.accept()[0].close()
            found += 1
    except BlockingIOError:
        return found


def test_not_every_batch_that_waits_is_tried_at_a_collector_that_hangs() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=16) as server:
        with tracing(f"http://127.0.0.1:{server.getsockname()[1]}") as tracer:
            assert tracer is not None
            for _ in range(2048):  # four batches
                tracer.start_span("request").end()
        assert 1 <= connections(server) < 4
