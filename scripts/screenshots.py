"""Pictures of the seeded site: the one in README.md, or every page in every view for a look at one's work.

python scripts/screenshots.py                 docs/article.png anew
python scripts/screenshots.py --all FOLDER    every page type: 1280 and 360 px, light and dark
"""

import argparse
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

README_PICTURE = ROOT / "docs" / "article.png"
LISTS = [
    "/",
    "/articles/",
    "/claims/",
    "/about/ratings/",
    "/articles/?from=yesterday",
    "/nothing-here/",
    "/ur/",
]
KINDS = ("articles", "claims", "sources", "tags")


@contextmanager
def demo_site() -> Iterator[tuple[str, Path]]:
    """The demo's address and its own folder, freshly seeded, for as long as the block lasts."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="newsroom-pictures-") as folder:
        environment = {**os.environ, "NEWSROOM_VAR": folder, "DATABASE_URL": ""}
        command = [sys.executable, "scripts/demo.py", "--port", str(port)]
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        try:
            wait_for(f"http://127.0.0.1:{port}/", server)
            yield f"http://127.0.0.1:{port}", Path(folder)
        finally:
            server.terminate()
            server.wait()


def wait_for(url: str, server: subprocess.Popen) -> None:
    """Return once the address answers. Exit where the server ended, or after a minute."""
    for _ in range(300):
        if server.poll() is not None:
            break
        try:
            urllib.request.urlopen(url)  # noqa: S310  our own address
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    sys.exit(f"The demo did not answer at {url}.")


def links(site: str, path: str, kind: str) -> list[str]:
    """Addresses of one kind that a page leads to, in its order."""
    html = urllib.request.urlopen(site + path).read().decode()  # noqa: S310  our own address
    return list(dict.fromkeys(re.findall(rf'href="(/{kind}/[^"?#]+)"', html)))


def every_page(site: str) -> list[str]:
    """One of each page type, and every article and claim of the seeds."""
    articles, claims = links(site, "/articles/", "articles"), links(site, "/claims/", "claims")
    more = [links(site, claims[0], "sources")[:1], links(site, articles[0], "tags")[:1]]
    return [*LISTS, *articles, *claims, *(path for some in more for path in some), f"/ur{articles[0]}"]


def main() -> None:
    """Take the pictures that the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--all", metavar="FOLDER", type=Path)
    folder = parser.parse_args().all
    from playwright.sync_api import sync_playwright

    from tests.browser import FLAGS, find_chromium

    with demo_site() as (site, _folder), sync_playwright() as driver:
        as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = driver.chromium.launch(executable_path=find_chromium(), args=[*FLAGS, *as_root])
        if folder:
            take_all(browser, site, folder)
        else:
            take_one(browser, site)


def take_one(browser, site: str) -> None:
    """The article with the contradicted headline, as it stands at the top of README.md."""
    path = next(path for path in links(site, "/articles/", "articles") if "sixth" in path)
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    page.goto(site + path)
    page.screenshot(path=README_PICTURE)
    print(f"{README_PICTURE.relative_to(ROOT)}: {README_PICTURE.stat().st_size // 1024} KiB")


def take_all(browser, site: str, folder: Path) -> None:
    """Every page, at two widths, light and dark."""
    folder.mkdir(parents=True, exist_ok=True)
    for width in (1280, 360):
        for scheme in ("light", "dark"):
            page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
            for number, path in enumerate(every_page(site)):
                page.goto(site + path)
                name = re.sub(r"\W+", "-", path).strip("-")[:40] or "front"
                page.screenshot(path=folder / f"{number:02}-{name}-{width}-{scheme}.png", full_page=True)


if __name__ == "__main__":
    main()
