"""The database file: schema, ledger, short write turns. Owns duckdb."""
