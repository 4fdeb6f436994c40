"""Forecasts from a person's own days: how many will be done, when so many are, when a list is empty.

A day is a column: `done[d]` tasks were finished on day d, and an origin o knows `done[:o]` and asks about day o and on.
Every distribution is a table of P(answer <= x) with a row an origin; nothing is drawn where it can be computed.
"""
