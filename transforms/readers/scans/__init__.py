"""Pictures of pages -> Document: set straight, ruled grids found, each cell recognised alone."""
