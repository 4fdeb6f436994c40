"""What forgetting does with the file of facts; what it leaves of a person is shown at the command line."""

from __future__ import annotations

import re
from itertools import permutations

from worklens.local.forget import in_order

READS = {"a": [], "b": ["a"], "c": ["a", "b"], "d": ["c"], "e": ["d", "a"]}


def test_a_view_is_made_after_those_it_reads() -> None:
    """Whatever the order in which a file names them; a column of a view's name, which looks as if both read each other, doesn't hinder."""
    views = {
        name: f"CREATE VIEW {name} AS SELECT * FROM {', '.join(read) or 't'};" for name, read in READS.items()
    }
    for names in permutations(views):
        made = [re.findall(r"\w+", sql)[2] for sql in in_order({name: views[name] for name in names})]
        assert all(made.index(one) < made.index(name) for name, read in READS.items() for one in read)

    views["a"] = "CREATE VIEW a AS SELECT e FROM t;"
    assert sorted(in_order(views)) == sorted(views.values())
