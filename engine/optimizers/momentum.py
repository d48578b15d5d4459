"""Gradient descent with momentum, the heavy-ball method."""

from engine.optimizers.declaration import Hyper, Optimizer, Reference, State

MOMENTUM = Optimizer(
    name="momentum",
    title="Momentum",
    formula="""\
b = momentum * b + g
x = x - lr * b
""",
    hyper=(
        Hyper("lr", 0.05, 0.0, 0.6, 0.001, "learning rate"),
        Hyper(
            "momentum", 0.9, 0.0, 0.99, 0.01, "share of the last direction that is kept", below=1
        ),
    ),
    state=(State("b"),),
    roles=(("b", "first"),),
    direction="b",
    reference=Reference(
        authors="Polyak",
        year=1964,
        title="Some methods of speeding up the convergence of iteration methods",
        url="https://doi.org/10.1016/0041-5553(64)90137-5",
    ),
    summary="The direction is a decaying sum of gradients, so that it gathers speed.",
)
