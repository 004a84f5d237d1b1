"""Serves a function of this process to Calibrate: one forked child for every model program that Calibrate starts."""

from __future__ import annotations

import os
import selectors
import signal
import socket
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

Serve = Callable[[BinaryIO, BinaryIO], None]

# How long a look at the sockets may take before the caller gets a look at its own process.
PATIENCE_SECONDS = 0.05


class ForkingServer:
    """Forks on demand, so that the function is served as it is in memory: lambdas and closures need no import and no pickle.

    Every connection is a relay (see relay.py) that hands over the standard streams of a model program. The child answers on them until
    they end. A child lives no longer than its relay, and none outlives :meth:`close`.
    """

    def __init__(self, path: Path, serve: Serve) -> None:
        self.serve = serve
        self.children: dict[socket.socket, int] = {}
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(str(path))
        os.chmod(path, 0o600)
        self.listener.listen()
        self.selector = selectors.DefaultSelector()
        self.selector.register(self.listener, selectors.EVENT_READ)

    def turn(self) -> None:
        """Does what there is to do now, or waits a moment."""
        for key, _ in self.selector.select(PATIENCE_SECONDS):
            if key.fileobj is self.listener:
                self._accept()
            else:
                # relays say nothing after their first message: this one is gone
                self._end(key.fileobj)
        self._reap()

    def close(self) -> None:
        """Ends all children."""
        for connection in list(self.children):
            self._end(connection)
        self.selector.close()
        self.listener.close()

    def _accept(self) -> None:
        connection, _ = self.listener.accept()
        try:
            _, streams, _, _ = socket.recv_fds(connection, 1, 2)
        except OSError:
            streams = []
        if len(streams) != 2:
            # the relay was killed before it could hand anything over
            connection.close()
            return
        # what is in the buffers now would be written twice
        sys.stdout.flush()
        sys.stderr.flush()
        child = os.fork()
        if child == 0:
            self._become_model(connection, streams)
        for descriptor in streams:
            os.close(descriptor)
        self.children[connection] = child
        self.selector.register(connection, selectors.EVENT_READ)

    def _become_model(self, connection: socket.socket, streams: list[int]) -> NoReturn:
        """The child: answers until its input ends, and never returns into the caller's program."""
        status = 1
        try:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            # copies of the sockets would keep relays waiting for a parent that is gone
            for each in (connection, self.listener, *self.children):
                each.close()
            self.selector.close()
            with os.fdopen(streams[0], "rb") as source, os.fdopen(streams[1], "wb") as sink:
                self.serve(source, sink)
            status = 0
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else int(end.code is not None)
        except BrokenPipeError:
            # Calibrate is gone
            status = 0
        except BaseException:
            traceback.print_exc()
        finally:
            try:
                sys.stdout.flush()
                sys.stderr.flush()
            finally:
                os._exit(status & 0xFF)

    def _reap(self) -> None:
        for connection, child in list(self.children.items()):
            finished, status = os.waitpid(child, os.WNOHANG)
            if finished:
                del self.children[connection]
                self._farewell(connection, os.waitstatus_to_exitcode(status))

    def _farewell(self, connection: socket.socket, code: int) -> None:
        self.selector.unregister(connection)
        try:
            # a child that died of a signal has the status that shells give it
            connection.send(bytes([code if code >= 0 else 128 - code]))
        except OSError:
            # the relay went first
            pass
        connection.close()

    def _end(self, connection: Any) -> None:
        child = self.children.pop(connection)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        self.selector.unregister(connection)
        connection.close()
