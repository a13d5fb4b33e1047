"""A verdict in the forms that people read, one module per form, each from the verdict (and the features) alone."""
