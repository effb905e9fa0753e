"""The mathematics of panels: numpy arrays in, numpy arrays out; knows no database and no words.

Letters in shapes: E entries, J jurors, C criteria, D draws. What was not given is NaN.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.intp]
Truths = NDArray[np.bool_]
