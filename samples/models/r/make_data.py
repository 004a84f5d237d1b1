"""Writes decay.csv: synthetic counts of a decaying source with known parameters.

activity 120 1/s, rate 0.2 1/h, background 8 1/s, 25 hours, independent Gaussian errors of 3 1/s; random.Random(20240229).
"""

import math
import random

errors = random.Random(20240229)
with open("decay.csv", "w", encoding="utf-8", newline="\n") as file:
    file.write("hour,counts,sigma\n")
    for hour in range(25):
        file.write(f"{hour},{120.0 * math.exp(-0.2 * hour) + 8.0 + errors.gauss(0.0, 3.0):.2f},3\n")
