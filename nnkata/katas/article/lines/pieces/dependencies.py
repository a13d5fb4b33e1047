"""The values on which each clause rests, in the order of computation."""

PASSES = ("forward", "backward", "update")
#: The values on which a clause of a stage rests; the first that departs is at fault.
RESTS_ON = {
    "forward": ("forward", "followed"),
    "backward": ("forward", "backward"),
    "update": ("settings", "followed", "update"),
    "training": ("settings", *PASSES, "renewed", "measuring", "train", "accuracy"),
    "mnist": ("settings", *PASSES, "renewed", "measuring", "train", "accuracy"),
    "initialization": ("settings", "initialization"),
}
#: Clauses that rest on other values than their stage.
ONLY = {
    "initialization-3": ("settings", "handed_back", "initialization"),
    "initialization-4": ("settings",),
    "initialization-5": ("defaults",),
    **dict.fromkeys(("initialization-9", "initialization-10"), ("settings", "again")),
    "preprocessing-9": ("images", "labels", "pixels"),
    **{f"training-{n}": ("settings", *PASSES, "renewed", "train", "accuracy", "many") for n in (8, 15, 16)},
    "training-17": ("settings", *PASSES, "renewed", "train", "accuracy", "large"),
    "update-5": ("settings", "forward", "backward", "update", "renewed"),
    **dict.fromkeys(("training-9", "training-10", "training-11", "training-19"), ("forward", "accuracy", "measuring")),
    **dict.fromkeys(("training-14", "mnist-3"), ("forward", "accuracy", "backward", "update", "train", "stored")),
    **dict.fromkeys(("preprocessing-6", "preprocessing-7", "preprocessing-8"), ("labels", "pixels")),
    **dict.fromkeys(("activations-1", "activations-2", "activations-5"), ("sigmoid",)),
    **dict.fromkeys(("activations-3", "activations-4", "activations-6"), ("slope", "sigmoid")),
    **dict.fromkeys(("activations-8", "activations-9", "activations-10", "activations-11"), ("softmax",)),
}
STAGE = {"preprocessing": ("pixels", "labels"), "activations": ("sigmoid", "slope", "softmax"), **RESTS_ON}
#: The values of a stage that are traced apart from those before: the step for given gradients, the calls of a training.
ALONE = {"update": ("update",), "training": ("train", "accuracy", "many", "large")}
