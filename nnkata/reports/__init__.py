"""The formats of a verdict, one module per format; each uses the verdict (and the features) alone."""
