"""MNIST from OpenML, by scikit-learn's `fetch_openml`, which keeps its downloads and compares checksums."""

import http.client
import socket
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError

import numpy as np
from numpy.typing import NDArray

from nnkata.katas.mnist.dataset import PIXELS, Bytes, Dataset, assemble, same_length
from nnkata.katas.mnist.errors import DataError
from nnkata.language import _, later, reason

#: The data sets of the form of MNIST, by the name here and there (openml.org, datasets 554, 40996 and 41982).
TITLES = {"openml": "mnist_784", "fashion": "Fashion-MNIST", "kmnist": "Kuzushiji-MNIST"}
OFFLINE = later("check the network, or use --data bundled or a path")
FOLDER = later("give another cache folder")
RETRIES, DELAY = 2, 0.5  # after a network error: how often, and seconds between
TIMEOUT = 60.0  # seconds of silence; scikit-learn sets none, and would wait for ever
DIGITS = [str(digit) for digit in range(10)]


def load(cache: Path | None = None, name: str = "openml") -> Dataset:
    """The 70,000 images: 60,000 for training and then 10,000 for testing, MNIST's own order.

    `cache` is a folder that keeps the download; None is scikit-learn's own, `~/scikit_learn_data`. A damaged file
    there is downloaded again. DataError where scikit-learn is missing, OpenML cannot be reached or refuses, the cache
    cannot be written, or the answer is damaged or is not 784 grey levels and one digit per image.
    """
    where = f"OpenML {TITLES[name]}, version 1"
    fetch = _fetcher(where)
    try:
        with _undisturbed():
            answer = fetch(
                TITLES[name],
                version=1,
                as_frame=False,
                parser="liac-arff",  # needs no pandas, and keeps labels the strings that they are
                data_home=cache,
                n_retries=RETRIES,
                delay=DELAY,
            )
        pixels, digits = np.asarray(answer.data, dtype=np.float64), np.asarray(answer.target, dtype=object)
    except HTTPError as error:
        error.close()
        raise DataError(
            where,
            _("the server answered {code} {reason}").format(code=error.code, reason=error.reason),
            _("try later, {remedy}").format(remedy=_(OFFLINE)),
        ) from error
    except (URLError, TimeoutError, ConnectionError, http.client.HTTPException) as error:
        raise DataError(where, _("cannot be reached ({error})").format(error=error), OFFLINE) from error
    except Exception as error:  # any exception of a parser about unexpected bytes
        if isinstance(error, OSError) and error.filename is not None:
            raise DataError(
                error.filename, _("cannot be used ({strerror})").format(strerror=reason(error)), FOLDER
            ) from error
        raise DataError(
            where, _("the answer is damaged ({error})").format(error=_line(error)), _remedy(cache)
        ) from error
    images, labels = _images(pixels, where, _remedy(cache)), _labels(digits, where, _remedy(cache))
    same_length(images, labels, where, _remedy(cache))
    return assemble(images, labels, name=name, source=where)


def _fetcher(where: str) -> Callable[..., Any]:
    try:
        from sklearn.datasets import fetch_openml
    except ImportError as error:
        raise DataError(
            where, _("needs scikit-learn ({error})").format(error=error), "pip install 'nnkata[openml]'"
        ) from error
    fetch: Callable[..., Any] = fetch_openml
    return fetch


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Warnings of retries silenced, as the last error is reported anyway; no socket waits longer than TIMEOUT."""
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(TIMEOUT)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        socket.setdefaulttimeout(before)


def _remedy(cache: Path | None) -> str:
    return _("delete {folder} and try again").format(folder=f"{cache or '~/scikit_learn_data'}/openml")


def _line(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())


def _images(values: NDArray[np.float64], where: str, remedy: str) -> Bytes:
    if values.ndim != 2 or values.shape[1] != PIXELS or len(values) == 0:
        raise DataError(
            where,
            _("images have the shape {shape}, not (N, {pixels})").format(shape=values.shape, pixels=PIXELS),
            remedy,
        )
    with np.errstate(invalid="ignore"):
        images = values.astype(np.uint8)
    if not np.array_equal(images, values):
        raise DataError(where, _("pixels are not whole grey levels from 0 to 255"), remedy)
    return images


def _labels(target: NDArray[np.object_], where: str, remedy: str) -> Bytes:
    given = [str(label) for label in target]
    wrong = next((label for label in given if label not in DIGITS), None)
    if wrong is not None:
        raise DataError(where, _("label {wrong!r} is not one of '0' to '9'").format(wrong=wrong), remedy)
    return np.array(given, dtype=np.uint8)
