"""The mathematics of Thalweg: formulas, objectives, optimizers, trajectories and fields."""

from engine.descent import known_run, run
from engine.errors import UserError
from engine.objectives import OBJECTIVES, Objective, objective
from engine.optimizers import OPTIMIZERS, Hyper, Optimizer, Reference, State, optimizer
from engine.trajectory import Outcome, Trajectory
from engine.tuning import Tuned, best_of

__all__ = [
    "OBJECTIVES",
    "OPTIMIZERS",
    "Hyper",
    "Objective",
    "Optimizer",
    "Outcome",
    "Reference",
    "State",
    "Trajectory",
    "Tuned",
    "UserError",
    "best_of",
    "known_run",
    "objective",
    "optimizer",
    "run",
]
