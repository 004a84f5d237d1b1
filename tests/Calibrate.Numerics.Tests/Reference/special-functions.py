"""Writes special-functions.json: arguments and values of special functions to 17 digits.

Run with python3 and mpmath 1.3. Every argument is the binary double that its text reads as.
"""

import json
from mpmath import mp, mpf, betainc, beta, erfc, exp, expm1, gammainc, inf, linspace, log, log1p, loggamma, pi, quad, sqrt


def owen_t(h, a):
    panels = max(4, int(abs(h) * abs(a)) * 2)
    return quad(lambda x: exp(-h * h * (1 + x * x) / 2) / (1 + x * x), linspace(0, a, panels + 1)) / (2 * pi)


def log_normal_cdf(z):
    return log(erfc(-z / sqrt(mpf(2))) / 2) if z < 1 else log1p(-erfc(z / sqrt(mpf(2))) / 2)


FUNCTIONS = {
    "owen_t": (owen_t, [(h, a) for h in (0, 0.01, 0.3, 1.5, 4, 9, 30) for a in (-2, 0.001, 0.3, 1, 1.001, 7)]),
    "log_gamma": (loggamma, [(x,) for x in (1e-300, 1e-8, 0.1, 0.5, 0.999, 1, 1.2, 2, 2.5, 9.99, 10, 10.01, 123.4, 1e6, 1e15, 1e200)]),
    "stirling_error": (lambda x: loggamma(x) - (x - 0.5) * log(x) + x - log(2 * pi) / 2,
                       [(x,) for x in (0.01, 0.5, 1, 4, 9.99, 10, 50, 1e4, 1e12)]),
    "deviance": (lambda a, x: a * log(a / x) + x - a,
                 [(3, 3), (3, 2.9), (3, 1e-9), (1e8, 100000001), (1e8, 99000000), (0.01, 40)]),
    "log_beta": (lambda a, b: loggamma(a) + loggamma(b) - loggamma(a + b),
                 [(1, 1), (0.5, 0.5), (2, 5), (1e-9, 3), (1e6, 0.5), (1e5, 2e5), (20, 1e10)]),
    "log_lower_gamma": (lambda a, x: log(gammainc(a, 0, x, regularized=True)),
                        [(1e-3, 1e-200), (0.5, 0.01), (3, 3.9), (3, 4.1), (50, 5), (50, 49), (200, 260)]),
    "log_upper_gamma": (lambda a, x: log(gammainc(a, x, inf, regularized=True)),
                        [(0.01, 5), (0.5, 0.01), (3, 3.9), (3, 4.1), (50, 500), (50, 49), (200, 260)]),
    "log_incomplete_beta": (lambda a, b, x: log(betainc(a, b, 0, x, regularized=True)),
                            [(2, 5, 1e-100), (2, 5, 0.3), (2, 5, 0.999), (0.01, 0.02, 0.5), (100, 3, 0.2), (700, 900, 0.4),
                             (30, 0.5, 0.999)]),
    "log_normal_cdf": (log_normal_cdf, [(z,) for z in (-1e5, -300, -38, -8.001, -7.999, -3, -0.1, 0, 0.1, 3, 8, 30)]),
    "log_one_plus": (log1p, [(x,) for x in (-0.999, -0.5, -1e-9, 1e-300, 1e-17, 1e-5, 0.3, 1e10)]),
    "exp_minus_one": (expm1, [(x,) for x in (-700, -40, -1, -1e-9, 1e-300, 1e-5, 0.3, 1, 600)]),
    "log_one_minus_exp": (lambda x: log1p(-exp(x)), [(x,) for x in (-800, -40, -0.7, -0.69, -1e-9, -1e-300)]),
}


def rows(function, arguments):
    table = []
    for argument in arguments:
        value = function(*map(mpf, argument))
        table.append([float(x) for x in argument] + [float(mp.nstr(value, 19))])
    return table


document = {"source": "mpmath 1.3: special-functions.py"}
for name, (function, arguments) in FUNCTIONS.items():
    mp.dps = 60 if name == "owen_t" else 400  # enough to take the log of one less 1e-300
    document[name] = rows(function, arguments)
with open("special-functions.json", "w") as file:
    json.dump(document, file, indent=1)
    file.write("\n")
