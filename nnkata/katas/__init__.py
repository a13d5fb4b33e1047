"""The bundled contracts, one package each. Not here: anything that a second kata would need."""
