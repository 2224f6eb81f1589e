"""Make seeds/newsroom.json of the texts and descriptions beside it; the same input always gives the same bytes.

    .venv/bin/python scripts/build_seeds.py            writes the fixture
    .venv/bin/python scripts/build_seeds.py --check    exits 1 where it is not what would be written

The texts go through the importer's own reader, the hashes through articles/text.py, the places through
claims/anchoring.py: a fixture is loaded without save(), so everything that those would compute is computed here.
"""

import json
import os
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FIXTURE = ROOT / "seeds" / "newsroom.json"
MODEL = '"model"'


def build() -> str:
    """The whole fixture as text. Raise SeedError where the descriptions do not fit the texts."""
    from scripts.seeding.archive import Archive
    from scripts.seeding.claims import Claims

    archive = Archive(tomllib.loads(FIXTURE.with_name("archive.toml").read_text()))
    claims = Claims(tomllib.loads(FIXTURE.with_name("claims.toml").read_text()), archive)
    rows = [*archive.rows(), *claims.rows()]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def main(arguments: list[str]) -> int:
    """Write the fixture, or with --check say whether it is up to date."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    sys.path.insert(0, str(ROOT))
    django.setup()
    built = build()
    if arguments == ["--check"]:
        fits = FIXTURE.read_text() == built
        print(
            "seeds/newsroom.json is up to date."
            if fits
            else "Run scripts/build_seeds.py: seeds/ has changed."
        )
        return 0 if fits else 1
    FIXTURE.write_text(built)
    print(f"Wrote {built.count(MODEL)} objects to {FIXTURE.relative_to(ROOT)}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
