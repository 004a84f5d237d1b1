"""Calibrate from Python: :func:`sample` draws from a log density that is a Python function, :func:`serve` turns a function into a model."""

from calibrate.model import serve
from calibrate.result import Result
from calibrate.sampling import CalibrateError, Prior, sample

__all__ = ["CalibrateError", "Prior", "Result", "sample", "serve"]
