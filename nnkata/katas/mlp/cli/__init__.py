"""Commands of the kata."""
