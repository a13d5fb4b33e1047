"""Check again whenever a file is saved: the notice of a save, the judging process, the screen."""
