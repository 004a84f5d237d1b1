"""A strict client of the protocol of process models: starts a program as Calibrate does, and checks every answer against the rules."""

from __future__ import annotations

import base64
import json
import os
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any, Optional

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"
HELPER = SAMPLES / "models" / "python"


class Program:
    """One model program and the conversation with it."""

    def __init__(self, command: list[str], folder: Path) -> None:
        environment = {**os.environ, "CALIBRATE_MODEL": "1", "PYTHONDONTWRITEBYTECODE": "1"}
        self.process = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        self.noise: list[str] = []
        self.error: Optional[str] = None
        self.next_id = 1
        self.hello: dict[str, Any] = {}

    def __enter__(self) -> Program:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> tuple[int, str]:
        """Ends the program's input; its exit status and what it wrote to its standard error."""
        if self.error is None:
            if self.process.stdin.closed:
                self.process.stdin = None
            try:
                _, error = self.process.communicate(timeout=60)
            except subprocess.TimeoutExpired:
                self.process.kill()
                _, error = self.process.communicate()
                raise AssertionError(f"the program did not end with its input: {error.decode()}") from None
            self.error = error.decode()
        return self.process.returncode, self.error

    def shake_hands(
        self, parameters: list[str], outputs: Optional[list[str]] = None, encodings: Optional[list[str]] = None
    ) -> dict[str, Any]:
        self.encodings = encodings or ["json", "base64"]
        self.parameters = parameters
        self.tell({"calibrate": 1, "parameters": parameters, "outputs": outputs or [], "encodings": self.encodings, "later": {}})
        self.hello = self.hear()
        assert self.hello["calibrate"] == 1
        if "error" not in self.hello:
            assert 0 < len(self.hello["model"]) <= 200 and len(self.hello["version"]) <= 200
            assert self.hello.get("encoding", "json") in self.encodings
            assert self.hello.get("batch", 1) >= 1
            for output in self.hello.get("outputs", []):
                axis = output.get("axis", [0.0])
                assert axis == sorted(set(axis)), "axes increase"
        return self.hello

    @property
    def count(self) -> int:
        """Values of one result."""
        return 1 if self.hello.get("log_density") else sum(len(output.get("axis", [0])) for output in self.hello["outputs"])

    def evaluate(self, points: list[list[float]]) -> list[Any]:
        """Lists of values, or texts where the model failed."""
        assert len(points) <= self.hello.get("batch", 1)
        self.tell({"id": self.next_id, "points": points})
        answer = self.hear()
        assert answer["id"] == self.next_id, answer
        assert len(answer["results"]) == len(points), answer
        self.next_id += 1
        return [self.values(result) for result in answer["results"]]

    def values(self, result: dict[str, Any]) -> Any:
        if "error" in result:
            assert "\n" not in result["error"]
            return result["error"]
        values = result["values"]
        if self.hello.get("encoding", "json") == "base64":
            raw = base64.b64decode(values, validate=True)
            values = list(struct.unpack(f"<{len(raw) // 8}d", raw))
        else:
            values = [float("nan") if value is None else float(value) for value in values]
        assert len(values) == self.count, f"{len(values)} values, {self.count} announced"
        return values

    def tell(self, message: dict[str, Any]) -> None:
        self.process.stdin.write(json.dumps(message).encode() + b"\n")
        self.process.stdin.flush()

    def hear(self) -> dict[str, Any]:
        while True:
            line = self.process.stdout.readline()
            if not line:
                raise AssertionError(f"the program ended: {self.close()}")
            if line.startswith(b"{"):
                return json.loads(line)
            self.noise.append(line.decode())


def python(program: Path, *arguments: str) -> Program:
    """A Python program in its own folder."""
    return Program([sys.executable, str(program), *arguments], program.parent)


def bits(values: list[float]) -> list[bytes]:
    return [struct.pack("<d", value) for value in values]
