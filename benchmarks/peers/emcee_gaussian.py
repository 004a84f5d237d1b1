#!/usr/bin/env python3
"""Peer of the benchmark kernel-gaussian: emcee 3.1.4, vectorised, on the same correlated 5-D Gaussian with 32 walkers.

Usage: emcee_gaussian.py [--iterations 10000]
Prints one JSON line; needs Debian's python3-emcee (the interpreter that has it is /usr/bin/python3).
"""
import argparse
import json
import os
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")  # one core, as the kernel

import emcee
import numpy as np

DIMENSION, WALKERS = 5, 32
MEAN = np.arange(DIMENSION, dtype=float)
DEVIATIONS = np.arange(1, DIMENSION + 1, dtype=float)
LAG = np.abs(np.subtract.outer(np.arange(DIMENSION), np.arange(DIMENSION)))
COVARIANCE = np.outer(DEVIATIONS, DEVIATIONS) * 0.5**LAG
WEIGHTS = np.linalg.inv(np.linalg.cholesky(COVARIANCE)).T
CONSTANT = -0.5 * (np.linalg.slogdet(COVARIANCE)[1] + DIMENSION * np.log(2 * np.pi))


def log_density(points):
    residuals = (points - MEAN) @ WEIGHTS
    return CONSTANT - 0.5 * np.einsum("ij,ij->i", residuals, residuals)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--iterations", type=int, default=10_000)
    iterations = parser.parse_args().iterations
    start = np.random.default_rng(1).random((WALKERS, DIMENSION))
    sampler = emcee.EnsembleSampler(WALKERS, DIMENSION, log_density, vectorize=True)
    sampler.run_mcmc(start, 500)
    sampler.reset()
    began = time.perf_counter()
    sampler.run_mcmc(start, iterations)
    seconds = time.perf_counter() - began
    print(json.dumps({
        "benchmark": "emcee-gaussian",
        "emcee": emcee.__version__,
        "dimension": DIMENSION,
        "walkers": WALKERS,
        "walker_steps": WALKERS * iterations,
        "seconds": seconds,
        "walker_steps_per_second": WALKERS * iterations / seconds,
        "acceptance": float(np.mean(sampler.acceptance_fraction)),
    }))


if __name__ == "__main__":
    main()
