"""Text and ruling lines at places of pages -> Document blocks: what PDF, OFD and scans share.

Stages, each a module: edges -> areas (cells with spans) -> writing (text of each cell) -> margins
(running heads dropped) -> columns and paragraphs (text outside ruled tables) -> cuts (tables
continued over pages) -> build.
"""
