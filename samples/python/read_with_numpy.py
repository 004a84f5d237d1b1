"""Reads what `calibrate export RUN --to draws.npz` (or .npy) wrote, with numpy alone: python3 read_with_numpy.py draws.npz"""
import sys

import numpy


def read(path):
    """Every quantity by name, [chain, draw] or [chain, draw, place]; chains are the walkers of the ensembles, one ensemble after the other."""
    loaded = numpy.load(path)
    if isinstance(loaded, numpy.ndarray):  # .npy: records [ensemble, draw, walker]
        return {
            name: loaded[name].transpose(0, 2, 1).reshape(-1, loaded.shape[1])
            for name in loaded.dtype.names
        }
    with loaded:
        return {name: loaded[name] for name in loaded.files}


def main(path):
    for name, values in read(path).items():
        if values.dtype.kind == "f" and values.ndim == 2:
            print(f"{name:>16}: mean {values.mean():.6g}, sd {values.std():.6g}, {values.shape[0]} chains of {values.shape[1]} draws")


if __name__ == "__main__":
    main(sys.argv[1])
