"""Page markup -> lines and table rows, for readers of HTML inside any container."""
