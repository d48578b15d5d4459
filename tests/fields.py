"""Objectives whose fields are hard to draw, by what makes them so."""

from engine import Objective, objective

HARD = {
    "plane": "x1 + 2*x2",
    "saddle": "x1**2 - x2**2",
    "hyperbolic": "x1*x2",
    "cubic": "x1**3",
    "hill": "-x1**2 - x2**2",
    "odd": "(x1*x2)**5",
    "tower": "exp(x1**4) + exp(x2**4)",
    "pit": "-exp(x1**4) - exp(x2**4)",
    "both ways": "exp(x1**4) - exp(x2**4)",
    "steep": "exp(-x1) + exp(9*x2)",
    "easom": "-cos(x1)*cos(x2)*exp(-(x1 - pi)**2 - (x2 - pi)**2)",
    "goldstein-price": "(1 + (x1+x2+1)**2 * (19-14*x1+3*x1**2-14*x2+6*x1*x2+3*x2**2))"
    " * (30 + (2*x1-3*x2)**2 * (18-32*x1+12*x1**2+48*x2-36*x1*x2+27*x2**2))",
    "michalewicz": "-sin(x1)*sin(x1**2/pi)**20 - sin(x2)*sin(2*x2**2/pi)**20",
    "far rosenbrock": "(1 - x1 + 40)**2 + 100*(x2 - (x1 - 40)**2)**2",
    "pole": "1/x1 + x2",
    "two poles": "1/(x1**2 + x2**2) + 1/((x1 - 1)**2 + x2**2)",
    "needle": "-1/(x1**2 + x2**2 + 0.0001)",
    "barrier": "x2**2 - log(x1 + 6) - log(4 - x1)",
    "half": "log(x1) + x2**2",
    "sigmoid": "1/(1 + exp(-x1))",
    "kink": "0.01*x1**2 + 5*abs(x2)",
    "quartic": "x1**4 + x2**4",
    "wavy": "x1**2 + x2**2 + 10*sin(3*x1)*cos(3*x2)",
}

FLAT = {
    "constant": "7",
    "noise": "sin(x1)**2 + cos(x1)**2",
    "signs": "sign(x1) + sign(x2)",
    "step": "sign(x1)",
    "floor": "maximum(0, x1**2 + x2**2 - 4)",
    "roof": "minimum(4, x1**2 + x2**2)",
    "nowhere": "log(x1 - 100)",
    "line": "sqrt(-abs(x1))",
}


def fields(formulas: dict[str, str]) -> dict[str, Objective]:
    """The objectives of the formulas under their names."""
    return {name: objective(formula) for name, formula in formulas.items()}
