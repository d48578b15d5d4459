"""Adam (Kingma and Ba 2015, algorithm 1), with epsilon outside the root."""

from engine.optimizers.declaration import Hyper, Optimizer, Reference, State
from engine.optimizers.shared import EPS

ADAM = Optimizer(
    name="adam",
    title="Adam",
    formula="""\
m = beta1 * m + (1 - beta1) * g
v = beta2 * v + (1 - beta2) * g**2
m_hat = m / (1 - beta1**t)
v_hat = v / (1 - beta2**t)
x = x - lr * m_hat / (sqrt(v_hat) + eps)
""",
    hyper=(
        Hyper("lr", 0.1, 0.0, 1.0, 0.001, "learning rate"),
        Hyper(
            "beta1", 0.9, 0.0, 0.999, 0.001, "share of the old mean gradient that is kept", below=1
        ),
        Hyper(
            "beta2", 0.999, 0.0, 0.999, 0.001, "share of the old mean square that is kept", below=1
        ),
        EPS,
    ),
    state=(State("m"), State("v")),
    roles=(("m", "first"), ("m_hat", "first"), ("v", "second"), ("v_hat", "second")),
    direction="m_hat",
    reference=Reference(
        authors="Kingma, Ba",
        year=2015,
        title="Adam: A Method for Stochastic Optimization",
        url="https://arxiv.org/abs/1412.6980",
    ),
    summary="Moving averages of the gradient and of its square, both corrected for their start.",
)
