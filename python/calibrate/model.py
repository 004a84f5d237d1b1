"""Turns a Python function into a model that Calibrate can run.

    from calibrate_model import serve

    def line(parameters):
        a, b = parameters["a"], parameters["b"]
        return {"y": [a + b * x for x in (0.0, 1.0, 2.0)]}

    serve(line, outputs={"y": [0.0, 1.0, 2.0]}, name="line", version="1.0")

Needs Python 3.9 or later and nothing but its standard library: copy this file next to your program and list it under ``files`` in the
problem. It speaks version 1 of the protocol that Calibrate's ``docs/formats/process-model.md`` describes.
"""

from __future__ import annotations

import base64
import json
import os
import sys
import traceback
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, BinaryIO, Optional, Union

__all__ = ["ProtocolError", "connect", "serve"]

PROTOCOL = 1
LONGEST_ERROR = 500

Parameters = dict[str, float]
Axis = Optional[Sequence[float]]
Evaluate = Callable[[Any], Any]


class ProtocolError(Exception):
    """The other side does not speak the protocol."""


def serve(
    evaluate: Evaluate,
    outputs: Union[Mapping[str, Axis], Sequence[str], None] = None,
    *,
    name: Optional[str] = None,
    version: str = "1",
    parameters: Union[Mapping[str, Optional[float]], Sequence[str], None] = None,
    batch: int = 1,
    vectorized: bool = False,
    log_density: bool = False,
) -> None:
    """Answers Calibrate's requests until it closes the standard input.

    From here on ``print`` and everything else that writes to the standard output writes to the standard error instead, which Calibrate
    keeps in a log: the standard output carries the protocol.

    :param evaluate: the model. It receives the parameters as a dictionary from names to numbers and returns a dictionary with a number
        or a sequence of numbers for every output; or all numbers of all outputs in order, in one sequence (one number when there is no
        more). What it raises fails that evaluation and no other. The same parameters must always give the same numbers.
    :param outputs: the outputs in order: names with their axes (finite, increasing numbers), or with None for a single number; or a
        list of names of single numbers. A problem that names some of them is sent only those.
    :param name: tells this model from others; the program's file name when left out.
    :param version: change it when the model's numbers change.
    :param parameters: names of the parameters that the model has; with a default each (None: none) in a dictionary. A problem with
        others, or without one that has no default, is refused before anything is run. When left out, the model takes what it is given.
    :param batch: most points of one request. Larger batches save messages; 64 suits models that take less than a millisecond.
    :param vectorized: ``evaluate`` receives a list of parameter dictionaries (up to ``batch`` of them) and returns a list of as many
        results. When it raises, its points are evaluated one by one, so that one bad point does not fail the others.
    :param log_density: ``evaluate`` returns one number, the logarithm of a density; there are no ``outputs``.
    """
    with _take_standard_streams() as streams:
        connect(
            streams.source,
            streams.sink,
            evaluate,
            outputs,
            name=name,
            version=version,
            parameters=parameters,
            batch=batch,
            vectorized=vectorized,
            log_density=log_density,
        )


def connect(
    source: BinaryIO,
    sink: BinaryIO,
    evaluate: Evaluate,
    outputs: Union[Mapping[str, Axis], Sequence[str], None] = None,
    *,
    name: Optional[str] = None,
    version: str = "1",
    parameters: Union[Mapping[str, Optional[float]], Sequence[str], None] = None,
    batch: int = 1,
    vectorized: bool = False,
    log_density: bool = False,
) -> None:
    """Like :func:`serve`, over any pair of binary streams; returns when ``source`` ends."""
    if log_density == (outputs is not None):
        raise ValueError("a model has either outputs or log_density=True")
    if batch < 1:
        raise ValueError("batch must be at least 1")
    layout = _Layout([("log_density", None)] if log_density else _normalised(outputs or {}))
    line = source.readline()
    if not line:
        return
    hello = _decode(line)
    if hello.get("calibrate") != PROTOCOL:
        raise ProtocolError(f"Calibrate speaks version {hello.get('calibrate')!r} of the protocol, this helper version {PROTOCOL}")
    names = [str(each) for each in hello.get("parameters", [])]
    defaults: Parameters = {}
    refusal: Optional[str] = None
    if parameters is not None:
        defaults, refusal = _match_parameters(names, parameters)
    if refusal is None and not log_density:
        refusal = layout.keep(hello.get("outputs") or [])
    if refusal is not None:
        _send(sink, {"calibrate": PROTOCOL, "error": refusal})
        return
    in_base64 = "base64" in hello.get("encodings", [])
    answer: dict[str, Any] = {
        "calibrate": PROTOCOL,
        "model": name or _program_name(),
        "version": version,
        "batch": batch,
        "encoding": "base64" if in_base64 else "json",
    }
    if log_density:
        answer["log_density"] = True
    else:
        answer["outputs"] = layout.describe()
    _send(sink, answer)
    evaluator = _Evaluator(evaluate, layout, defaults, vectorized, in_base64)
    for line in source:
        request = _decode(line)
        points = [dict(zip(names, map(float, point))) for point in request["points"]]
        _send(sink, {"id": request["id"], "results": evaluator.results(points)})


