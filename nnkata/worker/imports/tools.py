"""Modules that a network itself does not need: those for plots, progress bars, data, or other libraries' training."""

#: Modules that draw, show, log or connect: their calls do nothing where the module is absent.
SHOWING = frozenset(
    (
        *("matplotlib", "seaborn", "plotly", "pylab", "IPython", "ipywidgets", "wandb", "tensorboard", "tensorboardX"),
        *("livelossplot", "google", "rich", "termcolor", "colorama", "psutil", "memory_profiler", "line_profiler"),
    )
)
#: Modules beside a network: those, progress bars, and modules that fetch, read or keep data.
BESIDE = SHOWING | frozenset(
    (
        *(
            "tqdm",
            "alive_progress",
            "progressbar",
            "pandas",
            "polars",
            "PIL",
            "cv2",
            "skimage",
            "imageio",
            "h5py",
            "joblib",
            "requests",
        ),
        *("mnist", "idx2numpy", "datasets", "tensorflow_datasets", "kagglehub", "opendatasets", "gdown", "wget"),
    )
)
#: All of them, by the first part of their names, with those that can also do a network's work.
TOOLS = BESIDE | frozenset(
    ("sklearn", "scipy", "keras", "tensorflow", "torch", "torchvision", "torchsummary", "jax", "mlxtend", "numba")
)
