"""The texts of readings of train and compute_accuracy, in the reader's language."""

from collections.abc import Sequence

from nnkata.language import _


def rows_lost(name: str) -> str:
    """The effect of Python's random.shuffle on an array: it exchanges views of rows."""
    text = _("some rows of {name} are there twice after train, others are gone: random.shuffle does that to an array")
    return text.format(name=name)


def reordered(name: str) -> str:
    """An array whose rows stand in another order."""
    return _("{name} in another order").format(name=name)


def measuring() -> str:
    """compute_accuracy moves the weights."""
    return _("compute_accuracy moves the weights; it should only look")


def drawn_anew(once: bool, keys: Sequence[str] = ()) -> str:
    """Weights that train has thrown away: those under `keys`, or all."""
    where = _("when train begins") if once else _("in every epoch")
    if keys:
        return _("{keys}: drawn anew {where}; training should go on from those that are there").format(
            keys=", ".join(keys), where=where
        )
    return _("the weights are drawn anew {where}; training should go on from those that are there").format(where=where)


def shrunk(factor: str, where: str) -> str:
    """Weights that train multiplies, beside its steps."""
    text = _("train makes the weights {factor} · W {where}; only its steps should move them")
    return text.format(factor=factor, where=where)


def after_each_sample(factor: str) -> str:
    """A rate that is multiplied by a factor after the step of each sample."""
    return _("{factor} · l_rate after each sample").format(factor=factor)


def after_samples(law: str) -> str:
    """A rate that follows a law of the number of the samples before, t."""
    return _("{law} after t samples").format(law=law)


def validation(too: bool) -> str:
    """Samples of the validation set that made a step."""
    if too:
        return _("the samples of x_val make steps as well; only those of x_train should")
    return _("the samples of x_val make steps instead of those of x_train")


def steps(read: str, meant: str) -> str:
    """How many steps train makes on n samples."""
    return _("steps on n samples: you make {read}; it should be {meant}").format(read=read, meant=meant)


def stops(listed: str) -> str:
    """Epochs that were left out."""
    return _("train ends before its last epoch: steps made with {listed}; it should be epochs · n").format(
        listed=listed
    )


def skips(listed: str) -> str:
    """Epochs that were left out, with steps again in later ones."""
    return _("train goes through some epochs without a step: steps made with {listed}; it should be epochs · n").format(
        listed=listed
    )


def epochs_by_accuracy(kept: int, epochs: int) -> str:
    """Epochs whose number follows the accuracy on the validation set."""
    text = _("the accuracy decides how many epochs count: {kept} of {epochs} on one sample; all of them should count")
    return text.format(kept=kept, epochs=epochs)


def mean_step() -> str:
    """A batch of the whole set."""
    return _("an epoch makes one step with the mean of the gradients; there should be a step for each sample")


def biases_learnt(layers: Sequence[int]) -> str:
    """The word for biases that a right network learns, and the contract's has not."""
    places = ", ".join(f"b{layer}" for layer in layers)
    text = _("train moves biases too ({places}); the network of the contract has none (--laws leaves such choices out)")
    return text.format(places=places)


def one_step() -> str:
    """An epoch that steps once, with the last gradient."""
    return _("an epoch makes one step, with the gradient of a single sample; there should be a step for each sample")


def batches(size: int, dropped: bool) -> str:
    """A step for this number of samples together."""
    if dropped:
        text = _("a step is made with the mean of {size} samples, and an incomplete last batch makes none; {meant}")
    else:
        text = _("a step is made with the mean of {size} samples; {meant}")
    return text.format(size=size, meant=_("there should be a step for each sample"))


def scheduled(second: str, both: str) -> str:
    """A rate that changes from epoch to epoch by no fixed factor."""
    text = _(
        "the rate changes from epoch to epoch: the second of two epochs has {second} l_rate, the last two of three "
        "have {both} l_rate together; each should have l_rate"
    )
    return text.format(second=second, both=both)


def every(factor: str, epochs: int) -> str:
    """A rate that changes after this number of epochs."""
    return _("{factor} · l_rate after every {epochs} epochs").format(factor=factor, epochs=epochs)


def lengths(listed: str, meant: str) -> str:
    """Trainings of one epoch, two and so on, each as a number of epochs at the rate of the first."""
    text = _(
        "trainings of {meant} epochs move the weights as far as {listed} epochs at the first rate; it should be {meant}"
    )
    return text.format(listed=listed, meant=meant)


def sorted_by_label() -> str:
    """Samples in the order of their labels."""
    return _(
        "an epoch goes over the samples sorted by their labels, so the network forgets the first digits while it "
        "learns the last; it should be any order that mixes them"
    )


def sum_step() -> str:
    """A sum over the whole set."""
    return _("an epoch makes one step with the sum of the gradients; there should be a step for each sample")


def first_weights() -> str:
    """Steps that all start from the same weights."""
    return _(
        "each gradient in train is computed at the first weights; it should be computed at those after the latest step"
    )


def sum_of_batches() -> str:
    """The sums of the gradients of some samples each."""
    return _("a step is made with the sum of the gradients of several samples; there should be a step for each sample")


def visits(part: str) -> str:
    """The part of the training set that makes steps."""
    return _("an epoch goes over {part}; it should be all of x_train").format(part=part)


def times(listed: str) -> str:
    """How often each of seven samples made a step."""
    return _("with epochs = 1, seven samples made these numbers of steps: {listed}; it should be one each").format(
        listed=listed
    )


def share(part: str) -> str:
    """Each sample makes a part of a step."""
    return _("each sample's step is {part} of its own; it should be the whole").format(part=part)


def cut(after: int, before: int) -> str:
    """A large set whose end is not used."""
    return _("of 1512 samples those from somewhere in {after} to {before} on make no step").format(
        after=after, before=before
    )


def every_other() -> str:
    """Half of a set, if its number of samples is even."""
    return _("of 1512 samples those with an odd number make no step; there should be a step for each sample")


def other_label() -> str:
    """A label of another sample."""
    return _("the label of another sample")


def one_number() -> str:
    """A step that is the same for all weights."""
    return _("every weight moves by the same number; it should be {meant}").format(meant="W - l_rate · change[W]")


def in_train(text: str) -> str:
    """A formula read from the step of train, not from backward_pass."""
    return _("in the step that train makes, {text}").format(text=text)


def stored() -> str:
    """A stored set."""
    return _("the share of the set that train has stored")
