"""Samples a Python function with Calibrate, in the spirit of emcee."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, Optional, Union

from calibrate.forking import ForkingServer
from calibrate.model import connect
from calibrate.result import Result, read_draws

Prior = Union[str, float, tuple[float, float], Mapping[str, Any]]

# Calibrate finishes what it is evaluating before it stops; a slow function may take its time for that.
STOP_SECONDS = 30.0


class CalibrateError(Exception):
    """Calibrate refused the problem, or the run failed; the message is its own."""


def sample(
    log_prob: Callable[..., float],
    priors: Mapping[str, Prior],
    *,
    iterations: int = 2000,
    walkers: int = 32,
    ensembles: int = 4,
    warm_up: Optional[int] = None,
    thin: int = 1,
    seed: Optional[int] = None,
    derived: Optional[Mapping[str, str]] = None,
    method: Optional[Mapping[str, Any]] = None,
    slots: Optional[int] = None,
    batch: int = 16,
    name: str = "sample",
    version: str = "1",
    runs_dir: Union[str, os.PathLike[str], None] = None,
    calibrate: Union[str, Sequence[str]] = "calibrate",
    progress: bool = False,
) -> Result:
    """Draws from the density proportional to ``exp(log_prob(...))`` times the priors.

    :param log_prob: the log likelihood, up to a constant. It is called with the parameters by name: ``log_prob(a=..., b=...)``. The log
        prior is added by Calibrate; a function that has its prior inside, as with emcee, goes with flat priors: ``{"a": (-10, 10)}``.
        ``-inf`` is an impossible point. What it raises, and NaN, fail that evaluation: its point is rejected and counted in
        ``summary["failures"]``. The same parameters must always give the same number.
    :param priors: by name a prior as problem files write it (``"normal(0, 1)"``), bounds of a flat one (``(0, 10)``), a number that fixes
        the parameter, or the whole entry (``{"prior": "normal(0, 1)", "bounds": [0, 5], "unit": "m"}``).
    :param iterations: of every ensemble, warm-up included.
    :param walkers: of each ensemble.
    :param ensembles: independent ensembles; they make R-hat meaningful.
    :param warm_up: iterations left out at the beginning; a fifth when not given.
    :param thin: keep every so-manyth iteration.
    :param seed: the same seed gives the same chain to the last bit. Without one the machine's entropy decides.
    :param derived: quantities to add to the draws, by name: expressions of parameters.
    :param method: further keys of the problem's ``method``, such as ``moves`` or ``stop``.
    :param slots: processes that evaluate at the same time; one per core when not given.
    :param batch: most points of one message to such a process.
    :param name: of the run.
    :param version: of the function. A run that is kept goes on only with the same one.
    :param runs_dir: keep the run in this folder. With the same name and folder, a later call goes on where an interrupted one stopped, and
        a finished run is not repeated. Without it nothing is kept. Only this function can go on with the run: its model is here.
    :param calibrate: the program, or the beginning of its command line.
    :param progress: show Calibrate's progress on the standard error.
    :raises CalibrateError: the problem is refused, or the run failed.
    :raises KeyboardInterrupt: after Ctrl-C, when Calibrate has stopped cleanly.

    The function is served by forked copies of this process (Linux and macOS): it may be a lambda or a closure, but threads that run at the
    time of the call do not exist in the copies.
    """
    command = [calibrate] if isinstance(calibrate, str) else list(calibrate)
    if shutil.which(command[0]) is None:
        raise CalibrateError(f"there is no program '{command[0]}'; say where Calibrate is with calibrate=...")
    settings: dict[str, Any] = {
        "kind": "ensemble",
        "ensembles": ensembles,
        "walkers": walkers,
        "iterations": iterations,
        "thin": thin,
        **({} if warm_up is None else {"warm_up": warm_up}),
        **({} if seed is None else {"seed": seed}),
        **(method or {}),
    }

    def serve(source: BinaryIO, sink: BinaryIO) -> None:
        connect(
            source, sink, lambda point: float(log_prob(**point)), name="python-function", version=version, batch=batch, log_density=True
        )

    # the folder is private to this user (mode 0700), and so are the socket and the run in it
    with tempfile.TemporaryDirectory(prefix="calibrate-") as temporary:
        folder = Path(temporary)
        runs = folder / "runs" if runs_dir is None else Path(runs_dir).resolve()
        # a kept run needs its problem later; the dot keeps the folder from being a run
        problem = _write_problem(folder if runs_dir is None else runs / ".python" / name, priors, derived, settings)
        location = ["--runs-dir", str(runs)]
        draws = folder / "draws.csv"
        quiet = [] if progress else ["--quiet"]
        concurrent = [] if slots is None else ["--slots", str(slots)]
        server = ForkingServer(folder / "socket", serve)
        try:
            summary = _run([*command, "run", str(problem), "--name", name, "--json", *location, *concurrent, *quiet], folder, server, progress)
            _run([*command, "export", name, "--to", str(draws), *location], folder, server, False)
        finally:
            server.close()
        return read_draws(draws, json.loads(summary))


def _write_problem(
    folder: Path, priors: Mapping[str, Prior], derived: Optional[Mapping[str, str]], method: Mapping[str, Any]
) -> Path:
    relay = Path(__file__).with_name("relay.py")
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(relay, folder / relay.name)
    problem: dict[str, Any] = {
        "model": {"command": [sys.executable, relay.name], "files": [relay.name]},
        "parameters": {name: _parameter(prior) for name, prior in priors.items()},
        "method": method,
    }
    if derived:
        problem["derived"] = dict(derived)
    path = folder / "problem.yaml"
    # JSON is YAML
    path.write_text(json.dumps(problem, indent=2), encoding="utf-8")
    return path


def _parameter(prior: Prior) -> Any:
    if isinstance(prior, str):
        return {"prior": prior}
    if isinstance(prior, Mapping):
        return dict(prior)
    if isinstance(prior, Sequence):
        low, high = prior
        return {"prior": f"uniform({float(low)!r}, {float(high)!r})"}
    return float(prior)


def _run(arguments: list[str], folder: Path, server: ForkingServer, progress: bool) -> str:
    """Runs Calibrate to its end while its model programs are served; what it printed."""
    environment = {**os.environ, "PYTHON_MODEL_SOCKET": str(folder / "socket")}
    with open(folder / "output", "w+", encoding="utf-8") as output, open(folder / "errors", "w+", encoding="utf-8") as errors:
        # A session of its own keeps Ctrl-C from it: it gets one signal, from here; a second would end it at once.
        process = subprocess.Popen(
            arguments,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=None if progress else errors,
            start_new_session=True,
        )
        try:
            while process.poll() is None:
                server.turn()
        except BaseException:
            _stop(process, server)
            raise
        output.seek(0)
        errors.seek(0)
        if process.returncode != 0:
            raise CalibrateError(errors.read().strip() or f"Calibrate ended with exit code {process.returncode}")
        return output.read()


def _stop(process: subprocess.Popen[bytes], server: ForkingServer) -> None:
    """Lets Calibrate finish what it is evaluating and close its journal; serves it until then."""
    process.send_signal(signal.SIGINT)
    deadline = time.monotonic() + STOP_SECONDS
    try:
        while process.poll() is None and time.monotonic() < deadline:
            server.turn()
    finally:
        # not yet, or Ctrl-C again
        if process.poll() is None:
            process.kill()
            process.wait()
