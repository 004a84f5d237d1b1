"""sample() with Calibrate itself. Run by the tests of the command line, which say in TEST_CALIBRATE (a JSON list) where it is."""

from __future__ import annotations

import contextlib
import functools
import io
import json
import math
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import unittest
import unittest.mock
from pathlib import Path

from conformance import ROOT

sys.path.insert(0, str(ROOT / "python"))

import calibrate  # noqa: E402

CALIBRATE = json.loads(os.environ["TEST_CALIBRATE"])

# What runs in the background of a shell ignores Ctrl-C, and passes that on to whatever it starts: here it must not be ignored.
INTERRUPTED = """
import json, os, signal, sys, threading, time
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.path.insert(0, {package!r})
import calibrate
started = os.path.join({folder!r}, "started")
def log_prob(x):
    open(started, "w").close()
    time.sleep(0.005)
    return -x * x
calibrate.sample(log_prob, {{"x": (-5, 5)}}, iterations=10**6, walkers=8, ensembles=2, slots=2, calibrate={command!r})
"""


def gaussian(x, y):
    return -0.5 * ((x - 1) ** 2 + ((y + 2) / 0.5) ** 2)


class SampleTests(unittest.TestCase):
    def sample(self, *arguments, **options):
        return calibrate.sample(*arguments, **{"calibrate": CALIBRATE, "walkers": 16, "ensembles": 2, "slots": 2, "seed": 3, **options})

    def test_a_gaussian_has_its_moments_and_a_seed_its_chain(self) -> None:
        def run():
            return self.sample(gaussian, {"x": "uniform(-20, 20)", "y": (-20, 20)}, iterations=1500, derived={"sum": "x + y"})

        result = run()
        for name, mean, sd in (("x", 1.0, 1.0), ("y", -2.0, 0.5), ("sum", -1.0, math.sqrt(1.25))):
            found = result.summary["parameters"][name]
            # six errors: the seed is fixed, and the odds that it is an unlucky one are 2e-9
            self.assertLess(abs(found["mean"] - mean), 6 * found["mcse_mean"])
            self.assertLess(abs(found["sd"] - sd), 0.1 * sd)
            flat = result.flat(name)
            self.assertEqual(2 * 16 * 1200, len(flat))
            self.assertAlmostEqual(found["mean"], sum(flat) / len(flat), places=10)
        x, y = result.draws["x"][1][15][7], result.draws["y"][1][15][7]
        self.assertAlmostEqual(gaussian(x, y) - 2 * math.log(40), result.log_prob[1][15][7], places=12)
        self.assertEqual(list(range(301, 1501)), result.iterations)
        self.assertEqual(result.chain_hash, run().chain_hash)

    def test_what_the_function_raises_fails_its_evaluation_and_minus_infinity_is_impossible(self) -> None:
        def log_prob(x):
            if x < 0:
                raise ValueError("negative")
            return -math.inf if x > 4 else -x

        result = self.sample(log_prob, {"x": (-2, 8)}, iterations=200)
        self.assertGreater(sum(result.summary["failures"].values()), 0)
        self.assertTrue(all(0 <= x <= 4 for x in result.flat("x")))

    def test_a_run_that_is_kept_is_not_repeated_and_can_be_extended(self) -> None:
        with tempfile.TemporaryDirectory() as runs:
            short = self.sample(gaussian, {"x": (-9, 9), "y": (-9, 9)}, iterations=40, runs_dir=runs, name="kept")
            again = self.sample(gaussian, {"x": (-9, 9), "y": (-9, 9)}, iterations=40, runs_dir=runs, name="kept")
            self.assertEqual(short.chain_hash, again.chain_hash)
            self.assertEqual(list(short.flat("x")), list(again.flat("x")))
            longer = self.sample(gaussian, {"x": (-9, 9), "y": (-9, 9)}, iterations=80, runs_dir=runs, name="kept")
            self.assertEqual(longer.chain_hash, self.sample(gaussian, {"x": (-9, 9), "y": (-9, 9)}, iterations=80).chain_hash)

    def test_a_refused_problem_is_told_in_the_words_of_calibrate(self) -> None:
        with self.assertRaisesRegex(calibrate.CalibrateError, "x.*unifrm"):
            self.sample(gaussian, {"x": "unifrm(0, 1)", "y": 0})
        with self.assertRaisesRegex(calibrate.CalibrateError, "there is no program 'nowhere'"):
            self.sample(gaussian, {"x": (0, 1), "y": 0}, calibrate="nowhere")

    def test_ctrl_c_leaves_no_process(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            text = INTERRUPTED.format(package=str(ROOT / "python"), folder=folder, command=CALIBRATE)
            environment = {**os.environ, "TMPDIR": folder}
            process = subprocess.Popen([sys.executable, "-c", text], env=environment, stderr=subprocess.PIPE, start_new_session=True)
            while not (Path(folder) / "started").exists():
                self.assertIsNone(process.poll())
                time.sleep(0.05)
            process.send_signal(signal.SIGINT)
            error = process.communicate(timeout=60)[1].decode()
            self.assertIn("KeyboardInterrupt", error)
            self.assertEqual([], self.processes_that_mention(folder))

    def test_the_example_in_the_documentation(self) -> None:
        text = (ROOT / "docs" / "models" / "python.md").read_text(encoding="utf-8")
        example = re.findall(r"```python\n(.*?)```", text, re.DOTALL)[-1].replace("seed=1,", "seed=1, calibrate=COMMAND,")
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            names = {"COMMAND": CALIBRATE}
            exec(compile(example, "python.md", "exec"), names)
        self.assertRegex(output.getvalue(), r"^True 5\.1\d* [0-9a-f]{64}$")
        self.assertEqual((4, 32, 2400), (len(names["draws"]), len(names["draws"][0]), len(names["draws"][0][0])))

    def test_the_example_in_the_readme(self) -> None:
        section = (ROOT / "README.md").read_text(encoding="utf-8").split("## Your own model")[1].split("\n## ")[0]
        (example,) = re.findall(r"```python\n(.*?)```", section, re.DOTALL)
        output = io.StringIO()
        names = {}
        short = functools.partial(calibrate.sample, calibrate=CALIBRATE, iterations=60, seed=1, slots=2)
        with contextlib.redirect_stdout(output), unittest.mock.patch.object(calibrate, "sample", short):
            exec(compile(example, "README.md", "exec"), names)
        self.assertRegex(output.getvalue(), r"(True|False)$")
        self.assertEqual({"a", "b"}, set(names["result"].draws))

    @staticmethod
    def processes_that_mention(folder: str) -> list[str]:
        found = []
        for path in Path("/proc").glob("[0-9]*"):
            try:
                text = (path / "cmdline").read_bytes() + (path / "environ").read_bytes()
            except OSError:
                continue
            if folder.encode() in text:
                found.append(path.name)
        return found


if __name__ == "__main__":
    unittest.main()
