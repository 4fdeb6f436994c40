"""The classics of learning from examples, each in a small file with its formula: NumPy alone, no clock, no I/O.

A row is an example and a column a feature, as in scikit-learn; the Deep Learning Specialization writes the transpose.
What is random is drawn from a generator or a seed that the caller gives. float32 stays float32.
"""
