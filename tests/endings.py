"""Runs and how they end, each by an argument of its own."""

from typing import Any, NamedTuple

EASOM = "-cos(x1)*cos(x2)*exp(-(x1 - pi)**2 - (x2 - pi)**2)"
SIGMOID = "1/(1 + exp(-x1))"
TILTED = "0.50005*(x1**2 + x2**2) - 0.9999*x1*x2"
WELLS = "x1**4 - 2*x1**2 + 0.3*x1 + x2**2"


class Ending(NamedTuple):
    """A run and the name of its outcome."""

    optimizer: str
    objective: str
    start: tuple[float, float]
    steps: int
    hyper: dict[str, Any]
    outcome: str


ENDINGS = {
    # Ten steps that each keep 1 - 2e-9 of the way: nothing has moved, but the slope is a bowl's.
    "tiny bowl": Ending("sgd", "1e-8*(x1**2 + x2**2)", (2, 2), 10, {}, "finished"),
    "tiny bowl, done": Ending("sgd", "1e-8*(x1**2 + x2**2)", (2, 2), 50, {"lr": 2e7}, "converged"),
    "slow bowl": Ending("sgd", "bowl", (2, 2), 10, {"lr": 1e-9}, "finished"),
    "no rate": Ending("sgd", "valley", (-5, -2), 50, {"lr": 0.0}, "finished"),
    "huge bowl": Ending("sgd", "1e9*(x1**2 + x2**2)", (2, 2), 10, {"lr": 1e-12}, "finished"),
    # Easom's plateau, from where its well cannot be felt, and the well.
    "plateau": Ending("sgd", EASOM, (-5, -2), 50, {}, "flat"),
    "plateau, near": Ending("sgd", EASOM, (0, 0), 50, {}, "flat"),
    "plateau, adam": Ending("adam", EASOM, (0, 0), 20, {}, "flat"),
    "plateau, rmsprop": Ending("rmsprop", EASOM, (-2, 0), 50, {}, "flat"),
    "well": Ending("sgd", EASOM, (2.5, 2.5), 200, {"lr": 0.5}, "converged"),
    "rim": Ending("sgd", EASOM, (1.5, 1.5), 10, {"lr": 1e-3}, "finished"),
    "constant": Ending("sgd", "7", (0, 0), 10, {}, "flat"),
    "constant, adam": Ending("adam", "7 + 0*x1", (1, 2), 10, {}, "flat"),
    # Saddles and tops, where a gradient is 0 and a minimum is not.
    "saddle": Ending("sgd", "x1**2 - x2**2", (0, 0), 50, {}, "flat"),
    "into a saddle": Ending("sgd", "x1**2 - x2**2", (1, 0), 50, {"lr": 0.4}, "flat"),
    "past a saddle": Ending("sgd", "x1**2 - x2**2", (1, 1e-3), 50, {"lr": 0.4}, "finished"),
    "top": Ending("sgd", "-x1**2 - x2**2", (0, 0), 50, {}, "flat"),
    "monkey": Ending("sgd", "x1**3 - 3*x1*x2**2", (0, 0), 50, {}, "flat"),
    "inflection": Ending("adam", "x1**3", (0, 0), 50, {}, "flat"),
    # Saturated on either side.
    "saturated": Ending("sgd", SIGMOID, (40, 0), 50, {}, "flat"),
    "saturated, low": Ending("sgd", SIGMOID, (-40, 0), 50, {}, "flat"),
    "saturated, nearer": Ending("sgd", SIGMOID, (12, 0), 50, {}, "flat"),
    "sigmoid": Ending("sgd", SIGMOID, (0, 0), 50, {"lr": 1.0}, "finished"),
    # In the minimum from the start, with a minimum known and without.
    "at the minimum": Ending("sgd", "bowl", (0, 0), 50, {}, "converged"),
    "at a minimum": Ending("adam", "x1**2 + x2**2", (0, 0), 50, {}, "converged"),
    "at a minimum, rmsprop": Ending("rmsprop", "valley", (0, 0), 50, {}, "converged"),
    "at a shifted one": Ending("sgd", "(x1 - 1)**2 + x2**2 - 5", (1, 0), 3, {}, "converged"),
    "at a kink": Ending("sgd", "abs(x1) + abs(x2)", (0, 0), 10, {}, "converged"),
    # 1 - 2 lr is 0: one step to the minimum, where the gradient is 0.
    "in one step": Ending("sgd", "bowl", (1, 1), 1, {"lr": 0.5}, "converged"),
    "in one step, unknown": Ending("sgd", "x1**2 + x2**2", (1, 1), 7, {"lr": 0.5}, "converged"),
    "passing": Ending("momentum", "bowl", (1, 1), 1, {"lr": 0.5, "momentum": 0.5}, "finished"),
    # What is left of the valley is 2.5 (1 - 0.08)^200 of 10.5: 2e-7 after 100 steps, 6e-5 after 50.
    "valley": Ending("sgd", "valley", (-5, -2), 100, {"lr": 0.4}, "converged"),
    "valley, before": Ending("sgd", "valley", (-5, -2), 50, {"lr": 0.4}, "finished"),
    # One side settles at once, the other has hardly begun.
    "narrow": Ending("sgd", "1e-4*x1**2 + x2**2", (5, 2), 100, {}, "finished"),
    "narrow, turned": Ending("sgd", TILTED, (5, 2), 200, {}, "finished"),
    "line of minima": Ending("sgd", "x1**2", (-5, -2), 100, {}, "converged"),
    "turned line": Ending("sgd", "(x1 - x2)**2", (-5, -2), 100, {}, "converged"),
    "floor": Ending("sgd", "maximum(0, x1**2 + x2**2 - 4)", (-5, -2), 50, {}, "converged"),
    "quartic": Ending("sgd", "x1**4 + x2**4", (-5, -2), 1000, {"lr": 0.003}, "converged"),
    "barrier": Ending("sgd", "x1 - log(x1) + x2**2", (5, 1), 300, {}, "converged"),
    "other well": Ending("sgd", WELLS, (1.8, 0.5), 400, {"lr": 0.02}, "converged"),
    "tower": Ending("sgd", "exp(x1**4) + exp(x2**4)", (1, 1), 100, {"lr": 1e-3}, "finished"),
    "tower, still": Ending("sgd", "exp(x1**4) + exp(x2**4)", (1, 1), 10, {"lr": 1e-10}, "finished"),
    "plane": Ending("sgd", "x1 + 2*x2", (1, 0), 400, {}, "finished"),
    # RMSProp comes near, and its steps grow again: it hops about the minimum by half its rate.
    "rmsprop, near": Ending("rmsprop", "valley", (-5, -2), 50, {"lr": 0.25}, "finished"),
    "rmsprop, nearer": Ending("rmsprop", "valley", (-5, -2), 60, {"lr": 0.2}, "finished"),
    "rmsprop, hopping": Ending("rmsprop", "valley", (-5, -2), 400, {"lr": 0.1}, "finished"),
    "signs": Ending("rmsprop", "bowl", (-5, -2), 80, {"lr": 0.3, "gamma": 0.0}, "finished"),
    "wall to wall": Ending("sgd", "valley", (-5, -2), 50, {"lr": 0.5}, "finished"),
    "adam": Ending("adam", "valley", (-5, -2), 400, {"lr": 0.5}, "converged"),
    "adagrad": Ending("adagrad", "valley", (-5, -2), 200, {"lr": 1.0}, "converged"),
    "momentum": Ending("momentum", "valley", (-5, -2), 300, {}, "converged"),
    # From the deeper well to rest in the higher one.
    "higher well": Ending("adagrad", WELLS, (-1.1, 0.0), 400, {"lr": 1.5}, "climbed"),
    "climb": Ending("sgd", "bowl", (3, 4), 1, {"lr": 1.5}, "climbed"),
    "growth": Ending("sgd", "bowl", (3, 4), 8, {"lr": 1.5}, "diverging"),
}
