"""`calibrate serve-model` seen by a client of the UM-Bridge protocol 1.0 in Python's standard library. Run by the tests of the command line, which start
the server of the climate sample and say in TEST_SERVED where it listens."""

from __future__ import annotations

import http.client
import json
import math
import os
import threading
import unittest
import urllib.parse
from concurrent.futures import ThreadPoolExecutor

from conformance import ROOT

ADDRESS = urllib.parse.urlsplit(os.environ["TEST_SERVED"])
SCHEMAS = json.loads((ROOT / "tests/Calibrate.Serving.Tests/Reference/umbridge-1.0.schemas.json").read_text())
MODELS = ("forward", "posterior")
POINT = [1.3, 0.7, 8.0, 1.0]

TYPES = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, (int, float)) and not isinstance(value, bool),
}


def violations(schema, value, path="$"):
    """What in a value is not as its JSON Schema says; an unknown keyword of the schema is an error."""
    for keyword, rule in schema.items():
        if keyword == "type":
            if not TYPES[rule](value):
                yield f"{path} is no {rule}"
        elif keyword == "enum":
            if value not in rule:
                yield f"{path} is {value}"
        elif keyword == "required":
            yield from (f"{path} lacks {name}" for name in rule if name not in value)
        elif keyword == "properties":
            for name in rule.keys() & value.keys():
                yield from violations(rule[name], value[name], f"{path}.{name}")
        elif keyword == "additionalProperties":
            yield from (f"{path} has {name}" for name in value if name not in schema["properties"])
        elif keyword == "minItems":
            if len(value) < rule:
                yield f"{path} is too short"
        elif keyword == "items":
            for index, item in enumerate(value):
                yield from violations(rule, item, f"{path}[{index}]")
        else:
            raise ValueError(keyword)


class Client:
    """One connection that is kept."""

    def __init__(self):
        self.connection = http.client.HTTPConnection(ADDRESS.hostname, ADDRESS.port, timeout=60)

    def ask(self, method, endpoint, body=None, headers=None):
        self.connection.request(method, endpoint, body, headers or {})
        response = self.connection.getresponse()
        return response, response.read()

    def post(self, endpoint, request):
        response, body = self.ask("POST", endpoint, json.dumps(request))
        return response.status, json.loads(body)

    def evaluate(self, name, point):
        status, answer = self.post("/Evaluate", {"name": name, "input": [point], "config": {}})
        if status != 200:
            raise AssertionError(answer)
        return answer["output"]


