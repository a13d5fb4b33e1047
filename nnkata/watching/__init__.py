"""Checks again after every save: the notice of a save, the judging process, the screen."""
