"""The contracts that come with nnkata, one package each. What must not live here: what a second kata would need."""
