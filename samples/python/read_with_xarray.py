"""Reads what `calibrate export RUN --to draws.nc` wrote, with xarray: python3 read_with_xarray.py draws.nc

The file has the layout of ArviZ's InferenceData, so `arviz.from_netcdf("draws.nc")` reads it too.
"""
import sys

import netCDF4
import xarray


def read(path):
    """All groups of the file, by name, each as an xarray.Dataset in memory."""
    with netCDF4.Dataset(path) as file:
        names = list(file.groups)
    groups = {}
    for name in names:
        with xarray.open_dataset(path, group=name, engine="netcdf4") as group:
            groups[name] = group.load()
    return groups


def main(path):
    groups = read(path)
    posterior = groups["posterior"]
    print(f"{path}: run {posterior.attrs['run']} of {posterior.attrs['problem']}, seed {posterior.attrs['seed']}")
    for name, group in groups.items():
        print(f"  {name}: {', '.join(group.data_vars)} ({', '.join(f'{key} {size}' for key, size in group.sizes.items())})")
    print(f"{'':>16} {'mean':>12} {'sd':>12} {'prior sd':>12}")
    for name, draws in posterior.data_vars.items():
        if draws.dims == ("chain", "draw"):
            prior = groups["prior"].get(name) if "prior" in groups else None
            prior_sd = f"{float(prior.std()):12.6g}" if prior is not None else f"{'-':>12}"
            print(f"{name:>16} {float(draws.mean()):12.6g} {float(draws.std()):12.6g} {prior_sd}")


if __name__ == "__main__":
    main(sys.argv[1])
