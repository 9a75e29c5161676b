"""The law as data, and its loader. Imports nothing of ours but the record types."""
