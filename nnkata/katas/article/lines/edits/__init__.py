"""The lines at which a small edit makes a piece right."""
