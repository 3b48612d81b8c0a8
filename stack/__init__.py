"""Pendant's servers and its own processes on one machine, without Docker: for `./run stack` and the service tests.

It knows nothing of Django: it finds or fetches programs, starts them on free ports, and stops, kills and restarts them.
"""
