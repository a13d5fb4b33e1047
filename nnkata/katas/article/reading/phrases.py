"""The words in formulas: a formula is read in English and translated for display."""

from nnkata.language import _, later

#: Phrases not listed here stay in English.
PHRASES = (
    later("in reverse order"),
    later("rows in reverse order"),
    later("columns in reverse order"),
    later("number of inputs"),
    later("number of the sample"),
    later("labels shifted by one the other way"),
    later("labels shifted by one"),
    later("already updated"),
    later("a single number"),
    later("in each row"),
    later("everywhere"),
    later("elsewhere"),
    later("read off in another order (reshape)"),
    later("as a vector"),
    later("as a column"),
    later("a sum for each pair"),
    later("alone, W is gone"),
    later("each row of"),
    later("made shorter where"),
    later("all rows but the last"),
    later("all rows but the first"),
    later("the first row alone"),
    later("the last row alone"),
    later("its last term alone"),
    later("its first term alone"),
    later("its largest"),
    later("the rows of change[W] summed"),
    later("as between 0 and 1 or ±0.5"),
    later("as between -1 and 1"),
    later("of its image"),
    later("of the set"),
    later("of each pixel"),
    later("pixels of the image"),
    later("deviation"),
    later("columns for rows"),
    later("the number of right samples"),
    later("the number of wrong samples"),
    later("right / n"),
    later("wrong / n"),
    later("right /"),
    later("number of classes"),
    later("number of pixels"),
    later("of each sample"),
    later("a number against a row"),
    later("over all elements"),
    later("in the whole row"),
    later("the whole of"),
    later("the share in the first half"),
    later("the share in the first n // 2 samples"),
    later("the share in the second half"),
    later("over the samples"),
    later("the share without the last sample"),
    later("the share without the first sample"),
    later("the first sample alone"),
    later("the last sample alone"),
    later("the mean output at the right class"),
    later("the mean of the largest output"),
    later("mean cross-entropy"),
    later("the mean of"),
    later("whether all are right"),
    later("whether one is right"),
    later("the share with the label of sample"),
    later("the share with the label among the"),
    later("largest outputs"),
    later("the share with the label at the second largest output"),
    later("the mean of the shares in each class"),
)
#: The longest first, since some hold others.
LONGEST_FIRST = sorted(PHRASES, key=len, reverse=True)


def translated(text: str) -> str:
    """A formula with its words in the language that is used now."""
    for phrase in LONGEST_FIRST:
        text = text.replace(phrase, _(phrase))
    return text
