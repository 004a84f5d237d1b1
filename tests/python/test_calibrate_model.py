from __future__ import annotations

import math
import tempfile
import textwrap
import unittest
from pathlib import Path

from conformance import HELPER, Program, bits, python

AWKWARD = [0.1, 1 / 3, -0.0, 5e-324, 1.7976931348623157e308, 2.0**53 + 2, 123456789.123456789]


class CalibrateModelTests(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        (self.folder / "calibrate_model.py").write_bytes((HELPER / "calibrate_model.py").read_bytes())

    def program(self, text: str) -> Program:
        path = self.folder / "model.py"
        path.write_text("from calibrate_model import serve\n" + textwrap.dedent(text))
        program = python(path)
        self.addCleanup(program.close)
        return program

    def test_numbers_keep_their_bits_in_both_encodings(self) -> None:
        for encodings in (["json"], ["json", "base64"]):
            program = self.program("serve(lambda p: [p['a'], p['b']], outputs=['x', 'y'], batch=8)")
            hello = program.shake_hands(["a", "b"], encodings=encodings)
            self.assertEqual(encodings[-1], hello["encoding"])
            points = [[value, -value] for value in AWKWARD]
            self.assertEqual([bits(point) for point in points], [bits(result) for result in program.evaluate(points)])

    def test_whole_numbers_arrive_as_floats(self) -> None:
        program = self.program("serve(lambda p: p['n'] if type(p['n']) is float else 'no float', outputs=['n'])")
        program.shake_hands(["n"])
        self.assertEqual([[2.0]], program.evaluate([[2]]))

    def test_what_a_model_prints_goes_to_the_log(self) -> None:
        program = self.program(
            """
            import os, subprocess
            print("before", flush=True)
            def model(p):
                print('{"id": 1}')
                os.write(1, b"raw\\n")
                subprocess.run(["echo", "child"])
                return 1
            serve(model, outputs=["y"])
            """
        )
        program.shake_hands([])
        self.assertEqual([[1.0]], program.evaluate([[]]))
        self.assertEqual(["before\n"], program.noise)
        status, error = program.close()
        self.assertEqual(0, status)
        for text in ('{"id": 1}', "raw", "child"):
            self.assertIn(text, error)

    def test_a_model_cannot_read_the_requests(self) -> None:
        program = self.program("import sys; serve(lambda p: len(sys.stdin.read()), outputs=['y'])")
        program.shake_hands([])
        self.assertEqual([[0.0]], program.evaluate([[]]))

    def test_an_exception_fails_its_point_only_and_is_logged_once(self) -> None:
        program = self.program("serve(lambda p: 1 / p['x'], outputs=['y'], batch=3)")
        program.shake_hands(["x"])
        self.assertEqual([[0.5], "ZeroDivisionError: float division by zero", [0.25]], program.evaluate([[2], [0], [4]]))
        self.assertEqual("ZeroDivisionError: float division by zero", program.evaluate([[0]])[0])
        self.assertEqual(1, program.close()[1].count("Traceback"))

    def test_an_error_of_several_lines_becomes_one_of_limited_length(self) -> None:
        program = self.program("def model(p): raise ValueError('two\\nlines ' + 10000 * 'x')\nserve(model, outputs=['y'])")
        program.shake_hands([])
        error = program.evaluate([[]])[0]
        self.assertTrue(error.startswith("ValueError: two lines xxx"))
        self.assertEqual(500, len(error))

    def test_outputs_come_as_a_dictionary_or_as_one_sequence(self) -> None:
        for result in ("{'n': 7, 'y': (1, 2, None)}", "[[1, 2, None], 7]", "(1, 2, float('nan'), 7)"):
            program = self.program(f"serve(lambda p: {result}, outputs={{'y': [0, 1, 2], 'n': None}})")
            hello = program.shake_hands([])
            self.assertEqual([{"name": "y", "axis": [0.0, 1.0, 2.0]}, {"name": "n"}], hello["outputs"])
            values = program.evaluate([[]])[0]
            self.assertTrue(math.isnan(values[2]))
            self.assertEqual([1.0, 2.0, 7.0], values[:2] + values[3:])

    def test_only_outputs_that_the_problem_names_are_sent(self) -> None:
        for result in ("{'a': 1, 'y': [2, 3], 'b': 4}", "[1, 2, 3, 4]"):
            program = self.program(f"serve(lambda p: {result}, outputs={{'a': None, 'y': [0, 1], 'b': None}})")
            hello = program.shake_hands([], outputs=["b", "y"])
            self.assertEqual(["y", "b"], [output["name"] for output in hello["outputs"]])
            self.assertEqual([[2.0, 3.0, 4.0]], program.evaluate([[]]))

    def test_results_of_a_wrong_shape_fail_with_the_reason(self) -> None:
        for result, reason in (
            ("[1, 2]", "ValueError: the model returned 2 numbers, its outputs have 3"),
            ("{'y': [1, 2]}", "ValueError: the model returned no 'n'"),
            ("{'y': [1], 'n': 1}", "ValueError: the model returned 1 numbers for 'y', its axis has 2"),
            ("'text'", "TypeError: a number or a sequence of numbers was expected, the model returned str"),
        ):
            program = self.program(f"serve(lambda p: {result}, outputs={{'y': [0, 1], 'n': None}})")
            program.shake_hands([])
            self.assertEqual([reason], program.evaluate([[]]))

    def test_a_problem_with_other_parameters_or_outputs_is_refused(self) -> None:
        for parameters, outputs, reason in (
            (["a", "c"], [], "the model has no parameter 'c'; it has a, b"),
            (["b"], [], "the model needs the parameter 'a'"),
            (["a"], ["z"], "the model has no output 'z'; it has y"),
        ):
            program = self.program("serve(lambda p: p['a'] + p['b'], outputs=['y'], parameters={'a': None, 'b': 2})")
            self.assertEqual(reason, program.shake_hands(parameters, outputs)["error"])
            self.assertEqual(0, program.close()[0])

    def test_a_parameter_that_the_problem_leaves_out_has_its_default(self) -> None:
        program = self.program("serve(lambda p: p['a'] + p['b'], outputs=['y'], parameters={'a': None, 'b': 2})")
        program.shake_hands(["a"])
        self.assertEqual([[3.0]], program.evaluate([[1]]))

    def test_a_vectorized_model_gets_whole_batches_and_each_point_of_a_failing_one(self) -> None:
        program = self.program(
            "serve(lambda points: [len(points) / p['x'] for p in points], outputs=['y'], batch=4, vectorized=True)"
        )
        program.shake_hands(["x"])
        self.assertEqual([[2.0], [1.0]], program.evaluate([[1], [2]]))
        self.assertEqual([[1.0], "ZeroDivisionError: float division by zero"], program.evaluate([[1], [0]]))

    def test_a_log_density_is_one_number(self) -> None:
        program = self.program("serve(lambda p: -p['x'] ** 2, log_density=True, name='parabola', version='3')")
        hello = program.shake_hands(["x"])
        self.assertEqual((True, "parabola", "3"), (hello["log_density"], hello["model"], hello["version"]))
        self.assertNotIn("outputs", hello)
        self.assertEqual([[-9.0]], program.evaluate([[3]]))

    def test_a_model_that_exits_ends_the_program_with_its_status(self) -> None:
        program = self.program("import sys\nserve(lambda p: sys.exit(7), outputs=['y'])")
        program.shake_hands([])
        with self.assertRaises(AssertionError):
            program.evaluate([[]])
        self.assertEqual(7, program.close()[0])

    def test_nonsense_and_another_version_end_the_program_with_the_reason(self) -> None:
        for line, reason in ((b"nonsense\n", "no JSON"), (b'{"calibrate":2}\n', "speaks version 2 of the protocol")):
            program = self.program("serve(lambda p: 1, outputs=['y'])")
            program.process.stdin.write(line)
            status, error = program.close()
            self.assertEqual(1, status)
            self.assertIn(reason, error)

    def test_arrays_of_any_kind_are_accepted(self) -> None:
        program = self.program(
            """
            from array import array
            class NumPyLike:
                def tolist(self): return [[1.5, 2.5]]
            class Scalar:
                def tolist(self): return 3.5
            serve(lambda p: {"y": NumPyLike(), "s": Scalar(), "f": array("f", [0.5])}, outputs={"y": [0, 1], "s": None, "f": [0]})
            """
        )
        program.shake_hands([])
        self.assertEqual([[1.5, 2.5, 3.5, 0.5]], program.evaluate([[]]))

    def test_a_wrong_call_is_told_at_once(self) -> None:
        for call in ("serve(len)", "serve(len, outputs=[])", "serve(len, outputs=['y'], log_density=True)", "serve(len, ['y'], batch=0)"):
            status, error = self.program(call).close()
            self.assertEqual(1, status)
            self.assertIn("ValueError", error)


if __name__ == "__main__":
    unittest.main()
