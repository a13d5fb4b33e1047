"""Check again whenever a file is saved: what tells of a save, who judges, what the screen shows."""
