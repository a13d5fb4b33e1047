"""A verdict in the forms that people read, a module a form, each from the verdict (and the features) alone."""
