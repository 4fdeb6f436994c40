"""Models of sequences, each in a small file with its formula: NumPy alone, no clock, no I/O.

Deep Learning Specialization, course 5. Arrays are time-major, (time, batch, units), so that a step is one slice; what lies
beyond a sequence's end is masked and changes nothing. float32 stays float32.
"""