class ProtocolTests(unittest.TestCase):
    def setUp(self):
        self.client = Client()
        self.addCleanup(self.client.connection.close)

    def check(self, schema, answer):
        self.assertEqual([], list(violations(SCHEMAS[schema], answer)))

    def test_every_endpoint_answers_as_its_schema_says(self):
        response, body = self.client.ask("GET", "/Info")
        self.assertEqual((200, "application/json"), (response.status, response.getheader("Content-Type")))
        self.check("Info", json.loads(body))
        self.assertEqual(list(MODELS), json.loads(body)["models"])
        for name in MODELS:
            for endpoint in ("ModelInfo", "InputSizes", "OutputSizes"):
                status, answer = self.client.post("/" + endpoint, {"name": name, "config": {}})
                self.assertEqual(200, status)
                self.check(endpoint, answer)
            self.assertEqual([[4]], list(self.client.post("/InputSizes", {"name": name})[1].values()))
            sizes = self.client.post("/OutputSizes", {"name": name})[1]["outputSizes"]
            status, answer = self.client.post("/Evaluate", {"name": name, "input": [POINT], "config": {}})
            self.assertEqual(200, status)
            self.check("Evaluate", answer)
            self.assertEqual(sizes, [len(output) for output in answer["output"]])
            self.assertTrue(all(isinstance(x, float) for output in answer["output"] for x in output))

    def test_what_is_not_supported_is_an_error_of_the_protocol(self):
        extra = {"sens": [0.0] * 4, "vec": [0.0] * 4, "inWrt": 0, "outWrt": 0, "inWrt1": 0, "inWrt2": 0}
        for name in MODELS:
            for endpoint in ("Gradient", "ApplyJacobian", "ApplyHessian"):
                status, answer = self.client.post("/" + endpoint, {"name": name, "input": [POINT], "config": {}, **extra})
                self.check("Error", answer)
                self.assertEqual((400, "UnsupportedFeature"), (status, answer["error"]["type"]))
            self.assertEqual({"Evaluate"}, {feature for feature, can in self.client.post("/ModelInfo", {"name": name})[1]["support"].items() if can})

    def test_mistakes_are_errors_of_the_protocol_and_the_connection_stays(self):
        for request, kind in (
            ({"name": "forwards", "input": [POINT]}, "ModelNotFound"),
            ({"input": [POINT]}, "InvalidInput"),
            ({"name": "forward", "input": POINT}, "InvalidInput"),
            ({"name": "forward", "input": [POINT[:3]]}, "InvalidInput"),
            ({"name": "forward", "input": [POINT[:3] + [math.nan]]}, "InvalidInput"),
            ({"name": "forward", "input": [POINT], "config": {"level": 1}}, "InvalidInput"),
            ([], "InvalidInput"),
        ):
            status, answer = self.client.post("/Evaluate", request)
            self.check("Error", answer)
            self.assertEqual((400, kind), (status, answer["error"]["type"]), request)
        for method, endpoint, status in (("GET", "/Evaluate", 405), ("POST", "/Info", 405), ("GET", "/", 404), ("POST", "/evaluate", 404)):
            response, body = self.client.ask(method, endpoint, "{}" if method == "POST" else None)
            self.check("Error", json.loads(body))
            self.assertEqual(status, response.status)
        self.assertEqual(1, len(self.client.evaluate("posterior", POINT)))

    def test_an_impossible_point_is_minus_infinity(self):
        self.assertEqual([[-math.inf]], self.client.evaluate("posterior", [-1.0, 0.7, 8.0, 1.0]))
        status, answer = self.client.post("/Evaluate", {"name": "forward", "input": [[-1.0, 0.7, 8.0, 1.0]]})
        self.check("Error", answer)
        self.assertEqual((400, "InvalidInput"), (status, answer["error"]["type"]))

    def test_bodies_in_pieces_and_of_any_type_are_read(self):
        text = json.dumps({"name": "posterior", "input": [POINT], "config": {}}).encode()
        plain = self.client.evaluate("posterior", POINT)
        for body, headers in (
            (iter([text[:9], text[9:]]), {"Transfer-Encoding": "chunked"}),
            (text, {"Content-Type": "text/plain"}),
            (text, {"Content-Type": "application/x-www-form-urlencoded"}),
        ):
            self.connection_answers(plain, body, headers)

    def connection_answers(self, expected, body, headers):
        self.client.connection.request("POST", "/Evaluate", body, headers, encode_chunked="Transfer-Encoding" in headers)
        response = self.client.connection.getresponse()
        self.assertEqual(expected, json.loads(response.read())["output"])

    def test_many_clients_at_once_get_what_one_gets(self):
        requests = [(MODELS[i % 2], [1 + 0.01 * i, 0.7, 8.0 + 0.1 * i, 1.0]) for i in range(60)]
        own = threading.local()

        def evaluate(request):
            if not hasattr(own, "client"):
                own.client = Client()
            return own.client.evaluate(*request)

        with ThreadPoolExecutor(12) as clients:
            together = list(clients.map(evaluate, requests))
        self.assertEqual([self.client.evaluate(*request) for request in requests], together)
        self.assertEqual(len(requests), len({json.dumps(output) for output in together}))


if __name__ == "__main__":
    unittest.main()
