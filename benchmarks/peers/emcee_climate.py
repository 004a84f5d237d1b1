#!/usr/bin/env python3
"""Peer of the climate benchmark: emcee 3.1.4 with a numba model, the same posterior as samples/climate/two-layer.yaml.

Usage: emcee_climate.py [--seconds 20] [--processes 2] [--walkers 32] [--data samples/climate/data]
Prints one JSON line; needs Debian's python3-emcee and python3-numba (the interpreter that has them is /usr/bin/python3).
"""
import argparse
import csv
import json
import math
import multiprocessing
import os
import sys
import time
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")  # emcee's documentation: one thread per process of the pool

import emcee
import numba
import numpy as np

HEAT_TO_ZETTAJOULE = 0.91 * 16.0963  # share of the heat that the ocean takes up; W yr m-2 over the Earth in ZJ
EPSILON, DEEP_CAPACITY = 1.3, 100.0
FIRST_YEAR = 1750


def read_csv(path, skip=0):
    with open(path, newline="", encoding="utf-8") as file:
        for _ in range(skip):
            next(file)
        return list(csv.DictReader(file))


@numba.njit(cache=False)
def tendency(surface, deep, forcing, feedback, exchange, capacity):
    flow = exchange * (surface - deep)
    return (forcing - feedback * surface - EPSILON * flow) / capacity, flow / DEEP_CAPACITY


@numba.njit(cache=False)
def two_layer(feedback, exchange, capacity, forcing, surface_out, heat_out):
    surface, deep, step = 0.0, 0.0, 0.1
    for year in range(forcing.size):
        f = forcing[year]
        for _ in range(10):
            s1, d1 = tendency(surface, deep, f, feedback, exchange, capacity)
            s2, d2 = tendency(surface + step / 2 * s1, deep + step / 2 * d1, f, feedback, exchange, capacity)
            s3, d3 = tendency(surface + step / 2 * s2, deep + step / 2 * d2, f, feedback, exchange, capacity)
            s4, d4 = tendency(surface + step * s3, deep + step * d3, f, feedback, exchange, capacity)
            surface += step / 6 * (s1 + 2 * s2 + 2 * s3 + s4)
            deep += step / 6 * (d1 + 2 * d2 + 2 * d3 + d4)
        surface_out[year] = surface
        heat_out[year] = capacity * surface + DEEP_CAPACITY * deep


def truncated_normal_constant(mean, sd, lower, upper):
    mass = 0.5 * (math.erf((upper - mean) / sd / math.sqrt(2)) - math.erf((lower - mean) / sd / math.sqrt(2)))
    return -math.log(sd * math.sqrt(2 * math.pi) * mass)


class Posterior:
    """Log posterior of (lambda0, eta, cs, aerosol_scale)."""

    def __init__(self, data):
        forcing = read_csv(data / "ar6_erf_1750-2019.csv")
        self.total = np.array([float(row["total"]) for row in forcing])
        self.aerosol = np.array([float(row["aerosol"]) for row in forcing])

        rows = [row for row in read_csv(data / "hadcrut5.0.2.0_annual.csv") if 1850 <= int(row["Time"]) <= 2019]
        columns = list(rows[0])
        values = np.array([float(row[columns[1]]) for row in rows])
        lower, upper = (np.array([float(row[columns[i]]) for row in rows]) for i in (2, 3))
        self.temperature = values - values[:51].mean()
        self.temperature_variance = ((upper - lower) / 3.92) ** 2 + 0.1**2

        rows = read_csv(data / "igcc_ohc_1971-2023.csv", skip=1)
        rows = [row for row in rows if 1971 <= int(float(row["Year"])) <= 2019]
        heat = np.array([float(row["Central Estimate Full-depth"]) for row in rows])
        sigma = np.array([float(row["Full-depth Uncertainty (1-sigma)"]) for row in rows])
        self.heat = (heat - heat[0])[1:]
        self.heat_variance = np.maximum(sigma[1:], 1.0) ** 2

        self.constant = -0.5 * np.log(2 * np.pi * self.temperature_variance).sum()
        self.constant += -0.5 * np.log(2 * np.pi * self.heat_variance).sum()
        self.prior_constant = -math.log(2.7) - math.log(1.9)
        self.prior_constant += truncated_normal_constant(8, 1.5, 4, 14) + truncated_normal_constant(1, 0.25, 0, 2)
        self.surface, self.content = np.empty_like(self.total), np.empty_like(self.total)

    def log_likelihood(self, feedback, exchange, capacity, scale):
        two_layer(feedback, exchange, capacity, self.total + (scale - 1) * self.aerosol, self.surface, self.content)
        surface = self.surface[100:270]
        difference = surface - surface[:51].mean() - self.temperature
        content = HEAT_TO_ZETTAJOULE * (self.content[222:270] - self.content[221])
        return (
            self.constant
            - 0.5 * (difference**2 / self.temperature_variance).sum()
            - 0.5 * ((content - self.heat) ** 2 / self.heat_variance).sum()
        )

    def __call__(self, x):
        feedback, exchange, capacity, scale = x
        if not (0.3 <= feedback <= 3 and 0.1 <= exchange <= 2 and 4 <= capacity <= 14 and 0 <= scale <= 2):
            return -np.inf
        prior = self.prior_constant - 0.5 * ((capacity - 8) / 1.5) ** 2 - 0.5 * ((scale - 1) / 0.25) ** 2
        return prior + self.log_likelihood(feedback, exchange, capacity, scale)


POSTERIOR = None


def log_posterior(x):
    return POSTERIOR(x)


def main():
    global POSTERIOR
    root = Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--walkers", type=int, default=32)
    parser.add_argument("--data", type=Path, default=root / "samples" / "climate" / "data")
    arguments = parser.parse_args()

    POSTERIOR = Posterior(arguments.data)
    at = np.array([1.0, 0.764, 8.0, 1.0])
    check = POSTERIOR(at)  # compiles the model before the pool forks
    if abs(check + 141.25538080703643) > 1e-9:
        sys.exit(f"the peer's log posterior is {check!r}, not -141.25538080703643: not the same problem")

    started = time.perf_counter()
    for _ in range(2000):
        POSTERIOR(at)
    model = (time.perf_counter() - started) / 2000

    random = np.random.default_rng(1)
    start = np.array([1.71, 0.66, 9.2, 0.56]) + 0.02 * random.standard_normal((arguments.walkers, 4))
    with multiprocessing.Pool(arguments.processes) as pool:
        sampler = emcee.EnsembleSampler(arguments.walkers, 4, log_posterior, pool=pool)
        state = sampler.run_mcmc(start, 20)
        iterations, started = 0, time.perf_counter()
        while time.perf_counter() - started < arguments.seconds:
            state = sampler.run_mcmc(state, 20)
            iterations += 20
        elapsed = time.perf_counter() - started
    print(json.dumps({
        "benchmark": "climate-peer-emcee",
        "sampler": f"emcee {emcee.__version__}",
        "numba": numba.__version__,
        "processes": arguments.processes,
        "walkers": arguments.walkers,
        "walker_steps": iterations * arguments.walkers,
        "seconds": round(elapsed, 3),
        "steps_per_second": round(iterations * arguments.walkers / elapsed, 1),
        "log_posterior_microseconds": round(model * 1e6, 2),
    }))


if __name__ == "__main__":
    main()
