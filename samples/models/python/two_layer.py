"""The two-layer energy balance model of the climate in plain Python: Calibrate's built-in model `two-layer` as a program of one's own.

    cs dTs/dt = F - (lambda0 - a Ts) Ts - epsilon eta (Ts - Td)
    cd dTd/dt = eta (Ts - Td)

Held et al. (2010), J. Climate 23, 2418; Geoffroy et al. (2013), J. Climate 26, 1859; Bloch-Johnson et al. (2015), Geophys. Res. Lett. 42,
4973. Classical Runge-Kutta steps of a tenth of a year from rest, forcing held within each year, states at the end of each year: numbers
agree with the built-in model to about 1e-13.

Usage: python3 two_layer.py FORCING.csv [AGENT ...]; every agent is a column whose forcing the parameter AGENT_scale multiplies.
"""

from __future__ import annotations

import csv
import sys

from calibrate_model import Parameters, serve

STEPS_PER_YEAR = 10
HALF_STEP = 0.5 / STEPS_PER_YEAR


class Rates:
    """Slopes per half step: q, b, e, g and p of k = (q x + b) x + e d + p F and m = g (x - d)."""

    def __init__(self, parameters: Parameters) -> None:
        per_surface = HALF_STEP / parameters["cs"]
        uptake = parameters["epsilon"] * parameters["eta"]
        self.q = parameters["a"] * per_surface
        self.b = -(parameters["lambda0"] + uptake) * per_surface
        self.e = uptake * per_surface
        self.g = parameters["eta"] * (HALF_STEP / parameters["cd"])
        self.p = per_surface


def year(rates: Rates, forcing: float, x: float, d: float) -> tuple[float, float]:
    """Surface and deep temperature a year later.

    The k and m here are half a step times the textbook's slopes: stages two and three only add them, and a step ends at
    x + (k1 + 2 (k2 + k3) + k4) / 3.
    """
    q, b, e, g = rates.q, rates.b, rates.e, rates.g
    f = forcing * rates.p
    for _ in range(STEPS_PER_YEAR):
        k1 = (q * x + b) * x + (e * d + f)
        m1 = g * (x - d)
        x1 = x + k1
        d1 = d + m1
        k2 = (q * x1 + b) * x1 + (e * d1 + f)
        m2 = g * (x1 - d1)
        x2 = x + k2
        d2 = d + m2
        k3 = (q * x2 + b) * x2 + (e * d2 + f)
        m3 = g * (x2 - d2)
        x3 = x + 2.0 * k3
        d3 = d + 2.0 * m3
        k4 = (q * x3 + b) * x3 + (e * d3 + f)
        m4 = g * (x3 - d3)
        x += (k1 + 2.0 * (k2 + k3) + k4) / 3.0
        d += (m1 + 2.0 * (m2 + m3) + m4) / 3.0
    return x, d


def states(rates: Rates, forcing: list[float]) -> tuple[list[float], list[float]]:
    """Temperatures of both layers at the end of each year, from rest."""
    return by_matrix(rates, forcing) if rates.q == 0.0 else by_steps(rates, forcing)


def by_steps(rates: Rates, forcing: list[float]) -> tuple[list[float], list[float]]:
    """Every step of every year: what a feedback that weakens as it warms needs. About 5 ms for 270 years."""
    surface, deep = [], []
    x = d = 0.0
    for now in forcing:
        x, d = year(rates, now, x, d)
        surface.append(x)
        deep.append(d)
    return surface, deep


def by_matrix(rates: Rates, forcing: list[float]) -> tuple[list[float], list[float]]:
    """The same for a constant feedback, twenty times faster.

    The equations are linear then, and so are ten Runge-Kutta steps: what a year does to the temperatures is a matrix, and a vector times
    the forcing. Three years from unit states give both; the numbers are those of the steps but for rounding. (Plain arithmetic, no
    NumPy: its bits do not depend on what is installed nor on how many points are evaluated together.)
    """
    xx, dx = year(rates, 0.0, 1.0, 0.0)
    xd, dd = year(rates, 0.0, 0.0, 1.0)
    xf, df = year(rates, 1.0, 0.0, 0.0)
    surface, deep = [], []
    x = d = 0.0
    for now in forcing:
        x, d = xx * x + xd * d + xf * now, dx * x + dd * d + df * now
        surface.append(x)
        deep.append(d)
    return surface, deep


class TwoLayerModel:
    """The model with its forcing."""

    def __init__(self, path: str, agents: list[str]) -> None:
        with open(path, newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        self.years = [float(row["year"]) for row in rows]
        self.total = [float(row["total"]) for row in rows]
        self.agents = {f"{agent}_scale": [float(row[agent]) for row in rows] for agent in agents}

    def evaluate(self, parameters: Parameters) -> dict[str, list[float]]:
        forcing = self.total
        for scale, series in self.agents.items():
            change = parameters[scale] - 1.0
            forcing = [total + change * agent for total, agent in zip(forcing, series)]
        surface, deep = states(Rates(parameters), forcing)
        cs, cd = parameters["cs"], parameters["cd"]
        return {
            "surface_temperature": surface,
            "deep_temperature": deep,
            "heat_content": [cs * x + cd * d for x, d in zip(surface, deep)],
        }


def main() -> None:
    model = TwoLayerModel(sys.argv[1], sys.argv[2:])
    serve(
        model.evaluate,
        outputs={name: model.years for name in ("surface_temperature", "deep_temperature", "heat_content")},
        name="two-layer",
        version="1.0",
        parameters={
            "lambda0": None,
            "eta": None,
            "epsilon": 1.3,
            "cs": None,
            "cd": 100.0,
            "a": 0.0,
            **{scale: 1.0 for scale in model.agents},
        },
        # an evaluation takes about 0.2 ms: sixteen of them are worth a message
        batch=16,
    )


if __name__ == "__main__":
    main()
