"""A run under pytest with pytest-bdd: the session, the bindings of the features, the items."""
