"""Reads what `calibrate export RUN --to draws.h5` wrote, with emcee: python3 read_with_emcee.py draws.h5

Every ensemble is a backend of its own: `mcmc`, then `mcmc_1`, `mcmc_2`, ...
"""
import sys

import emcee
import h5py
import numpy


def groups(path):
    """Names of the groups in the file, in the order of the ensembles."""
    with h5py.File(path, "r") as file:
        return sorted(file, key=lambda name: file[name].attrs["ensemble"])


def backend(path, name="mcmc"):
    """The chain of one ensemble as emcee keeps it."""
    return emcee.backends.HDFBackend(path, name=name, read_only=True)


def parameters(path, name="mcmc"):
    """Names of the chain's parameters."""
    with h5py.File(path, "r") as file:
        return list(file[name].attrs["parameters"])


def main(path):
    for name in groups(path):
        chain = backend(path, name)
        draws = chain.get_chain()
        acceptance = numpy.mean(chain.accepted / chain.iteration)
        print(f"{name}: {draws.shape[0]} iterations of {draws.shape[1]} walkers, acceptance {acceptance:.3f}")
        tau = chain.get_autocorr_time(quiet=True)
        for index, parameter in enumerate(parameters(path, name)):
            values = draws[:, :, index]
            print(f"  {parameter}: mean {values.mean():.6g}, sd {values.std():.6g}, tau {tau[index]:.3g}")
        blobs = chain.get_blobs()
        if blobs is not None:
            print(f"  blobs: {', '.join(blobs.dtype.names)}")


if __name__ == "__main__":
    main(sys.argv[1])
