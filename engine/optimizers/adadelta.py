"""AdaDelta (Zeiler 2012, algorithm 1), times a learning rate that the paper does not have."""

from engine.optimizers.declaration import Hyper, Optimizer, Reference, State
from engine.optimizers.shared import EPS

ADADELTA = Optimizer(
    name="adadelta",
    title="AdaDelta",
    formula="""\
s = rho * s + (1 - rho) * g**2
d = sqrt(u + eps) / sqrt(s + eps) * g
u = rho * u + (1 - rho) * d**2
x = x - lr * d
""",
    hyper=(
        Hyper("lr", 1.0, 0.0, 10.0, 0.1, "learning rate; 1 is the paper's method"),
        Hyper("rho", 0.9, 0.0, 0.999, 0.001, "share of the old averages that is kept", below=1),
        EPS,
    ),
    state=(State("s"), State("u")),
    roles=(("s", "second"), ("d", "step"), ("u", "memory")),
    reference=Reference(
        authors="Zeiler",
        year=2012,
        title="ADADELTA: An Adaptive Learning Rate Method",
        url="https://arxiv.org/abs/1212.5701",
    ),
    summary="The ratio of past steps to past gradients sets each coordinate's step.",
)
