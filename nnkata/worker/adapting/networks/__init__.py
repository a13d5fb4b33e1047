"""Makes networks in the ways that the files suggest."""
