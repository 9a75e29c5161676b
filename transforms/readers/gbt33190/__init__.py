"""Parts of an OFD file (GB/T 33190-2016) -> runs and rules."""
