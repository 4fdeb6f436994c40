"""The array types of these rooms, and the one value that stands for a day that has not come."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Numbers = NDArray[np.float64] | NDArray[np.int64]

NEVER = 2**40
"""The day of what has not happened: after every real day, and small enough that sums with it stay in int64."""
