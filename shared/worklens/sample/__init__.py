"""A made-up person's two years of tasks, the same from the same seed, with all that is hidden in them written down.

Openly synthetic, for the demo and for tests of what an analysis should find; docs/sample.md says what was planted.
"""

from worklens.sample.generate import Export, Sample, generate, write
from worklens.sample.truth import Truth

__all__ = ["Export", "Sample", "Truth", "generate", "write"]
