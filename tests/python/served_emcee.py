"""emcee, as it is, samples a posterior that `calibrate serve-model` serves: the snippet of docs/models/umbridge.md. Run by the tests of the command
line, which serve a bivariate normal and say in TEST_SERVED where. Where the `umbridge` package is not installed, its client is stood in for."""

from __future__ import annotations

import json
import os
import re
import sys
import types
import unittest
import urllib.request

import emcee
import numpy

from conformance import ROOT

SERVED = os.environ["TEST_SERVED"].rstrip("/")


class HTTPModel:
    """What the snippet needs of the class of that name in the `umbridge` package."""

    def __init__(self, url, name):
        self.url, self.name = url, name

    def __call__(self, parameters, config={}):
        body = json.dumps({"name": self.name, "input": parameters, "config": config}).encode()
        with urllib.request.urlopen(urllib.request.Request(self.url + "/Evaluate", body)) as response:
            return json.load(response)["output"]


class EmceeTests(unittest.TestCase):
    def test_the_snippet_of_the_page_samples_the_posterior(self):
        try:
            import umbridge  # noqa: F401
        except ImportError:
            sys.modules["umbridge"] = types.SimpleNamespace(HTTPModel=HTTPModel)
        page = (ROOT / "docs/models/umbridge.md").read_text()
        snippet = re.search(r"```python\n(.*?)```", page, re.DOTALL).group(1).replace("http://localhost:4242", SERVED)
        names = {}
        exec(snippet, names)  # noqa: S102
        sampler = names["sampler"]
        numpy.random.seed(5)
        sampler.run_mcmc(numpy.array([1.0, -2.0]) + numpy.random.normal(size=(16, 2)), 400, progress=False)
        draws = sampler.get_chain(discard=100)

        # the seed is fixed; six errors with an autocorrelation time of 30 iterations, which is about right for a normal in two dimensions
        error = 6 / numpy.sqrt(draws.shape[0] * draws.shape[1] / 30)
        for column, mean, sd in ((0, 1.0, 1.0), (1, -2.0, numpy.sqrt(2.0))):
            self.assertLess(abs(draws[..., column].mean() - mean), error * sd)
            self.assertLess(abs(draws[..., column].std() / sd - 1), error)
        self.assertGreater(numpy.corrcoef(draws[..., 0].ravel(), draws[..., 1].ravel())[0, 1], 0.1)

    def test_points_outside_of_the_prior_are_never_accepted(self):
        model = HTTPModel(SERVED, "posterior")
        self.assertEqual(-numpy.inf, model([[30.0, 0.0]])[0][0])
        sampler = emcee.EnsembleSampler(8, 2, lambda x: model([x.tolist()])[0][0])
        numpy.random.seed(6)
        sampler.run_mcmc(numpy.array([19.5, 0.0]) + 0.1 * numpy.random.normal(size=(8, 2)), 30, progress=False)
        self.assertLess(numpy.abs(sampler.get_chain()).max(), 20)


if __name__ == "__main__":
    unittest.main()
