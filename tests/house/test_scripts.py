"""The playground's modules share one scope, in which every name has one meaning."""

import re
from collections import Counter

from publish.scripts import modules

DECLARED = re.compile(r"^(?:async )?(?:const|let|var|class|function\*?) +(\w+)", re.MULTILINE)


def test_no_name_is_declared_twice() -> None:
    counts = Counter(name for text in modules() for name in DECLARED.findall(text))
    assert len(counts) > 100
    assert [name for name, count in counts.items() if count > 1] == []
