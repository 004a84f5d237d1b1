from __future__ import annotations

import sys
import unittest

from conformance import HELPER, SAMPLES, bits, python

sys.path.insert(0, str(HELPER))

import two_layer  # noqa: E402

FORCING = str(SAMPLES / "climate" / "data" / "ar6_erf_1750-2019.csv")
POINT = {"lambda0": 1.3, "eta": 0.7, "epsilon": 1.3, "cs": 8.0, "cd": 100.0, "a": 0.0, "aerosol_scale": 0.8}


class TwoLayerTests(unittest.TestCase):
    def setUp(self) -> None:
        self.model = two_layer.TwoLayerModel(FORCING, ["aerosol"])

    def test_a_year_as_a_matrix_is_ten_steps(self) -> None:
        rates = two_layer.Rates(POINT)
        by_steps = two_layer.by_steps(rates, self.model.total)
        by_matrix = two_layer.by_matrix(rates, self.model.total)
        for expected, found in zip(by_steps, by_matrix):
            self.assertLess(max(abs(x - y) for x, y in zip(expected, found)), 1e-14)

    def test_a_constant_forcing_ends_in_the_equilibrium(self) -> None:
        # F = (lambda0 - a T) T: with a feedback that weakens, the smaller root
        for slope, temperature in ((0.0, 2.0 / 1.25), (0.1, (1.25 - (1.25**2 - 4 * 0.1 * 2.0) ** 0.5) / 0.2)):
            rates = two_layer.Rates({**POINT, "lambda0": 1.25, "a": slope, "cd": 10.0})
            surface, deep = two_layer.states(rates, 2000 * [2.0])
            self.assertAlmostEqual(temperature, surface[-1], places=12)
            self.assertAlmostEqual(temperature, deep[-1], places=12)

    def test_the_program_answers_with_the_function_whatever_it_evaluates_together(self) -> None:
        names = ["lambda0", "eta", "cs", "aerosol_scale"]
        points = [[1.0 + 0.1 * i, 0.7, 8.0, 0.5 + 0.1 * i] for i in range(4)]
        with python(HELPER / "two_layer.py", FORCING, "aerosol") as program:
            hello = program.shake_hands(names, ["heat_content", "surface_temperature"])
            self.assertEqual(["surface_temperature", "heat_content"], [output["name"] for output in hello["outputs"]])
            together = program.evaluate(points)
            alone = [program.evaluate([point])[0] for point in points]
        outputs = [self.model.evaluate({**POINT, **dict(zip(names, point))}) for point in points]
        expected = [output["surface_temperature"] + output["heat_content"] for output in outputs]
        self.assertEqual([bits(each) for each in expected], [bits(each) for each in together])
        self.assertEqual([bits(each) for each in expected], [bits(each) for each in alone])

    def test_an_unknown_agent_ends_the_program_with_its_name(self) -> None:
        status, error = python(HELPER / "two_layer.py", FORCING, "argon").close()
        self.assertEqual(1, status)
        self.assertIn("argon", error)


if __name__ == "__main__":
    unittest.main()
