"""Writes distributions-tails.json: logs of both tails, truncations and moments to 17 digits, computed with 60 or more.

Run with python3 and mpmath 1.3. Every parameter is the binary double that its text reads as.
"""

import json
from mpmath import mp, mpf, atan, betainc, erf, erfc, exp, gammainc, inf, isinf, legendre, log, log1p, loggamma, pi, sqrt

mp.dps = 60


def gauss_legendre(n):
    rule = []
    for i in range(n):
        x = mp.cos(pi * (i + mpf(3) / 4) / (n + mpf(1) / 2))
        for _ in range(8):
            value, before = legendre(n, x), legendre(n - 1, x)
            slope = n * (x * value - before) / (x * x - 1)
            x -= value / slope
        rule.append((x, 2 / ((1 - x * x) * slope ** 2)))
    return rule


RULE = gauss_legendre(24)


def quad(f, points):
    """Composite Gauss-Legendre, the panels halved until twenty-two digits have settled."""
    def total(pieces):
        result = mpf(0)
        for a, b in zip(points, points[1:]):
            for k in range(pieces):
                left, right = a + (b - a) * k / pieces, a + (b - a) * (k + 1) / pieces
                half, centre = (right - left) / 2, (right + left) / 2
                result += half * sum(w * f(centre + half * x) for x, w in RULE)
        return result
    pieces, last = 1, total(1)
    while True:
        pieces *= 2
        value = total(pieces)
        if abs(value - last) <= abs(value) * mpf(10) ** -22:
            return value
        last = value


def normal(m, s):
    lower = lambda z: erfc(-z / sqrt(2)) / 2
    z = lambda x: (x - m) / s
    return (lambda x: -z(x) ** 2 / 2 - log(s * sqrt(2 * pi)), lambda x: lower(z(x)), lambda x: lower(-z(x)))


def log_normal(m, s):
    n = normal(m, s)
    return (lambda x: n[0](log(x)) - log(x), lambda x: n[1](log(x)), lambda x: n[2](log(x)))


def half_normal(s):
    return (lambda x: normal(0, s)[0](x) + log(mpf(2)), lambda x: erf(x / s / sqrt(2)), lambda x: erfc(x / s / sqrt(2)))


def cauchy(m, s):
    upper = lambda z: atan(1 / z) / pi if z > 0 else mpf(1) / 2 - atan(z) / pi
    z = lambda x: (x - m) / s
    return (lambda x: -log(pi * s) - log1p(z(x) ** 2), lambda x: upper(-z(x)), lambda x: upper(z(x)))


def half_cauchy(s):
    return (lambda x: log(2 / pi / s) - log1p((x / s) ** 2), lambda x: 2 * atan(x / s) / pi, lambda x: 2 * atan(s / x) / pi)


def student_t(n, m, s):
    def upper(t):
        if t < 0:
            return 1 - upper(-t)
        x = n / (n + t * t)
        return betainc(n / 2, mpf(1) / 2, 0, x, regularized=True) / 2
    t = lambda x: (x - m) / s
    constant = loggamma((n + 1) / 2) - loggamma(n / 2) - log(n * pi) / 2 - log(s)
    return (lambda x: constant - (n + 1) / 2 * log1p(t(x) ** 2 / n), lambda x: upper(-t(x)), lambda x: upper(t(x)))


def exponential(r):
    return (lambda x: log(r) - r * x, lambda x: -mp.expm1(-r * x), lambda x: exp(-r * x))


def lower_gamma(a, x):
    if a < 1e4:
        return gammainc(a, 0, x, regularized=True)
    if x > a:
        return 1 - upper_gamma(a, x)
    term = total = mpf(1)
    n = a
    while term > total * mpf(10) ** -65:
        n += 1
        term *= x / n
        total += term
    return exp(a * log(x) - x - loggamma(a + 1)) * total


def upper_gamma(a, x):
    if a < 1e4:
        return gammainc(a, x, inf, regularized=True)
    if x <= a:
        return 1 - lower_gamma(a, x)
    f = x
    for k in range(60000, 0, -1):
        f = x + (k - a) / (1 + k / f)
    return exp(a * log(x) - x - loggamma(a)) / f


def gamma_(a, r):
    return (lambda x: a * log(r) + (a - 1) * log(x) - r * x - loggamma(a),
            lambda x: lower_gamma(a, r * x), lambda x: upper_gamma(a, r * x))


def inverse_gamma(a, s):
    return (lambda x: a * log(s) - (a + 1) * log(x) - s / x - loggamma(a),
            lambda x: gammainc(a, s / x, inf, regularized=True), lambda x: gammainc(a, 0, s / x, regularized=True))