class _Layout:
    """Where the values of each output stand in a result, and which of them the problem wants."""

    def __init__(self, outputs: list[tuple[str, Optional[list[float]]]]) -> None:
        self.outputs = outputs
        self.kept = outputs
        self.total = sum(self.length(axis) for _, axis in outputs)
        self.kept_slices: Optional[list[slice]] = None

    @staticmethod
    def length(axis: Optional[list[float]]) -> int:
        return 1 if axis is None else len(axis)

    def keep(self, requested: Sequence[str]) -> Optional[str]:
        """Leaves out the outputs that a problem does not name; says what is wrong when it names one that does not exist."""
        known = [name for name, _ in self.outputs]
        for name in requested:
            if name not in known:
                return f"the model has no output '{name}'; it has {', '.join(known)}"
        wanted = set(requested)
        if wanted and wanted != set(known):
            self.kept = [output for output in self.outputs if output[0] in wanted]
            self.kept_slices = []
            begin = 0
            for name, axis in self.outputs:
                end = begin + self.length(axis)
                if name in wanted:
                    self.kept_slices.append(slice(begin, end))
                begin = end
        return None

    def describe(self) -> list[dict[str, Any]]:
        return [{"name": name} if axis is None else {"name": name, "axis": axis} for name, axis in self.kept]

    def values(self, result: Any) -> array[float]:
        """The wanted values of what the model returned, in order."""
        if isinstance(result, Mapping):
            return self._from_mapping(result)
        values = _doubles(result)
        if len(values) != self.total:
            raise ValueError(f"the model returned {len(values)} numbers, its outputs have {self.total}")
        if self.kept_slices is None:
            return values
        kept = array("d")
        for each in self.kept_slices:
            kept.extend(values[each])
        return kept

    def _from_mapping(self, result: Mapping[str, Any]) -> array[float]:
        values = array("d")
        for name, axis in self.kept:
            if name not in result:
                raise ValueError(f"the model returned no '{name}'")
            part = _doubles(result[name])
            if len(part) != self.length(axis):
                raise ValueError(f"the model returned {len(part)} numbers for '{name}', its axis has {self.length(axis)}")
            values.extend(part)
        return values


class _Evaluator:
    """Evaluates the points of a request, and makes failures of the model part of the answer."""

    def __init__(self, evaluate: Evaluate, layout: _Layout, defaults: Parameters, vectorized: bool, in_base64: bool) -> None:
        self.evaluate = evaluate
        self.layout = layout
        self.defaults = defaults
        self.vectorized = vectorized
        self.in_base64 = in_base64
        self.told = False

    def results(self, points: list[Parameters]) -> list[dict[str, Any]]:
        if self.defaults:
            points = [{**self.defaults, **point} for point in points]
        if self.vectorized and len(points) > 1:
            try:
                results = list(self.evaluate(points))
                if len(results) != len(points):
                    raise ValueError(f"the model returned {len(results)} results for {len(points)} points")
                return [self._encoded(result) for result in results]
            except Exception:
                # one by one below: the same point must fail whatever it is evaluated with
                pass
        return [self._one(point) for point in points]

    def _one(self, point: Parameters) -> dict[str, Any]:
        try:
            if not self.vectorized:
                return self._encoded(self.evaluate(point))
            results = list(self.evaluate([point]))
            if len(results) != 1:
                raise ValueError(f"the model returned {len(results)} results for 1 point")
            return self._encoded(results[0])
        except Exception as exception:
            # Exceptions only: SystemExit and KeyboardInterrupt mean that the program is to end
            if not self.told:
                # the first one in full for the log; a thousand of them would push everything else out of it
                self.told = True
                traceback.print_exc(file=sys.stderr)
            text = " ".join(f"{type(exception).__name__}: {exception}".split())
            return {"error": text[:LONGEST_ERROR]}

    def _encoded(self, result: Any) -> dict[str, Any]:
        values = self.layout.values(result)
        if not self.in_base64:
            return {"values": values.tolist()}
        if sys.byteorder == "big":
            values.byteswap()
        return {"values": base64.b64encode(values.tobytes()).decode("ascii")}


