"""Baseline: no framework; a finished page read from PostgreSQL by its address with psycopg, one connection kept."""

import os

import psycopg

CONNECTION = psycopg.connect(os.environ["PAGES_DATABASE"], autocommit=True)


def application(environ, start_response):
    """The page, or 404."""
    path = environ["PATH_INFO"].encode("latin-1").decode()
    query = "SELECT html FROM benchmark_page WHERE path = %s"
    row = CONNECTION.execute(query, [path], prepare=True, binary=True).fetchone()
    if row is None:
        start_response("404 Not Found", [("Content-Length", "0")])
        return []
    headers = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(row[0])))]
    start_response("200 OK", headers)
    return [row[0]]
