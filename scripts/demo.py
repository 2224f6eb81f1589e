"""`make demo`: the seeded site on 127.0.0.1 as a newsroom would run it: gunicorn, whitenoise, DEBUG off.

What was entered in an earlier run is kept: `migrate`, `seed` and `demo_people` add only what is not there.
"""

import argparse
import os
import socket
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"


def main() -> None:
    """Prepare the database and the files, say what to open, and become the server."""
    port = port_from_arguments()
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    # The demo shows the real thing: error pages, headers and static files as a newsroom's readers get them.
    os.environ["DEBUG"] = "0"
    os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"
    prepare()
    tell(f"http://{HOST}:{port}")
    serve(port)


def port_from_arguments() -> int:
    """The port of --port. Exit with what to do where it is none or taken."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, default=8000)
    port = parser.parse_args().port
    with socket.socket() as probe:
        # As gunicorn binds: a port that an earlier run has just left is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError) as error:
            sys.exit(f"Port {port} cannot be used ({error}). Choose another: make demo PORT=8001")
    return port


def prepare() -> None:
    """Bring database, static files, seed articles and demo people up to date."""
    import django
    from django.core.management import call_command
    from django.db import connections

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("seed")
    call_command("demo_people")
    connections.close_all()


def tell(site: str) -> None:
    """Say what to open."""
    print(f"\nNewsroom is at {site}/")
    if path := checked_article():
        print(f"  an article with checked claims  {site}{path}")
    print(f"  the desk                        {site}/admin/")
    print("Stop it with Ctrl-C. What you enter is kept in var/ for the next `make demo`.\n", flush=True)


def checked_article() -> str | None:
    """The address of the public article in which most public claims stand, if there is any."""
    from django.db import connections
    from django.db.models import Count

    from articles.models import Article
    from claims.models import Appearance, Claim

    public = Appearance.objects.public().filter(claim__in=Claim.objects.public())
    most = public.values("article").annotate(places=Count("pk")).order_by("-places", "article").first()
    path = Article.objects.get(pk=most["article"]).get_absolute_url() if most else None
    connections.close_all()
    return path


def serve(port: int) -> None:
    """Become gunicorn. Threads, because a browser's idle connection would hold a whole worker."""
    words = ["--bind", f"{HOST}:{port}", "--workers", "2", "--threads", "4", "--log-level", "warning"]
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *words, "newsroom.wsgi"])


if __name__ == "__main__":
    main()
