"""Two readers of finished pages: `vnu` for valid HTML, `axe` for what people with assistive technology meet.

`make tools` installs both into .tools/; where one is missing its tests are skipped, and say so.
"""

from pathlib import Path

MODULES = Path(__file__).resolve().parents[2] / ".tools" / "node_modules"
HOW_TO_INSTALL = "run `make tools` (needs npm)"
