"""AdaGrad, with epsilon inside the root and the sum from zero."""

from engine.optimizers.declaration import Hyper, Optimizer, Reference, State
from engine.optimizers.shared import EPS

ADAGRAD = Optimizer(
    name="adagrad",
    title="AdaGrad",
    formula="""\
s = s + g**2
x = x - lr / sqrt(s + eps) * g
""",
    hyper=(Hyper("lr", 0.1, 0.0, 4.0, 0.01, "learning rate"), EPS),
    state=(State("s"),),
    roles=(("s", "second"),),
    reference=Reference(
        authors="Duchi, Hazan, Singer",
        year=2011,
        title="Adaptive Subgradient Methods for Online Learning and Stochastic Optimization",
        url="https://jmlr.org/papers/v12/duchi11a.html",
    ),
    summary="Each coordinate's step shrinks with the sum of its squared gradients.",
)
