"""``thalweg build --quality draft``, but that a draft is smaller and has fewer frames still.

Every shot of every film is rendered, joined and proven by the real command in its own processes.
The pages and their tests need true films, not sharp ones. Films travel to the workers with their
quality, so only this process needs to know it.
"""

from unittest import mock

from publish.cli import main
from scenes.spec import QUALITIES, Quality

SMALL = Quality("draft", 144, 5, 30, "ultrafast")

if __name__ == "__main__":
    with mock.patch("publish.plan.QUALITIES", {**QUALITIES, "draft": SMALL}):
        main(prog_name="thalweg")
