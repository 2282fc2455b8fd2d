"""How likely so many reports are if nothing changed: a beta-binomial tail by `math.lgamma`."""

from math import exp, lgamma

PRIOR = 0.5
"""Jeffreys' prior: what is assumed of a share before anything was counted."""
NEGLIGIBLE = 1e-17


def chance_of(k: int, n: int, base_k: int, base_n: int) -> float:
    """The chance that k or more of n reports are of a kind that had base_k of base_n before.

    Between 0 and 1. The share is not known but counted, so few reports before make it less sure.
    Raises ValueError where more are of the kind than there are.
    """
    if not (0 <= k <= n and 0 <= base_k <= base_n):
        raise ValueError(f"{k} of {n}, {base_k} of {base_n}")
    if k == 0:
        return 1.0
    a, b = base_k + PRIOR, base_n - base_k + PRIOR
    if k * (a + b) <= n * a:
        # Below the mean the other tail is the shorter sum and the more exact one.
        return max(0.0, 1.0 - _tail(n - k + 1, n, b, a))
    return min(1.0, _tail(k, n, a, b))


def _tail(k: int, n: int, a: float, b: float) -> float:
    """The chance of k or more of n by the sum of its terms, each out of the one before."""
    if k > n:
        return 0.0
    term = exp(_choose(n, k) + _beta(k + a, n - k + b) - _beta(a, b))
    total = term
    for x in range(k, n):
        term *= (n - x) / (x + 1) * (x + a) / (n - x - 1 + b)
        total += term
        if term < total * NEGLIGIBLE:
            break
    return total


def _choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)


def _beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)
