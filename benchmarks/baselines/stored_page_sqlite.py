"""Baseline: no framework; a finished page read from SQLite by its address, one connection kept."""

import os
import sqlite3

CONNECTION = sqlite3.connect(f"file:{os.environ['PAGES_DATABASE']}?mode=ro", uri=True)


def application(environ, start_response):
    """The page, or 404."""
    path = environ["PATH_INFO"].encode("latin-1").decode()
    row = CONNECTION.execute("SELECT html FROM benchmark_page WHERE path = ?", [path]).fetchone()
    if row is None:
        start_response("404 Not Found", [("Content-Length", "0")])
        return []
    headers = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(row[0])))]
    start_response("200 OK", headers)
    return [row[0]]
