"""A finding's short name: the same as long as it says the same of the same people and the same part of their work.

By it a person answers a finding, and by it the answer is found again tomorrow, when the numbers in it have moved on.
"""

from __future__ import annotations

from hashlib import blake2b

from worklens.findings.model import Finding

LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's: no letter that is taken for a digit
LENGTH = 5  # 33 million names, for the handful of findings that one person is told
SUBJECT = (
    "collection",
    "weekday",
    "day",
    "ref",
    "alert",
)  # parameters that say of which part of the work it speaks
SINCE = {
    "dip": "from",
    "pace_rose": "since",
    "pace_fell": "since",
    "block_gone": "since",
    "block_come": "since",
}  # of one stretch of time: by its month


def name_of(finding: Finding) -> str:
    """Five letters and digits. All of a feed's people together and the feed by itself have the same name."""
    person = finding.account if "/" in finding.account else ""
    subject = [str(finding.params[name]) for name in SUBJECT if name in finding.params]
    if since := SINCE.get(finding.key):
        subject.append(str(finding.params[since])[:7])
    if (
        finding.key == "chore_slips"
    ):  # a repeating task with an id of its own; others are told by their kind alone
        subject += [ref.task for ref in finding.tasks if ref.occurrence]
    number = int.from_bytes(
        blake2b("\x1f".join((person, finding.key, *subject)).encode(), digest_size=8).digest()
    )
    return "".join(LETTERS[number >> 5 * place & 31] for place in range(LENGTH))
