"""Finding boxes: overlap, suppression, anchors, a grid volume decoded, and average precision as the judge.

Deep Learning Specialization, course 4, week 3. NumPy alone, no clock, no I/O. A box is a row (left, top, right, bottom) of
float64 in any unit, its right at least its left and its bottom at least its top.
"""
