"""preprocess: its pixels and its labels as formulas, from its results for images and labels that both sides know."""
