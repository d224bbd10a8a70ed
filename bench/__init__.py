"""Benchmarks against peers, measured in the same run on the same texts: `make bench`. Never a timed test."""
