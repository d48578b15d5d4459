"""The mathematics of Thalweg: formulas, objectives, optimizers, trajectories and fields."""

from engine.descent import known_run, run
from engine.errors import UserError
from engine.objectives import OBJECTIVES, Objective, objective
from engine.optimizers import OPTIMIZERS, Hyper, Optimizer, Reference, State, optimizer
from engine.ranking import Goal, Ranking, goal, ranking
from engine.trajectory import Outcome, Trajectory
from engine.tuning import Trial, Tuned, tune, usual_trials

__all__ = [
    "OBJECTIVES",
    "OPTIMIZERS",
    "Goal",
    "Hyper",
    "Objective",
    "Optimizer",
    "Outcome",
    "Ranking",
    "Reference",
    "State",
    "Trajectory",
    "Trial",
    "Tuned",
    "UserError",
    "goal",
    "known_run",
    "objective",
    "optimizer",
    "ranking",
    "run",
    "tune",
    "usual_trials",
]
