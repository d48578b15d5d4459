"""Films of shots for tests, and numbers of theirs that are known otherwise."""

RACE = """\
[[films]]
name = "contest"
kind = "race"
steps = 20
trials = 3
racers = [
  { optimizer = "sgd", lr = { best_of = [0.1, 0.3, 0.6] } },
  { optimizer = "adam" },
  { optimizer = "sgd", lr = 0.6 },
]
"""
LECTURE = """\
[[films]]
name = "lecture"
optimizer = "adam"
start = [-5, -2]
steps = 30
hyper = { lr = 0.5 }
title = { en = "All of Adam", zh = "Adam 全解" }
pace = 1.5
theme = "light"
form = "tall"
shots = [
  { kind = "anatomy", dwell = [2, 5], without = "raw", highlight = ["m_hat"] },
  { explained = 1, dwell = [9], steps = 12, hyper = { beta1 = 0.5 } },
  { kind = "sweep", sweep = "beta1", stops = [0.9, 0, 0.99], title = { en = "Mem", zh = "记" } },
]
"""
RAW = """\
[[optimizers]]
name = "raw"
title = "Adam, uncorrected"
formula = \"\"\"
m = beta1 * m + (1 - beta1) * g
v = beta2 * v + (1 - beta2) * g**2
x = x - lr * m / (sqrt(v) + 1e-6)
\"\"\"
direction = "m"
state = { m = 0.0, v = 0.0 }
hyper.lr = { default = 0.1, low = 0, high = 1, step = 0.01 }
hyper.beta1 = { default = 0.8, low = 0, high = 1, step = 0.01 }
hyper.beta2 = { default = 0.999, low = 0, high = 1, step = 0.01 }
"""


def film(*lines: str) -> str:
    """A lesson file of one film, called ``one``, whose keys stand from line 3 on."""
    return "\n".join(["[[films]]", 'name = "one"', *lines, ""])


def on_valley(lr: float, step: int) -> tuple[float, float, float]:
    """Point and loss of plain descent on 0.1 x1² + 2 x2² from (−5, −2), in closed form."""
    x1, x2 = -5 * (1 - 0.2 * lr) ** step, -2 * (1 - 4 * lr) ** step
    return x1, x2, 0.1 * x1**2 + 2 * x2**2
