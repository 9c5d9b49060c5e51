"""Measured speed; run as ``python -m benchmarks.<name>``."""
