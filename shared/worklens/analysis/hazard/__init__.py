"""How long until a task is done: a chance for each stretch of days ahead, learnt from what became of earlier tasks.

Landmark rows (van Houwelingen 2007) of a discrete-time hazard (Kvamme and Borgan 2021): arrays in, arrays out.
"""
