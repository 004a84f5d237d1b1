"""A minimal UM-Bridge 1.0 server in Python's standard library, with the habits of the reference server: text/plain answers, nan spelt by repr."""
import json
import math
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def forward(inputs, config):
    (a, b), (c,) = inputs
    if a < 0:
        raise ValueError("a must not be negative\nsecond line")
    if a == 99:
        return [[math.nan] * 3, [1.0]]
    slope = config.get("slope", 1)
    return [[a * slope + b * t for t in range(3)], [c * c]]


MODELS = {"forward": (forward, [2, 1], [3, 1]), "square": (lambda x, config: [[-x[0][0] ** 2]], [1], [1])}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self, text, status=200):
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def error(self, kind, message, status=400):
        self.answer(json.dumps({"error": {"type": kind, "message": message}}), status)

    def do_GET(self):
        self.answer(json.dumps({"protocolVersion": 1.0, "models": list(MODELS)}) if self.path == "/Info" else "404: Not Found", 200 if self.path == "/Info" else 404)

    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if request["name"] not in MODELS:
            return self.error("ModelNotFound", "Model " + request["name"] + " not supported")
        function, input_sizes, output_sizes = MODELS[request["name"]]
        if self.path == "/ModelInfo":
            return self.answer(json.dumps({"support": {"Evaluate": True, "Gradient": False, "ApplyJacobian": False, "ApplyHessian": False}}))
        if self.path == "/InputSizes":
            return self.answer(json.dumps({"inputSizes": input_sizes}))
        if self.path == "/OutputSizes":
            return self.answer(json.dumps({"outputSizes": output_sizes}))
        if self.path != "/Evaluate":
            return self.error("UnsupportedFeature", "not supported")
        if [len(v) for v in request["input"]] != input_sizes or not all(isinstance(x, float) for v in request["input"] for x in v):
            return self.error("InvalidInput", "floats of other sizes were expected")
        try:
            self.answer("{\"output\": %s }" % (function(request["input"], request.get("config", {})),))
        except ValueError:
            self.answer("500 Internal Server Error\n\nServer got itself in trouble", 500)

    def log_message(self, *arguments):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_address[1], flush=True)
sys.stdin.read()  # the tests end the server, also by dying
