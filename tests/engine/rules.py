"""Update rules of many forms, and what multiplies their direction, worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from engine import Hyper, Optimizer, State

Start = float | Literal["x"]


def rule(
    formula: str,
    direction: str = "g",
    *,
    state: Mapping[str, Start] = MappingProxyType({}),
    **hyper: float,
) -> Optimizer:
    """An optimizer with these lines, states and settings."""
    return Optimizer(
        name="own",
        title="Own",
        formula=formula,
        hyper=tuple(Hyper(key, value, 0, 1, 0.001) for key, value in hyper.items()),
        state=tuple(State(key, value) for key, value in state.items()),
        direction=direction,
    )


MEANS = "m = beta1 * m + (1 - beta1) * g\nv = beta2 * v + (1 - beta2) * g**2\n"
HATS = "m_hat = m / (1 - beta1**t)\nv_hat = v / (1 - beta2**t)\n"

MULTIPLES = MappingProxyType(
    {
        "Nesterov as frameworks have it": (
            rule("b = mu*b + g\nx = x - lr*g - lr*mu*b", state={"b": 0}, lr=0.02, mu=0.9),
            "lr",
        ),
        "Nesterov, of its state": (
            rule("b = mu*b + g\nx = x - lr*g - lr*mu*b", "b", state={"b": 0}, lr=0.02, mu=0.9),
            "lr * mu",
        ),
        "Nesterov of Keras": (
            rule(
                "w = v\nv = mu*v - lr*g\nx = x - mu*w + (1 + mu)*v",
                "v",
                state={"v": 0},
                lr=0.02,
                mu=0.9,
            ),
            "-(1 + mu)",
        ),
        "lookahead": (
            rule(
                "y = x + mu*b\nh = grad(y)\nb = mu*b - lr*h\nx = x + b",
                "h",
                state={"b": 0},
                lr=0.02,
                mu=0.9,
            ),
            "lr",
        ),
        "lookahead, of its state": (
            rule("b = mu*b - lr*grad(x + mu*b)\nx = x + b", "b", state={"b": 0}, lr=0.02, mu=0.9),
            "-1",
        ),
        "heavy ball": (
            rule("y = x - lr*g + mu*(x - p)\np = x\nx = y", state={"p": "x"}, lr=0.02, mu=0.9),
            "lr",
        ),
        "heavy ball by its step": (
            rule("d = lr*g - mu*(x - p)\np = x\nx = x - d", state={"p": "x"}, lr=0.02, mu=0.9),
            "lr",
        ),
        "quasi-hyperbolic": (
            rule(
                "m = mu*m + (1 - mu)*g\nx = x - lr*((1 - nu)*g + nu*m)",
                state={"m": 0},
                nu=0.7,
                lr=0.02,
                mu=0.9,
            ),
            "lr * (1 - nu)",
        ),
        "quasi-hyperbolic, of its mean": (
            rule(
                "m = mu*m + (1 - mu)*g\nx = x - lr*((1 - nu)*g + nu*m)",
                "m",
                state={"m": 0},
                nu=0.7,
                lr=0.02,
                mu=0.9,
            ),
            "lr * nu",
        ),
        "quasi-hyperbolic without the gradient": (
            rule(
                "m = mu*m + g\nx = x - lr*((1 - nu)*g + nu*m)",
                state={"m": 0},
                nu=1.0,
                lr=0.02,
                mu=0.9,
            ),
            "0",
        ),
        "NAdam, of its mean": (
            rule(
                f"{MEANS}{HATS}x = x - lr*(beta1*m_hat + (1 - beta1)/(1 - beta1**t)*g)"
                "/(sqrt(v_hat) + eps)",
                "m_hat",
                state={"m": 0, "v": 0},
                lr=0.02,
                beta1=0.9,
                beta2=0.99,
                eps=1e-8,
            ),
            "lr * beta1 / (sqrt(v / (1 - beta2**t)) + eps)",
        ),
        "NAdam, of the gradient": (
            rule(
                f"{MEANS}{HATS}x = x - lr*(beta1*m_hat + (1 - beta1)/(1 - beta1**t)*g)"
                "/(sqrt(v_hat) + eps)",
                state={"m": 0, "v": 0},
                lr=0.02,
                beta1=0.9,
                beta2=0.99,
                eps=1e-8,
            ),
            "lr * (1 - beta1) / (1 - beta1**t) / (sqrt(v / (1 - beta2**t)) + eps)",
        ),
        "AdamW": (
            rule(
                f"{MEANS}{HATS}x = x*(1 - lr*decay) - lr*m_hat/(sqrt(v_hat) + eps)",
                "m_hat",
                state={"m": 0, "v": 0},
                decay=0.1,
                lr=0.02,
                beta1=0.9,
                beta2=0.99,
                eps=1e-8,
            ),
            "lr / (sqrt(v / (1 - beta2**t)) + eps)",
        ),
        "decay in the gradient": (
            rule("d = g + decay*x\nx = x - lr*d", lr=0.02, decay=0.1),
            "lr",
        ),
        "Lion, of the sign": (
            rule(
                "u = mu*m + (1 - mu)*g\nd = sign(u)\nx = x - lr*(d + decay*x)\nm = 0.99*m + 0.01*g",
                "d",
                state={"m": 0},
                decay=0.1,
                lr=0.02,
                mu=0.9,
            ),
            "lr",
        ),
        "the point in the divisor": (
            rule("x = x - lr*g/(1 + x**2) - decay*x", lr=0.02, decay=0.1),
            "lr / (1 + old**2)",
        ),
        "the point times the gradient": (
            rule("x = x*(1 - lr*abs(x)*g) + decay", lr=0.02, decay=0.1),
            "lr * abs(old) * old",
        ),
        "the gradient elsewhere": (
            rule("h = grad(x - lr*g)\nx = x - lr*(g + h)/2", "h", lr=0.02),
            "lr / 2",
        ),
        "a line of the step before": (
            rule(
                "x = x - lr*b + decay\nb = mu*b + g",
                "b",
                state={"b": 1},
                decay=0.1,
                lr=0.02,
                mu=0.9,
            ),
            "lr",
        ),
        "a minus before a sum": (
            rule("x = -(lr*(g - 3*x)/2 - x*(1 - 1.5*lr)) - 0.5", lr=0.02),
            "lr / 2",
        ),
    }
)
"""Rules with a factor of their direction, as a Python expression; ``old`` is the point before."""

NONE = MappingProxyType(
    {
        "the sign": rule("x = x - lr*sign(g)", lr=0.02),
        "the sign in a line": rule("d = sign(g)\nx = x - lr*d", lr=0.02),
        "Lion": rule(
            "u = mu*m + (1 - mu)*g\nx = x - lr*(sign(u) + decay*x)\nm = 0.99*m + 0.01*g",
            state={"m": 0},
            decay=0.1,
            lr=0.02,
            mu=0.9,
        ),
        "extragradient": rule("y = x - lr*g\nx = x - lr*grad(y)", lr=0.02),
        "sharpness-aware": rule(
            "e = rho*g/(abs(g) + 1e-12)\nx = x - lr*grad(x + e)", lr=0.02, rho=0.05
        ),
        "Heun": rule("x = x - lr*(g + grad(x - lr*g))/2", lr=0.02),
        "clipped": rule("x = x - lr*maximum(minimum(g, 5), -5)", lr=0.02),
        "a rate as large as the gradient": rule(
            "r = maximum(0.5*r, abs(g))\nx = x - lr*r*sign(g)", state={"r": 0}, lr=0.02
        ),
        "divided by itself": rule("x = x - lr*g/(1 + abs(g))", lr=0.02),
        "squared": rule("x = x - lr*g**2", lr=0.002),
        "momentum whose direction nobody told": rule(
            "b = mu*b + g\nx = x - lr*b", state={"b": 0}, lr=0.02, mu=0.9
        ),
        "no gradient at all": rule("x = x - lr*x", lr=0.02),
        "nothing times the gradient": rule("x = x - 0*g - lr*x", lr=0.02),
    }
)
"""Rules whose step is no multiple of the gradient, and which name no direction."""