def beta(a, b):
    return (lambda x: (a - 1) * log(x) + (b - 1) * log1p(-x) + loggamma(a + b) - loggamma(a) - loggamma(b),
            lambda x: betainc(a, b, 0, x, regularized=True), lambda x: betainc(b, a, 0, 1 - x, regularized=True))


def log_uniform(a, b):
    r = log(b / a)
    return (lambda x: -log(x) - log(r), lambda x: log(x / a) / r, lambda x: log(b / x) / r)


def laplace(m, s):
    lower = lambda z: exp(z) / 2 if z < 0 else 1 - exp(-z) / 2
    z = lambda x: (x - m) / s
    return (lambda x: -abs(z(x)) - log(2 * s), lambda x: lower(z(x)), lambda x: lower(-z(x)))


def triangular(a, c, b):
    def lower(x):
        return (x - a) ** 2 / ((b - a) * (c - a)) if x < c else 1 - (b - x) ** 2 / ((b - a) * (b - c))
    return (lambda x: log(2 * (x - a) / ((b - a) * (c - a)) if x < c else 2 * (b - x) / ((b - a) * (b - c))),
            lower, lambda x: 1 - lower(x))


def weibull(k, s):
    return (lambda x: log(k / s) + (k - 1) * log(x / s) - (x / s) ** k,
            lambda x: -mp.expm1(-(x / s) ** k), lambda x: exp(-(x / s) ** k))


def logistic(m, s):
    z = lambda x: (x - m) / s
    return (lambda x: -z(x) - log(s) - 2 * log1p(exp(-z(x))), lambda x: 1 / (1 + exp(-z(x))), lambda x: 1 / (1 + exp(z(x))))


def skew_normal(m, s, a):
    z = lambda x: (x - m) / s
    density = lambda t: 2 * exp(-t * t / 2) / sqrt(2 * pi) * erfc(-a * t / sqrt(2)) / 2

    def tail(t, sign):
        # out to where the density has fallen by e^-150
        falls = sign * a < 0
        rate = sqrt(1 + a * a) if falls else mpf(1)
        width = min(1 / rate, 1 / (abs(t) * rate ** 2)) if sign * t > 0 else 1 / rate
        reach = abs(t) if sign * t < 0 else mpf(0)
        points = [t]
        if sign * t < 0:
            points += [t + sign * reach * k / 8 for k in range(1, 9)]
        start = points[-1]
        limit = min(18 / rate, 150 * width) if sign * t > 0 else mpf(18)
        step = limit / 12
        points += [start + sign * step * k for k in range(1, 13)]
        return abs(quad(density, points))

    return (lambda x: log(2 / s) - z(x) ** 2 / 2 - log(2 * pi) / 2 + log(erfc(-a * z(x) / sqrt(2)) / 2),
            lambda x: tail(z(x), -1), lambda x: tail(z(x), 1))


FAMILIES = dict(normal=normal, log_normal=log_normal, half_normal=half_normal, cauchy=cauchy, half_cauchy=half_cauchy,
                student_t=student_t, exponential=exponential, gamma=gamma_, inverse_gamma=inverse_gamma, beta=beta,
                log_uniform=log_uniform, laplace=laplace, triangular=triangular, weibull=weibull, logistic=logistic,
                skew_normal=skew_normal)

