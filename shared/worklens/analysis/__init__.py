"""The analysis rooms: arrays in, arrays out, in NumPy alone; no I/O, no clock, no task types.

Days are int64 counts since 1970-01-01, in whatever zone the caller chose.
"""
