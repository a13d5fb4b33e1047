"""One submission: its files as bytes, and the implementation among them."""
