"""The samples in C++ and R, spoken to directly."""

from __future__ import annotations

import math
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from conformance import SAMPLES, Program, bits

CPP = SAMPLES / "models" / "cpp"
R = SAMPLES / "models" / "r"


@unittest.skipIf(shutil.which("g++") is None, "g++ is not installed")
class OscillatorTests(unittest.TestCase):
    names = ["amplitude", "frequency", "damping"]

    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = tempfile.TemporaryDirectory()
        cls.program = str(Path(cls.folder.name) / "oscillator")
        command = ["g++", "-O2", "-std=c++17", "-Wall", "-Wextra", "-Werror", "-o", cls.program, str(CPP / "oscillator.cpp")]
        subprocess.run(command, check=True, timeout=120)

    @classmethod
    def tearDownClass(cls) -> None:
        cls.folder.cleanup()

    def start(self) -> Program:
        program = Program([self.program], CPP)
        self.addCleanup(program.close)
        return program

    def test_all_three_kinds_of_damping_solve_the_equation(self) -> None:
        program = self.start()
        hello = program.shake_hands(self.names, ["displacement"])
        self.assertEqual((64, 200), (hello["batch"], program.count))
        points = [[10.0, 3.0, damping] for damping in (0.0, 0.4, 3.0, 5.0)]
        h = hello["outputs"][0]["axis"][1]
        for (amplitude, frequency, damping), x in zip(points, program.evaluate(points)):
            self.assertEqual(amplitude, x[0])
            for before, now, after in zip(x, x[1:], x[2:]):
                # central differences err by h^2 / 12 of the fourth derivative, which is at most of the order of amplitude frequency^4
                residual = (after - 2 * now + before) / h**2 + damping * (after - before) / h + frequency**2 * now
                self.assertLess(abs(residual), 20.0 * h**2 / 12 * amplitude * max(frequency, 2 * damping) ** 4)

    def test_bits_do_not_depend_on_the_batch_and_a_bad_point_fails_alone(self) -> None:
        program = self.start()
        program.shake_hands(self.names)
        good = [[1.0 + i / 7, 1e-3 * (1 + i), 1e-5] for i in range(64)]
        alone = [program.evaluate([point])[0] for point in good]
        self.assertEqual([bits(each) for each in alone], [bits(each) for each in program.evaluate(good)])
        mixed = program.evaluate([good[0], [1, -1, 0], good[1]])
        self.assertEqual("frequency must be positive, damping not negative", mixed[1])
        self.assertEqual(bits(alone[1]), bits(mixed[2]))

    def test_other_parameters_and_outputs_are_refused(self) -> None:
        self.assertIn("amplitude, frequency, damping", self.start().shake_hands(["damping", "amplitude"])["error"])
        self.assertIn("displacement", self.start().shake_hands(self.names, ["velocity"])["error"])
        self.assertIn("base64", self.start().shake_hands(self.names, encodings=["json"])["error"])


@unittest.skipIf(shutil.which("Rscript") is None, "Rscript is not installed")
class DecayTests(unittest.TestCase):
    def test_the_model_in_R(self) -> None:
        with Program(["Rscript", "decay.R"], R) as program:
            program.shake_hands(["background", "activity", "rate"], ["counts"])
            self.assertEqual(25, program.count)
            points = [[8, 120.5, 0.2], [1e-5, 2, -1], [0.1, 1e300, 0]]
            decay, error, constant = program.evaluate(points)
            for hour, counts in enumerate(decay):
                self.assertTrue(math.isclose(8 + 120.5 * math.exp(-0.2 * hour), counts, rel_tol=1e-14))
            self.assertEqual("rate must not be negative", error)
            self.assertEqual(25 * [1e300], constant)
            self.assertEqual(bits(decay), bits(program.evaluate(points[:1])[0]))
            self.assertEqual((0, ""), program.close())

    def test_other_parameters_are_refused(self) -> None:
        with Program(["Rscript", "decay.R"], R) as program:
            self.assertIn("activity, rate, background", program.shake_hands(["rate"])["error"])


if __name__ == "__main__":
    unittest.main()
