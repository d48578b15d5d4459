"""The films that the tests look at: every optimizer and outcome, both languages."""

from dataclasses import replace
from types import MappingProxyType

from scenes import QUALITIES, Cue, DescentShot, FilmSpec, RunSpec, timeline

DRAFT = QUALITIES["draft"]


def film(name, language, optimizer, objective, cues=(), explained=3, quality=DRAFT, **run):
    """A film of one descent."""
    shot = DescentShot(
        cues=cues, panes=(RunSpec(optimizer, objective, **run),), explained=explained
    )
    return FilmSpec(name, language, (shot,), quality=quality)


def changed(spec, **changes):
    """The film of one descent with fields of its run, its shot or itself replaced."""
    [shot] = spec.shots
    of_run = {key: changes.pop(key) for key in list(changes) if hasattr(shot.panes[0], key)}
    of_shot = {key: changes.pop(key) for key in list(changes) if key in ("cues", "explained")}
    shot = replace(shot, panes=(replace(shot.panes[0], **of_run),), **of_shot)
    return replace(spec, shots=(shot,), **changes)


def run_of(spec):
    """The run that the film's first shot shows."""
    return spec.shots[0].runs[0].trajectory


def clock_of(spec):
    """The clock of the film's first shot."""
    return timeline(spec).clocks[0]


FILMS = MappingProxyType(
    {
        film.name: film
        for film in (
            film("sgd", "en", "sgd", "valley", hyper=(("lr", 0.52),), quality=DRAFT),
            film(
                "divergence", "zh", "sgd", "valley", steps=2000, hyper=(("lr", 0.7),), quality=DRAFT
            ),
            film(
                "momentum",
                "en",
                "momentum",
                "rosenbrock",
                steps=300,
                hyper=(("lr", 0.001),),
                quality=DRAFT,
            ),
            film("adagrad", "zh", "adagrad", "valley", hyper=(("lr", 0.4),), quality=DRAFT),
            film("rmsprop", "en", "rmsprop", "beale", hyper=(("lr", 0.05),), quality=DRAFT),
            film("adadelta", "en", "adadelta", "valley", steps=400, quality=DRAFT),
            film("adam", "zh", "adam", "himmelblau", steps=60, hyper=(("lr", 0.3),), quality=DRAFT),
            film(
                "undefined",
                "en",
                "sgd",
                "log(x1) + x2**2",
                start=(1.0, 1.0),
                hyper=(("lr", 0.4),),
                quality=DRAFT,
            ),
        )
    }
)

TINY = changed(
    FILMS["adagrad"],
    name="tiny",
    steps=4,
    explained=1,
    cues=(Cue(0, "从起点出发。"), Cue(4, "到了。")),
    quality=replace(DRAFT, name="tiny", height=180, fps=10),
)