TAILS = [
    ("normal", [0, 1], [-100, -39, -8.3, -8, -3, -1e-9, 0.5, 5, 9, 38, 300]),
    ("log_normal", [0.2, 0.7], [1e-30, 1e-4, 0.9, 40, 1e5, 1e30]),
    ("half_normal", [0.5], [1e-200, 1e-12, 0.1, 0.49, 0.51, 4, 40]),
    ("cauchy", [0, 2.5], [-1e200, -1e9, -2.6, -2.4, 1e-9, 3, 1e12]),
    ("half_cauchy", [2], [1e-200, 1e-9, 1.9, 2.1, 1e9, 1e200]),
    ("student_t", [0.3, 0, 1], [-1e120, -1e6, -0.01, 2, 1e30]),
    ("student_t", [4, 1, 2], [-1e40, -300, -1.5, 1.001, 5, 1e9]),
    ("student_t", [37.5, 0, 1], [-50, -6, -0.3, 1, 12]),
    ("student_t", [1e6, 0, 1], [-20, -5, -0.7, 1e-6, 3]),
    ("exponential", [2], [1e-200, 1e-10, 0.4, 5, 600]),
    ("gamma", [2.5, 1.7], [1e-60, 1e-5, 0.3, 2.05, 2.06, 9, 400]),
    ("gamma", [0.05, 1], [1e-250, 1e-30, 0.1, 1.04, 1.06, 3, 50]),
    ("gamma", [1000, 10], [40, 80, 99, 100, 101, 125, 300]),
    ("gamma", [1e6, 1], [950000, 999000, 1e6, 1001500, 1050000]),
    ("inverse_gamma", [3, 2], [1e-3, 0.02, 0.4, 5, 1e20]),
    ("inverse_gamma", [500, 20], [0.02, 0.036, 0.04, 0.05, 0.2]),
    ("beta", [2, 5], [1e-100, 1e-6, 0.3, 0.7, 0.999]),
    ("beta", [0.1, 0.2], [1e-200, 1e-9, 0.5, 0.999999]),
    ("beta", [3000, 1500], [0.5, 0.64, 0.6666, 0.69, 0.8]),
    ("beta", [1, 1], [1e-12, 0.25, 0.9]),
    ("log_uniform", [1e-3, 10], [0.001001, 0.5, 9.99]),
    ("log_uniform", [1, 1.0001], [1.00001, 1.00009]),
    ("log_uniform", [1e-300, 1e300], [1e-299, 1, 1e290]),
    ("laplace", [0.5, 1.5], [-900, 0.4, 0.6, 2000]),
    ("triangular", [0, 2, 5], [1e-9, 1.99, 2, 2.01, 4.9999999]),
    ("weibull", [1.8, 2], [1e-100, 1e-3, 1.9, 30, 200]),
    ("weibull", [0.4, 1], [1e-200, 1e-4, 3, 1e5]),
    ("weibull", [40, 3], [1e-3, 2, 3.1, 3.4]),
    ("logistic", [0, 1], [-800, -30, 0.1, 2, 40, 900]),
    ("skew_normal", [0, 1, 4], [-6, -2, -0.3, -1e-3, 0.02, 0.7, 3, 9, 45]),
    ("skew_normal", [0, 1, -0.5], [-45, -7, -1, 0.1, 0.8, 2, 8]),
    ("skew_normal", [0, 1, 300], [-0.1, -0.004, -0.002, 0.001, 0.3, 5]),
    ("skew_normal", [2, 3, 1], [-20, -1, 1.9, 2, 2.1, 9, 40]),
]

# name, parameters, lower, upper, points
TRUNCATED = [
    ("normal", [0, 1], 8, 9, [8.0001, 8.2, 8.9]),
    ("normal", [0, 1], -9, -8, [-8.9, -8.2, -8.0001]),
    ("normal", [0, 1], 40, inf, [40.001, 40.03, 41]),
    ("normal", [0, 1], -inf, -40, [-41, -40.03, -40.001]),
    ("normal", [0, 1], 8, 8.000001, [8.0000001, 8.0000009]),
    ("normal", [0, 1], -0.00001, 0.00002, [0, 1e-5]),
    ("normal", [3, 0.5], 1.5, 6, [2, 3, 5.9]),
    ("normal", [3, 0.5], -inf, 3.2, [1, 3]),
    ("half_normal", [0.5], 3, 4, [3.01, 3.5]),
    ("log_normal", [0.2, 0.7], 100, 1000, [101, 500]),
    ("cauchy", [0, 2.5], 1e6, 2e6, [1.1e6, 1.9e6]),
    ("cauchy", [0, 2.5], -1, 3, [-0.5, 2.9]),
    ("half_cauchy", [2], 0, 10, [1e-5, 9]),
    ("student_t", [4, 1, 2], 500, 501, [500.1, 500.9]),
    ("student_t", [4, 1, 2], 0, inf, [0.1, 40]),
    ("exponential", [2], 400, 401, [400.1, 400.9]),
    ("gamma", [2.5, 1.7], 50, 51, [50.1, 50.7]),
    ("gamma", [2.5, 1.7], 0, 1e-5, [1e-6, 9e-6]),
    ("inverse_gamma", [3, 2], 0, 0.01, [0.005, 0.0099]),
    ("inverse_gamma", [1.5, 2], 0.1, 50, [0.2, 30]),
    ("beta", [2, 5], 0.98, 1, [0.981, 0.995]),
    ("beta", [200, 500], 0.5, 0.6, [0.501, 0.52]),
    ("laplace", [0.5, 1.5], 100, inf, [101, 130]),
    ("laplace", [0.5, 1.5], 0.4999, 0.5002, [0.49995, 0.5001]),
    ("triangular", [0, 2, 5], 1.9999, 2.0001, [1.99995, 2.00005]),
    ("triangular", [0, 2, 5], 4.9, 5, [4.91, 4.99]),
    ("weibull", [1.8, 2], 20, 21, [20.01, 20.2]),
    ("logistic", [0, 1], 100, 105, [100.5, 104]),
    ("skew_normal", [0, 1, 4], -3, -2, [-2.5, -2.01]),
    ("skew_normal", [0, 1, 4], 6, inf, [6.1, 7]),
]

