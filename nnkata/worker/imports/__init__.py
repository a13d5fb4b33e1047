"""The import of a submission: its own files first, libraries that may be absent, stand-ins, files that it writes."""
