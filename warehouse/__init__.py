"""Records -> Parquet -> DuckDB. Knows shapes, not law."""
