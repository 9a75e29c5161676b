"""Bytes in, records out. No network, clock, DuckDB, Prefect or Great Expectations."""
