"""Writes elementary.json: log, exp and the normal quantile to 33 digits, as a double and what it leaves out.

Run: python3 elementary.py > elementary.json   (needs mpmath; written with mpmath 1.3.0)
"""
import json
import math
import random
import struct

import mpmath

mpmath.mp.prec = 1200
random.seed(20260101)


def from_bits(bits):
    return struct.unpack("<d", struct.pack("<Q", bits))[0]


def rows(function, points):
    table = []
    for x in points:
        value = function(mpmath.mpf(x))
        high = float(value)
        low = float(value - mpmath.mpf(high)) if math.isfinite(high) else 0.0
        table.append([x, high, low])
    return table


def normal_quantile(p):
    # Newton's method on the tail that p is in, so that no digits cancel.
    if p == 0.5:
        return mpmath.mpf(0)
    tail = min(p, 1 - p)
    x = mpmath.sqrt(-2 * mpmath.log(tail)) if tail < 0.1 else mpmath.mpf(0.5)
    for _ in range(200):
        step = (mpmath.erfc(x / mpmath.sqrt(2)) / 2 - tail) / mpmath.npdf(x)
        x += step
        if abs(step) < mpmath.mpf(2) ** -300 * max(1, abs(x)):
            break
    return -x if p < 0.5 else x


log_points = [5e-324, 1e-320, 2.225073858507201e-308, 2.2250738585072014e-308, 1e-300, 1e-10, 0.1, 0.5,
              0.7071067811865475, 0.7071067811865476, 0.99, 1 - 2**-53, 1.0, 1 + 2**-52, 1.1, 1.4142135623730951,
              1.4142135623730954, 2.0, 10.0, 1e10, 1e300, 1.7976931348623157e308]
log_points += [from_bits(random.randrange(1, 0x7FF0000000000000)) for _ in range(100)]
log_points += [random.uniform(0.5, 2) for _ in range(100)]
log_points += [(2 * random.getrandbits(52) + 1) * 2.0**-53 for _ in range(50)]

exp_points = [0.0, -0.0, 1e-300, -1e-20, 1.0, -1.0, 0.34657359027997264, -0.34657359027997264, 709.782712893384,
              -708.3964185322641, -708.39641853226431, -720.5, -744.4400719213812, -745.13]
exp_points += [random.uniform(-745, 709.7) for _ in range(100)]
exp_points += [random.uniform(-2, 2) for _ in range(100)]
exp_points += [random.uniform(-1e-3, 1e-3) for _ in range(20)]

quantile_points = [1e-300, 1e-100, 2.0**-53, 1e-10, 1.3887943864964021e-11, 0.001, 0.025, 0.075, 0.0751, 0.25, 0.4999999,
                   0.5, 0.5000001, 0.75, 0.9, 0.925, 0.975, 0.999, 1 - 2**-53]
quantile_points += [random.random() for _ in range(60)]
quantile_points += [10 ** random.uniform(-15, -1) for _ in range(40)]

print(json.dumps({
    "source": "mpmath 1.3.0 at 1200 bits, by elementary.py; rows are x, value rounded to double, value less that double",
    "log": rows(mpmath.log, log_points),
    "exp": rows(mpmath.exp, exp_points),
    "normal_quantile": rows(normal_quantile, quantile_points),
}, indent=0))
