"""Films of own formulas and rules that are hard to lay out, in all kinds and forms."""

from engine import Objective, Optimizer
from scenes import AnatomyShot, DescentShot, FilmSpec, RaceShot, RunSpec, SweepShot
from scenes.spec import QUALITIES

GOLDSTEIN_PRICE = (
    "(1 + (x1 + x2 + 1)**2*(19 - 14*x1 + 3*x1**2 - 14*x2 + 6*x1*x2 + 3*x2**2))"
    "*(30 + (2*x1 - 3*x2)**2*(18 - 32*x1 + 12*x1**2 + 48*x2 - 36*x1*x2 + 27*x2**2))"
)
FIT = " + ".join(f"(x1*exp(-{k}*x2) - {3 / k:.3f})**2" for k in range(1, 9))
MANY = " + ".join(f"(x1 - {k}*x2 - 0.{k})**2" for k in range(1, 60))
FRACTION = "(x1**2 + x2**2)/(1 + (x1**2*x2**2)/(2 + x1**2))"
ROOTS = "sqrt(1 + sqrt(1 + sqrt(x1**2 + x2**2 + 1)))"

FAR = Objective(
    "far",
    "(x1 - 1000.4)**2 + (x2 - 1000000.5)**2",
    ((1000.0, 1001.0), (1e6, 1e6 + 1)),
    (1000.1, 1000000.2),
    ((1000.4, 1000000.5),),
)
FLAT = Objective("flat", "1e-6*x1**2 + x2**2", ((-1000.0, 1000.0), (-1.0, 1.0)), (-900.0, 0.8))
CORNER = Objective("corner", "(x1 - 3)**2 + (x2 - 3)**2 - 7", minima=((3.0, 3.0),))
TINY_VIEW = Objective(
    "tiny", "1e10*x1**2 + 2e10*x2**2", ((-1e-5, 2e-5), (-1e-5, 1e-5)), (1.5e-5, -8e-6)
)


def setting(default):
    return {"default": default, "low": 0.0, "high": 1.0, "step": 0.01}


def rule(lines, last="x = x - lr*s1", direction="s1"):
    """A rule of that many lines above the ``last`` ones."""
    names = [f"s{index}" for index in range(1, lines + 1)]
    return Optimizer.from_table(
        {
            "name": "long",
            "title": "A rule with a long name",
            "formula": "\n".join([*(f"{n} = beta*{n} + (1 - beta)*g" for n in names), last]),
            "direction": direction,
            "state": dict.fromkeys(names, 0.0),
            "hyper": {"lr": setting(0.1), "beta": setting(0.5)},
        }
    )


WIDE_RULE = rule(
    1,
    "d = s1/sqrt(s1**2 + 1) - 0.1*lr*s1*abs(s1) + 0.01*lr*sign(s1)*sqrt(abs(s1))"
    " - 0.001*lr*beta*s1**3 + 0.0001*(1 - beta)*lr*s1/(1 + s1**2) + 0.1*lr*(s1 - g)\n"
    "x = x - lr*d",
    "d",
)


def run(optimizer, objective, steps=30, start=None, **hyper):
    return RunSpec(optimizer, objective, start, steps, tuple(hyper.items()))


def film(name, form, shot, language="en", theme="dark", title=""):
    quality = QUALITIES["draft"]
    return FilmSpec(name, language, (shot,), title, quality=quality, form=form, theme=theme)


def descent(*runs):
    return DescentShot(panes=runs, explained=1)


def race(objective, *names, steps=60):
    rates = {"sgd": 0.01, "momentum": 0.01, "adam": 0.3, "rmsprop": 0.1, "adagrad": 0.5}
    racers = tuple(run(name, objective, steps, lr=rates[name]) for name in names)
    return RaceShot(racers=racers, choices=(None,) * len(racers))


FIVE = ("sgd", "momentum", "adam", "rmsprop", "adagrad")
AWKWARD = (
    film("fit", "wide", descent(run("sgd", FIT, lr=1e-9))),
    film("goldstein", "square", descent(run("sgd", GOLDSTEIN_PRICE, 1500, lr=1e-6)), "zh"),
    film("fraction", "square", AnatomyShot(run=run("adam", FRACTION), steps=(1,))),
    film("roots", "tall", AnatomyShot(run=run(WIDE_RULE, ROOTS), steps=(2,)), "zh", "light"),
    film("wide-rule", "wide", descent(run(WIDE_RULE, "x1**2 + x2**2 + 1e6"))),
    film("ten-lines", "square", descent(run(rule(9), "x1**2 + x2**2 - 1e9"))),
    film("far", "wide", descent(run("sgd", FAR, 1500, lr=0.01))),
    film("panes", "square", descent(run("sgd", FAR), run("sgd", MANY, lr=1e-6)), "zh"),
    film("flat", "tall", descent(run("adam", FLAT, 5000, lr=0.5)), theme="light"),
    film("himmelblau", "square", race("himmelblau", *FIVE)),
    film("offset", "wide", race("0.1*x1**2 + 2*x2**2 + 1000", *FIVE)),
    film("beale", "tall", SweepShot(run=run("sgd", "beale"), stops=(0.001, 0.01))),
    film("corner", "square", SweepShot(run=run("sgd", CORNER), stops=(0.01, 0.3)), theme="light"),
    film("tiny", "tall", race(TINY_VIEW, "sgd", "adam"), "zh"),
)
