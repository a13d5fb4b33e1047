"""The words in formulas, in the reader's language: a formula is read in English and translated when it is said.

A phrase that is not here stays in English.
"""

from nnkata.language import _, current


def translated(text: str) -> str:
    """A formula with its words in the language that is used now."""
    if current() == "en":
        return text
    for phrase, other in sorted(_phrases().items(), key=lambda item: -len(item[0])):
        text = text.replace(phrase, other)
    return text


def _phrases() -> dict[str, str]:
    return {
        "in reverse order": _("in reverse order"),
        "rows in reverse order": _("rows in reverse order"),
        "columns in reverse order": _("columns in reverse order"),
        "number of inputs": _("number of inputs"),
        "labels shifted by one the other way": _("labels shifted by one the other way"),
        "labels shifted by one": _("labels shifted by one"),
        "already updated": _("already updated"),
        "a single number": _("a single number"),
        "in each row": _("in each row"),
        "everywhere": _("everywhere"),
        "elsewhere": _("elsewhere"),
        "read off in another order (reshape)": _("read off in another order (reshape)"),
        "as a vector": _("as a vector"),
        "as a column": _("as a column"),
        "a sum for each pair": _("a sum for each pair"),
        "alone, W is gone": _("alone, W is gone"),
        "each row of": _("each row of"),
        "the rows of change[W] summed": _("the rows of change[W] summed"),
        "as between 0 and 1 or ±0.5": _("as between 0 and 1 or ±0.5"),
        "as between -1 and 1": _("as between -1 and 1"),
        "of its image": _("of its image"),
        "of the set": _("of the set"),
        "of each pixel": _("of each pixel"),
        "pixels of the image": _("pixels of the image"),
        "deviation": _("deviation"),
        "columns for rows": _("columns for rows"),
        "the number of right samples": _("the number of right samples"),
        "the number of wrong samples": _("the number of wrong samples"),
        "right / n": _("right / n"),
        "wrong / n": _("wrong / n"),
        "right /": _("right /"),
        "number of classes": _("number of classes"),
        "number of pixels": _("number of pixels"),
        "of each sample": _("of each sample"),
        "a number against a row": _("a number against a row"),
        "over all elements": _("over all elements"),
        "in the whole row": _("in the whole row"),
        "the whole of": _("the whole of"),
        "the share in the first half": _("the share in the first half"),
        "the share in the first n // 2 samples": _("the share in the first n // 2 samples"),
        "the share in the second half": _("the share in the second half"),
        "over the samples": _("over the samples"),
        "the share without the last sample": _("the share without the last sample"),
        "the share without the first sample": _("the share without the first sample"),
        "the first sample alone": _("the first sample alone"),
        "the last sample alone": _("the last sample alone"),
        "the mean output at the right class": _("the mean output at the right class"),
        "the mean of the largest output": _("the mean of the largest output"),
        "mean cross-entropy": _("mean cross-entropy"),
        "the mean of": _("the mean of"),
        "whether all are right": _("whether all are right"),
        "whether one is right": _("whether one is right"),
        "the share with the label of sample": _("the share with the label of sample"),
    }
