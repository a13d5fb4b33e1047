"""The text of an implementation, read and never run: files, notebooks, definitions, and advice about faults."""
