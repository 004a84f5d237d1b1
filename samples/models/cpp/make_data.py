"""Writes oscillation.csv: synthetic observations of a damped oscillator with known parameters.

amplitude 10 mm, frequency 3 rad/s, damping 0.4 1/s, 60 times, independent Gaussian errors of 0.5 mm; random.Random(20240229).
"""

import math
import random

errors = random.Random(20240229)
rate = math.sqrt(3.0**2 - 0.4**2)
with open("oscillation.csv", "w", encoding="utf-8", newline="\n") as file:
    file.write("time,displacement,sigma\n")
    for i in range(60):
        t = 0.15 * i
        x = 10.0 * math.exp(-0.4 * t) * (math.cos(rate * t) + 0.4 / rate * math.sin(rate * t))
        file.write(f"{t:.2f},{x + errors.gauss(0.0, 0.5):.3f},0.5\n")
