"""RMSProp, with epsilon inside the root."""

from engine.optimizers.declaration import Hyper, Optimizer, Reference, State
from engine.optimizers.shared import EPS

RMSPROP = Optimizer(
    name="rmsprop",
    title="RMSProp",
    formula="""\
s = gamma * s + (1 - gamma) * g**2
x = x - lr / sqrt(s + eps) * g
""",
    hyper=(
        Hyper("lr", 0.1, 0.0, 1.0, 0.001, "learning rate"),
        Hyper("gamma", 0.9, 0.0, 0.99, 0.001, "share of the old average that is kept", below=1),
        EPS,
    ),
    state=(State("s"),),
    roles=(("s", "second"),),
    reference=Reference(
        authors="Tieleman, Hinton",
        year=2012,
        title="Lecture 6.5: divide the gradient by a running average of its recent magnitude",
        url="https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf",
    ),
    summary="Each coordinate's step is scaled by a moving average of its squared gradients.",
)