# Moments whose closed forms cancel.
MOMENTS = [("log_uniform", [1, 1.0001], 1, 1.0001), ("log_uniform", [1, 2], 1, 2), ("weibull", [40, 3], 0, 6),
           ("weibull", [9, 3], 0, 12), ("weibull", [2000, 3], 2.85, 3.01)]


def number(x):
    return float(mp.nstr(x, 19, strip_zeros=False))


def build(family, parameters):
    return FAMILIES[family](*[mpf(p) for p in parameters])


def mass_between(lower, upper, functions, family):
    """Probability of an interval from whichever tail is smaller."""
    _, below, above = functions
    if isinf(upper) or (family == "beta" and upper == 1):
        return above(lower)
    if isinf(lower) or (family in POSITIVE and lower == 0):
        return below(upper)
    return above(lower) - above(upper) if above(lower) < below(upper) else below(upper) - below(lower)


def moments(functions, lower, upper, inner):
    mp.dps = 30
    density = lambda x: exp(functions[0](x)) if x > 0 or inner[0] not in POSITIVE else mpf(0)
    if isinf(upper):
        if inner[0] == "student_t":
            points = [lower] + [lower + mpf(10) ** k for k in range(-2, 26)]
        else:
            # beyond these multiples of the mean excess nothing is left
            excess = functions[2](lower) / density(lower)
            points = [lower + excess * k for k in (0, 1, 2, 4, 8, 16, 32, 64, 120)]
    elif isinf(lower):
        excess = functions[1](upper) / density(upper)
        points = [upper - excess * k for k in (120, 64, 32, 16, 8, 4, 2, 1, 0)]
    else:
        points = [lower + (upper - lower) * k / 8 for k in range(9)]
        if inner[0] in ("laplace", "triangular"):
            knot = mpf(inner[1][0 if inner[0] == "laplace" else 1])
            points = sorted(set(points + ([knot] if lower < knot < upper else [])))
        if lower == 0:
            points = [mpf(0)] + [points[1] / 4 ** k for k in range(40, 0, -1)] + points[1:]
    total = quad(density, points)
    mean = quad(lambda x: (x - points[0]) * density(x), points) / total + points[0]
    square = quad(lambda x: (x - mean) ** 2 * density(x), points) / total
    mp.dps = 60
    return number(mean), number(sqrt(square))


POSITIVE = {"log_normal", "gamma", "inverse_gamma", "weibull", "half_cauchy", "beta"}


def tail_case(family, parameters, points):
    log_density, below, above = build(family, parameters)
    rows = []
    for x in map(mpf, points):
        lower, upper = below(x), above(x)
        rows.append(dict(x=float(x), log_density=number(log_density(x)),
                         log_cdf=number(log1p(-upper) if upper < 0.5 else log(lower)),
                         log_survival=number(log1p(-lower) if lower < 0.5 else log(upper))))
    return dict(distribution=family, parameters=parameters, points=rows)


def truncated_case(family, parameters, lower, upper, points):
    functions = build(family, parameters)
    lower, upper = mpf(lower), mpf(upper)
    mass = mass_between(lower, upper, functions, family)
    rows = []
    for x in map(mpf, points):
        rows.append(dict(x=float(x), log_density=number(functions[0](x) - log(mass)),
                         log_cdf=number(log(mass_between(lower, x, functions, family) / mass)),
                         log_survival=number(log(mass_between(x, upper, functions, family) / mass))))
    mean, sd = moments(functions, lower, upper, (family, parameters))
    return dict(distribution=family, parameters=parameters, lower=None if isinf(lower) else float(lower),
                upper=None if isinf(upper) else float(upper), points=rows, mean=mean, sd=sd)


def main():
    document = dict(
        source="mpmath 1.3, 60 digits: distributions-tails.py",
        tails=[tail_case(*case) for case in TAILS],
        truncated=[truncated_case(*case) for case in TRUNCATED],
        moments=[dict(distribution=f, parameters=p, **dict(zip(("mean", "sd"), moments(build(f, p), mpf(lo), mpf(hi), (f, p)))))
                 for f, p, lo, hi in MOMENTS])
    with open("distributions-tails.json", "w") as file:
        json.dump(document, file, indent=1)
        file.write("\n")


main()
