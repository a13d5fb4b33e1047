"""The words in formulas: a formula is read in English and translated for display."""

from nnkata.language import _, later

#: Phrases not listed here stay in English.
PHRASES = (
    later("the first sample alone"),
    later("the last sample alone"),
    later("of the next sample"),
    later("of the sample before"),
    later("the samples in reverse order"),
    later("of the next class"),
    later("of the class before"),
    later("prediction"),
    later("each column divided by its sum over the batch"),
    later("divided by the sum over batch and classes"),
    later("not divided by its sum"),
    later("divided by its sum"),
    later("divided by the root of the sum of squares"),
    later("divided by the largest"),
)
#: The longest first, since some hold others.
LONGEST_FIRST = sorted(PHRASES, key=len, reverse=True)


def translated(text: str) -> str:
    """A formula with its words in the language that is used now."""
    for phrase in LONGEST_FIRST:
        text = text.replace(phrase, _(phrase))
    return text
