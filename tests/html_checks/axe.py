"""What axe-core finds on a page in Chromium: faults that keep people with assistive technology out."""

import functools
import unittest
from typing import Any

from tests.html_checks import HOW_TO_INSTALL, MODULES

SCRIPT = MODULES / "axe-core" / "axe.min.js"


def axe_violations(page: Any, *, preload: bool = True) -> list[str]:
    """Violations on the page as it stands, one line each: rule, help, and the elements with what ails them.

    `preload=False` where axe may not fetch the stylesheets once more: it then leaves out what it reads from them.
    The script goes in through the debugger's door, so the page's own content security policy stays in force.
    Raise SkipTest where axe-core is not installed, ValueError where the page was opened without JavaScript.
    """
    session = page.context.new_cdp_session(page)
    try:
        # Without scripts axe would wait for ever for its own answer.
        if _evaluate(session, "matchMedia('(scripting: none)').matches"):
            raise ValueError("axe needs a page with scripts: open it with javascript=True")
        _evaluate(session, _source())
        options = f"{{resultTypes: ['violations'], preload: {str(preload).lower()}}}"
        found = _evaluate(session, f"axe.run(document, {options})")
    finally:
        session.detach()
    return [_line(violation) for violation in found["violations"]]


@functools.cache
def _source() -> str:
    if not SCRIPT.exists():
        raise unittest.SkipTest(f"axe-core is not installed: {HOW_TO_INSTALL}")
    return SCRIPT.read_text(encoding="utf-8") + "\n;0"


def _evaluate(session: Any, expression: str) -> Any:
    options = {"expression": expression, "awaitPromise": True, "returnByValue": True}
    answer = session.send("Runtime.evaluate", options)
    if problem := answer.get("exceptionDetails"):
        raise RuntimeError(f"axe did not run: {problem.get('exception', {}).get('description', problem)}")
    return answer["result"].get("value")


def _line(violation: dict) -> str:
    nodes = "; ".join(
        f"{' '.join(map(str, node['target']))}: {_ailment(node)}" for node in violation["nodes"]
    )
    return f"{violation['id']} ({violation['impact']}): {violation['help']} -> {nodes}"


def _ailment(node: dict) -> str:
    checks = [*node["any"], *node["all"], *node["none"]]
    return ", ".join(check["message"] for check in checks) or node["html"]
