from __future__ import annotations

import os
import signal
import sys
import tempfile
import time
import unittest
from pathlib import Path

from conformance import ROOT, SAMPLES, Program

sys.path.insert(0, str(ROOT / "python"))

import calibrate  # noqa: E402
from calibrate.forking import ForkingServer  # noqa: E402
from calibrate.model import connect  # noqa: E402

RELAY = Path(calibrate.__file__).with_name("relay.py")


class ForkingServerTests(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.socket = Path(folder.name) / "socket"
        self.programs: list[Program] = []
        # the environment rather than an argument: that is how sample() tells the relay
        os.environ["PYTHON_MODEL_SOCKET"] = str(self.socket)
        self.addCleanup(os.environ.pop, "PYTHON_MODEL_SOCKET")

    def serve(self, function) -> ForkingServer:
        def serve(source, sink) -> None:
            # this process is Calibrate's stand-in too: copies of its ends of the pipes would keep them from ending
            for program in self.programs:
                program.process.stdin.close()
            connect(source, sink, function, log_density=True, batch=4, name="f")

        server = ForkingServer(self.socket, serve)
        self.addCleanup(server.close)
        return server

    def start(self, server: ForkingServer) -> Program:
        known = len(server.children)
        program = Program([sys.executable, str(RELAY)], self.socket.parent)
        self.programs.append(program)
        self.addCleanup(program.close)
        # before that: nobody turns the server any more, and relays wait for it
        self.addCleanup(server.close)
        self.until(server, lambda: len(server.children) > known)
        return program

    def until(self, server: ForkingServer, holds) -> None:
        deadline = time.monotonic() + 60
        while not holds():
            self.assertLess(time.monotonic(), deadline)
            server.turn()

    def test_a_closure_is_served_as_it_is_in_memory_to_several_programs(self) -> None:
        offset = 40
        server = self.serve(lambda point: point["x"] + offset)
        first, second = self.start(server), self.start(server)
        for program in (first, second):
            program.shake_hands(["x"])
        self.assertEqual([[42.0]], first.evaluate([[2]]))
        self.assertEqual([[43.0], [44.0]], second.evaluate([[3], [4]]))
        self.assertEqual(0o600, self.socket.stat().st_mode & 0o777)

    def test_a_child_ends_with_its_input_and_its_relay_with_it(self) -> None:
        server = self.serve(lambda point: 1.0)
        program = self.start(server)
        program.shake_hands([])
        program.process.stdin.close()
        self.until(server, lambda: not server.children)
        self.assertEqual(0, program.process.wait(60))

    def test_the_status_of_a_function_that_exits_reaches_calibrate(self) -> None:
        server = self.serve(lambda point: sys.exit(9))
        program = self.start(server)
        program.shake_hands([])
        program.tell({"id": 1, "points": [[]]})
        self.until(server, lambda: not server.children)
        self.assertEqual(9, program.process.wait(60))

    def test_a_child_that_was_killed_has_the_status_of_a_signal(self) -> None:
        server = self.serve(lambda point: os.kill(os.getpid(), signal.SIGKILL))
        program = self.start(server)
        program.shake_hands([])
        program.tell({"id": 1, "points": [[]]})
        self.until(server, lambda: not server.children)
        self.assertEqual(137, program.process.wait(60))

    def test_a_killed_relay_takes_its_hanging_child_with_it(self) -> None:
        server = self.serve(lambda point: time.sleep(3600))
        program = self.start(server)
        program.shake_hands([])
        program.tell({"id": 1, "points": [[]]})
        child = next(iter(server.children.values()))
        program.process.kill()
        self.until(server, lambda: not server.children)
        with self.assertRaises(ProcessLookupError):
            os.kill(child, 0)

    def test_nothing_outlives_the_server(self) -> None:
        server = self.serve(lambda point: time.sleep(3600))
        program = self.start(server)
        program.shake_hands([])
        child = next(iter(server.children.values()))
        server.close()
        with self.assertRaises(ProcessLookupError):
            os.kill(child, 0)
        self.assertEqual(1, program.process.wait(60))
        self.assertIn("is gone", program.close()[1])

    def test_a_relay_without_a_server_says_so(self) -> None:
        status, error = Program([sys.executable, str(RELAY)], self.socket.parent).close()
        self.assertEqual(1, status)
        self.assertIn("cannot be reached", error)


class CopiesTests(unittest.TestCase):
    def test_the_package_has_the_helper_of_the_samples(self) -> None:
        # files of a problem lie below its folder, so samples need their own copy
        sample = SAMPLES / "models" / "python" / "calibrate_model.py"
        self.assertEqual(sample.read_bytes(), (ROOT / "python" / "calibrate" / "model.py").read_bytes())


if __name__ == "__main__":
    unittest.main()
