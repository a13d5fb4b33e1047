"""The forward and the backward pass, layer by layer: departures, their formulas, and values that are carried over."""
