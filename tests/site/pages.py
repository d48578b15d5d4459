"""The pages that the three lessons make."""

LANGUAGES = ("en", "zh")
LESSONS = ("adagrad", "adadelta", "adam")
PAGES = [
    "index.html",
    *(f"{lang}/{name}.html" for lang in LANGUAGES for name in ("index", *LESSONS)),
]
LESSON_PAGES = [f"{lang}/{name}.html" for lang in LANGUAGES for name in LESSONS]
