"""The cloud's topology on this machine: Google's emulators, the functions behind push subscriptions, and the timers.

``make cloud-local`` starts it for a person, the tests in ``tests/emulators`` start it for themselves.
"""
