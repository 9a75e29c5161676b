"""One command a module: its options, and what it prints. The work is done elsewhere."""
