"""Untrusted archives: a module per format, and a reader that refuses everything except plain files."""
