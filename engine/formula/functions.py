"""Functions that NumPy lacks; a listing that calls one prints it as it stands here."""

# No annotations and no other names than NumPy's: the text is copied into listings.
# mypy: disable-error-code="no-untyped-def"

import numpy as np


def sigmoid(a):
    """The logistic function 1 / (1 + exp(-a)); no power is ever taken that could overflow."""
    e = np.exp(-np.abs(a))
    return np.where(a < 0, e, 1) / (1 + e)


def softplus(a):
    """log(1 + exp(a)); no power is ever taken that could overflow."""
    return np.logaddexp(0, a)
