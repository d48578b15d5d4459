"""The catalog of optimizers: one short declaration each."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from engine.errors import UserError, nearest
from engine.optimizers.adadelta import ADADELTA
from engine.optimizers.adagrad import ADAGRAD
from engine.optimizers.adam import ADAM
from engine.optimizers.declaration import Hyper, Optimizer, Reference, State
from engine.optimizers.momentum import MOMENTUM
from engine.optimizers.rmsprop import RMSPROP
from engine.optimizers.sgd import SGD

__all__ = ["OPTIMIZERS", "Hyper", "Optimizer", "Reference", "State", "optimizer"]

OPTIMIZERS: Mapping[str, Optimizer] = MappingProxyType(
    {entry.name: entry for entry in (SGD, MOMENTUM, ADAGRAD, RMSPROP, ADADELTA, ADAM)}
)


def optimizer(name: str, catalog: Mapping[str, Optimizer] = OPTIMIZERS) -> Optimizer:
    """The optimizer of this name; UserError names the nearest where there is none."""
    if name not in catalog:
        raise UserError(
            f"unknown optimizer '{name}'{nearest(name, catalog)}; there are: {', '.join(catalog)}"
        )
    return catalog[name]
