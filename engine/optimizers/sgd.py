"""Plain gradient descent."""

from engine.optimizers.declaration import Hyper, Optimizer, Reference

SGD = Optimizer(
    name="sgd",
    title="SGD",
    formula="x = x - lr * g",
    hyper=(Hyper("lr", 0.1, 0.0, 0.6, 0.001, "learning rate"),),
    reference=Reference(
        authors="Robbins, Monro",
        year=1951,
        title="A Stochastic Approximation Method",
        url="https://doi.org/10.1214/aoms/1177729586",
    ),
    summary="One learning rate for every coordinate, along the gradient.",
)
