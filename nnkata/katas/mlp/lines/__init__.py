"""The line of each failure: where a small edit mends the module, or a trace shows the first wrong value."""
