"""The films that the tests look at: every optimizer and outcome, both languages."""

from dataclasses import replace
from types import MappingProxyType

from scenes import QUALITIES, Cue, FilmSpec

DRAFT = QUALITIES["draft"]

FILMS = MappingProxyType(
    {
        film.name: film
        for film in (
            FilmSpec("sgd", "en", "sgd", "valley", hyper=(("lr", 0.52),), quality=DRAFT),
            FilmSpec(
                "divergence", "zh", "sgd", "valley", steps=2000, hyper=(("lr", 0.7),), quality=DRAFT
            ),
            FilmSpec(
                "momentum",
                "en",
                "momentum",
                "rosenbrock",
                steps=300,
                hyper=(("lr", 0.001),),
                quality=DRAFT,
            ),
            FilmSpec("adagrad", "zh", "adagrad", "valley", hyper=(("lr", 0.4),), quality=DRAFT),
            FilmSpec("rmsprop", "en", "rmsprop", "beale", hyper=(("lr", 0.05),), quality=DRAFT),
            FilmSpec("adadelta", "en", "adadelta", "valley", steps=400, quality=DRAFT),
            FilmSpec(
                "adam", "zh", "adam", "himmelblau", steps=60, hyper=(("lr", 0.3),), quality=DRAFT
            ),
            FilmSpec(
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

TINY = replace(
    FILMS["adagrad"],
    name="tiny",
    steps=4,
    explained=1,
    cues=(Cue(0, "从起点出发。"), Cue(4, "到了。")),
    quality=replace(DRAFT, name="tiny", width=320, height=180, fps=10),
)
