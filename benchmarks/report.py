"""The results as tables and a plot: `docs/performance.md` and `docs/scaling.md`, between their markers, and an SVG.

    python -m benchmarks.report [--quick] [--results DIR]

With --quick the tables go to DIR/performance.md and to the terminal, and docs/ stays unchanged. All figures of the
tables come from the JSON, so the text around the markers contains none.
"""

import json
import os
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks import timing
from benchmarks.plot import draw

DOCS = timing.ROOT / "docs"
Found = Mapping[str, Any]


def rows_of(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table; the first column is aligned to the left, the others to the right."""
    lines = [f"| {' | '.join(head)} |", f"|---|{'---:|' * (len(head) - 1)}"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def between(row: Mapping[str, float], form: str, low: str = "q1", high: str = "q3") -> str:
    """Two figures of a spread, as a range."""
    return f"{row[low]:{form}} to {row[high]:{form}}"


def machine(found: Found) -> str:
    """The machine's description, a sentence."""
    here = found["machine"]
    packages = ", ".join(f"{name} {version}" for name, version in here["packages"].items())
    text = f"{here['cpu']}, {here['cores']} cores, {here['system']}, Python {here['python']}, BLAS {here['blas']}"
    kind = "the quick run" if found["quick"] else "the full run"
    return f"{text}; {packages}. One BLAS thread; {kind}; load when it ended {here['load']}."


def verdict(found: Found) -> str:
    """The cost of a verdict."""
    labels = list(found["submissions"])
    first = found["submissions"][labels[0]]["seconds"]
    rows = [
        [name, *(f"{(s := found['submissions'][label]['seconds'][name])['median']:.3f} ({between(s, '.3f')})"
                 for label in labels)]
        for name in first
    ]  # fmt: skip
    return rows_of(["seconds: median (quartiles)", *labels], rows)


def breakdown(found: Found) -> str:
    """The parts of the time of a check."""
    parts = found["breakdown"]
    labels = list(parts)
    rows = []
    for name in parts[labels[0]]:
        cells = [f"{parts[label][name]['median']:.3f}" for label in labels]
        rows.append([name, *cells])
    return rows_of(["seconds, medians", *labels], rows)


def batch(found: Found) -> str:
    """The speed and memory of each way to grade."""
    rows = []
    for name, row in found["ways"].items():
        minute, ratio = row["submissions_a_minute"], row["times_1_job"]
        memory = f"{row['grader_peak_mb']:.0f} MB"
        largest = f"{row['largest_process_mb']:.0f} MB"
        rows.append([name, f"{minute['median']:.1f}", f"{ratio['median']:.2f}", memory, largest])
    head = ["", "submissions per minute", "ratio to 1 job", "memory of the grader", "largest process"]
    return rows_of(head, rows)


def memory(found: Found) -> str:
    """Batches of several sizes."""
    rows = [
        [name, f"{row['seconds']:.1f}", f"{row['grader_peak_mb']:.0f} MB", f"{row['largest_process_mb']:.0f} MB"]
        for name, row in found["batch"]["batches"].items()
    ]
    return rows_of(["submissions", "seconds", "memory of the grader", "largest process"], rows)


def peers(found: Found) -> str:
    """The same clauses in other tools."""
    labels = list(found["submissions"])
    rows = []
    for name in found["submissions"][labels[0]]:
        cells = []
        for label in labels:
            row = found["submissions"][label][name]
            cells += [f"{row['seconds']['median']:.2f}", f"{row['times_plain_pytest']['median']:.2f}"]
        rows.append([name, *cells])
    head = ["", *(part for label in labels for part in (f"{label}, s", "ratio to plain pytest"))]
    return rows_of(head, rows) + _missing(found)


def reference(found: Found) -> str:
    """Images per second at batch size one."""
    rows = []
    for name, row in found["contenders"].items():
        speed, ratio = row["images_a_second"], row["reference_is_times_as_fast"]
        spread = between(ratio, ".2f", "least", "greatest")
        rows.append([name, f"{speed['median']:,.0f}", between(speed, ",.0f"), f"{ratio['median']:.2f}", spread])
    head = ["", "images/s", "quartiles", "speed of the reference, as a multiple", "least and greatest"]
    return rows_of(head, rows) + _missing(found)


def trials(found: Found) -> str:
    """The trials."""
    rows = []
    for name, row in found["trials"].items():
        ratio = row["times_the_reference"]
        rows.append([name, f"{ratio['median']:.2f}", between(ratio, ".2f", "least", "greatest")])
    return rows_of(["", "times as fast as the reference", "least and greatest"], rows)


def growth(found: Found) -> str:
    """The fitted exponents."""
    step = found["step"]
    named = {
        "a verdict, with the clauses": found["verdict"],
        "a batch, with the submissions": found["batch"],
        "a step of the reference, with all widths": step["reference"],
        "… from the article's widths up": step["reference"]["from_the_articles_widths_up"],
        "the floor of a step, with all widths": step["floor"],
        "… from the article's widths up ": step["floor"]["from_the_articles_widths_up"],
    }
    rows = []
    for name, row in named.items():
        known = row["exponent"] is not None
        rows.append([name, f"{row['exponent']:.2f}" if known else "lost in noise"])
        rows[-1].append(f"{row['standard_error']:.2f}" if known else "")
    return rows_of(["the cost of", "exponent", "standard error"], rows)


def guard(found: Found) -> str:
    """The bands of the guard."""
    rows = [
        [name, f"{min(values):.3f} to {max(values):.3f}", f"{found['bands'][name]:.3f}"]
        for name, values in found["ratios"].items()
    ]
    return rows_of(["", f"ratios in {found['runs']} runs of a version against itself", "band"], rows)


def scaling(found: Found) -> str:
    """The coordinator's submissions per second, and the simulation of many workers."""
    compared, coordinator = (row["a_second"] for row in found["coordinator"])
    tasks = found["dask_tasks_a_second"]
    mean, cost = found["service_seconds"]["mean"], found["cost_seconds"]
    measured = [
        ["the coordinator: reads, hashes, looks up, keeps, writes", f"{coordinator:,.0f} per second"],
        ["the same of a class, up to 5,000, whose submissions it compares in pairs", f"{compared:,.0f} per second"],
        ["a Dask scheduler with two workers on loopback, tasks of that size", f"{tasks:,.0f} per second"],
        ["a verdict of the mixed batch, mean", f"{mean:.2f} s"],
        ["workers that keep coordinator and scheduler busy", f"{mean / cost:,.0f}"],
    ]
    rows = []
    for row in found["simulated"]:
        busy = [f"{100 * row[key]:.0f} %" for key in ("workers_busy", "coordinator_busy")]
        rows.append([f"{row['workers']:,}", f"{row['hours']:.2f}", f"{row['a_second']:.1f}", *busy])
    head = ["workers", "hours", "submissions per second", "workers busy", "coordinator and scheduler busy"]
    return rows_of(["measured", ""], measured) + "\n\n" + rows_of(head, rows)


def _missing(found: Found) -> str:
    return f"\n\nNot installed: {', '.join(found['not_installed'])}." if found["not_installed"] else ""


Sections = Mapping[str, tuple[str, Callable[[Found], str]]]
#: Marker in docs/performance.md: the file of results, and the function that makes its table.
SECTIONS: Sections = {
    "machine": ("reference_speed", machine),
    "verdict": ("verdict", verdict),
    "breakdown": ("verdict", breakdown),
    "batch": ("batch", batch),
    "memory": ("growth", memory),
    "peers": ("peers", peers),
    "reference": ("reference_speed", reference),
    "trials": ("reference_trials", trials),
    "growth": ("growth", growth),
    "guard": ("guard", guard),
}
#: Likewise in docs/scaling.md.
SCALING: Sections = {"scaling": ("scaling", scaling)}


def tables(results: Path, sections: Sections = SECTIONS) -> dict[str, str]:
    """The text of each section with results."""
    found = {}
    for name, (file, make) in sections.items():
        path = results / f"{file}.json"
        if path.is_file() and not (name == "guard" and results != timing.RESULTS):
            found[name] = make(json.loads(path.read_text(encoding="utf-8")))
    return found


def filled(page: str, made: Mapping[str, str]) -> str:
    """The page, with new text between each pair of markers.

    Raises:
        ValueError: a section has no markers in the page.
    """
    for name, text in made.items():
        begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
        pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
        if not pattern.search(page):
            raise ValueError(f"there is no place for {name!r} in the page: {begin} … {end}")
        before, after = pattern.split(page, maxsplit=1)
        page = f"{before}{begin}\n{text}\n{end}{after}"
    return page


def main() -> None:
    """Write the page and the plot, or print the tables of the quick run."""
    options = timing.options(__doc__)
    made = tables(options.results)
    if options.quick:
        text = "\n\n".join(f"### {name}\n\n{table}" for name, table in made.items()) + "\n"
        (options.results / "performance.md").write_text(text, encoding="utf-8")
        print(text)
        if summary := os.environ.get("GITHUB_STEP_SUMMARY"):
            with Path(summary).open("a", encoding="utf-8") as file:
                file.write(text)
        return
    for name, texts in (("performance.md", made), ("scaling.md", tables(options.results, SCALING))):
        page = DOCS / name
        page.write_text(filled(page.read_text(encoding="utf-8"), texts), encoding="utf-8")
    draw(options.results, DOCS / "performance.svg")


if __name__ == "__main__":
    main()
