"""What a run gives back."""

from __future__ import annotations

import csv
from array import array
from dataclasses import dataclass
from pathlib import Path
from typing import Any

try:
    import numpy
except ImportError:
    numpy = None  # type: ignore[assignment]


@dataclass(frozen=True)
class Result:
    """Draws and diagnostics of a run.

    Draws are indexed ``[ensemble][walker][draw]``: NumPy arrays where NumPy is installed, nested lists otherwise.
    """

    draws: dict[str, Any]
    """Draws after the warm-up by name: free parameters in natural units, and derived quantities."""

    log_prob: Any
    """The log posterior of every draw: what the function returned, plus the log prior."""

    iterations: list[int]
    """The iteration of each draw."""

    summary: dict[str, Any]
    """What ``calibrate run --json`` says: means, quantiles, R-hat, effective sample sizes, failures."""

    @property
    def chain_hash(self) -> str:
        """Equal for two runs whose chains are the same to the last bit."""
        return str(self.summary["chain_hash"])

    @property
    def converged(self) -> bool:
        """Whether R-hat, effective sample sizes and length suffice for every parameter."""
        return bool(self.summary["converged"])

    def flat(self, name: str) -> Any:
        """All draws of one name in one dimension, ensemble by ensemble and walker by walker."""
        values = self.draws[name]
        if numpy is not None:
            return values.reshape(-1)
        return [value for ensemble in values for walker in ensemble for value in walker]


def read_draws(path: Path, summary: dict[str, Any]) -> Result:
    """Reads what ``calibrate export --to draws.csv`` wrote: rows by ensemble, iteration and walker."""
    with open(path, newline="", encoding="utf-8") as file:
        rows = csv.reader(file)
        names = next(rows)[3:]
        columns = [array("d") for _ in names]
        iterations: dict[int, None] = {}
        for row in rows:
            iterations[int(row[2])] = None
            for column, value in zip(columns, row[3:]):
                column.append(float(value))
    shaped = [_shape(column, summary["ensembles"], len(iterations), summary["walkers"]) for column in columns]
    return Result(dict(zip(names[1:], shaped[1:])), shaped[0], list(iterations), summary)


def _shape(values: array[float], ensembles: int, draws: int, walkers: int) -> Any:
    if numpy is not None:
        by_row = numpy.frombuffer(values, dtype=float).reshape(ensembles, draws, walkers)
        return numpy.ascontiguousarray(by_row.transpose(0, 2, 1))
    size = draws * walkers
    return [[values[e * size + w : (e + 1) * size : walkers].tolist() for w in range(walkers)] for e in range(ensembles)]
