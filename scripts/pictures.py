"""Make docs/images/training.png: the upper half of the page of a training, in a browser (needs Debian's `chromium`).

Run it as `python scripts/pictures.py` after a change of that page.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
TRAIN = "nnkata train network.py --epochs 10 --rate 0.05 --seed 3 --language en --plots training.html"
#: Pixels; the heading that follows the last shown section.
WIDTH, NEXT = 820, "The weights of the first layer"


def main() -> None:
    """Train a worked solution, and photograph its page."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        shutil.copy(ROOT / "solutions" / "correct" / "plain.py", Path(folder, "network.py"))
        subprocess.run([sys.executable, "-m", *TRAIN.split()], cwd=folder, check=True)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": 900})
        page.goto(Path(folder, "training.html").as_uri())
        heading = page.get_by_role("heading", name=NEXT).bounding_box()
        assert heading is not None
        page.set_viewport_size({"width": WIDTH, "height": int(heading["y"])})
        page.screenshot(path=ROOT / "docs" / "images" / "training.png")
        browser.close()


if __name__ == "__main__":
    main()
