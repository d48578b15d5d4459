"""What several optimizers have in common."""

from engine.optimizers.declaration import Hyper

EPS = Hyper("eps", 1e-6, 1e-12, 1.0, 1.0, "small constant that keeps the quotient finite", "log")