class _take_standard_streams:
    """Owns the real standard input and output, and sends what others print to the standard error."""

    def __enter__(self) -> _take_standard_streams:
        sys.stdout.flush()
        # not inheritable, like everything that os.dup returns: a process that the model starts cannot write into the protocol
        self.source: BinaryIO = os.fdopen(os.dup(0), "rb")
        self.sink: BinaryIO = os.fdopen(os.dup(1), "wb")
        empty = os.open(os.devnull, os.O_RDONLY)
        os.dup2(empty, 0)
        os.close(empty)
        os.dup2(2, 1)
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(line_buffering=True)
        return self

    def __exit__(self, *_: object) -> None:
        self.source.close()
        self.sink.close()


def _normalised(outputs: Union[Mapping[str, Axis], Sequence[str]]) -> list[tuple[str, Optional[list[float]]]]:
    if not isinstance(outputs, Mapping):
        outputs = {name: None for name in outputs}
    if not outputs:
        raise ValueError("a model needs at least one output")
    return [(name, None if axis is None else _doubles(axis).tolist()) for name, axis in outputs.items()]


def _match_parameters(
    names: list[str], known: Union[Mapping[str, Optional[float]], Sequence[str]]
) -> tuple[Parameters, Optional[str]]:
    """Defaults for parameters that the problem leaves out; or what is wrong with those it has."""
    if not isinstance(known, Mapping):
        known = {name: None for name in known}
    for name in names:
        if name not in known:
            return {}, f"the model has no parameter '{name}'; it has {', '.join(known)}"
    for name, default in known.items():
        if name not in names and default is None:
            return {}, f"the model needs the parameter '{name}'"
    return {name: float(value) for name, value in known.items() if value is not None and name not in names}, None


def _doubles(value: Any) -> array[float]:
    """Numbers of a number, a flat or nested sequence, or an array; None stands for a number that does not exist."""
    if isinstance(value, array) and value.typecode == "d":
        return value[:]
    if isinstance(value, list):
        try:
            return array("d", value)
        except TypeError:
            # nested, or with None in it
            pass
    values = array("d")
    _append(value, values)
    return values


def _append(value: Any, values: array[float]) -> None:
    if value is None:
        values.append(float("nan"))
    elif isinstance(value, (str, bytes, bytearray, Mapping)):
        raise TypeError(f"a number or a sequence of numbers was expected, the model returned {type(value).__name__}")
    elif hasattr(value, "tolist"):
        # arrays of NumPy and its kin: their own conversion is exact and fast
        plain = value.tolist()
        _append(plain, values) if isinstance(plain, list) else values.append(float(plain))
    elif isinstance(value, Iterable):
        for each in value:
            _append(each, values)
    else:
        values.append(float(value))


def _decode(line: bytes) -> dict[str, Any]:
    try:
        message = json.loads(line)
    except ValueError as error:
        raise ProtocolError(f"a line is no JSON: {line[:80]!r}") from error
    if not isinstance(message, dict):
        raise ProtocolError(f"a line is no JSON object: {line[:80]!r}")
    return message


def _send(sink: BinaryIO, message: dict[str, Any]) -> None:
    # json writes the shortest digits that read back as the same double, and bare NaN and Infinity, which the protocol allows
    sink.write(json.dumps(message, separators=(",", ":")).encode("ascii") + b"\n")
    sink.flush()


def _program_name() -> str:
    return os.path.splitext(os.path.basename(sys.argv[0]))[0] or "model"
