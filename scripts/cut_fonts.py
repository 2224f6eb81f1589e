"""Cut the site's typefaces from their npm packages into small woff2 files; run it only when a typeface changes.

    python -m venv /tmp/cut && /tmp/cut/bin/pip install fonttools brotli
    cd /tmp/cut && npm install @fontsource-variable/stix-two-text@5.3.0 @fontsource-variable/archivo@5.3.0 \
        @fontsource-variable/noto-nastaliq-urdu@5.3.0 @fontsource-variable/noto-naskh-arabic@5.3.0
    /tmp/cut/bin/python scripts/cut_fonts.py /tmp/cut/node_modules/@fontsource-variable

The cut files and the licences are kept in the repository, so that neither the site nor its tests need these tools.
docs/decisions/0031-typefaces.md says why these faces and how much each weighs.
"""

import shutil
import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

OUT = Path(__file__).resolve().parent.parent / "newsroom" / "static" / "newsroom" / "fonts"


def points(ranges: str) -> set[int]:
    """The code points of "20-7E A0 ...", written in hexadecimal."""
    found: set[int] = set()
    for part in ranges.split():
        first, _, last = part.partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return found


# Latin-1, oe, okina to ayn, general punctuation, rupee, euro, numero, trade mark, arrows, minus.
LATIN = points("20-7E A0-FF 152-153 2BB-2BF 2000-206F 20A8 20AC 2116 2122 2190-2193 2212")
# Names of the other Latin alphabets and transliterated Arabic. A page that prints none of them never loads this file.
LATIN_MORE = points(
    "100-151 154-17F 18F 192 1CD-1DC 218-21B 259 2BD-2BF 300-303 307-308 1E0C-1E0D 1E24-1E25 1E2A-1E2B"
) | points("1E30-1E35 1E5A-1E5B 1E62-1E63 1E6C-1E6F 1E92-1E96 1E9E 2020 20B9 20BA")
# What Urdu is written with, the Arabic forms that stand in older texts, vowel signs, digits, punctuation, joiners.
URDU = points(
    "60C 610-613 61B 61F 621-63A 640-652 654-656 670 679 67E 686 688 691 698 6A9 6AF 6BA 6BE"
) | points("6C0-6C3 6CC 6D2-6D4 660-66C 6F0-6F9 200C-200F FDF2")
# Layout closure must stay on as well, or words fall apart.
NASTALIQ_FEATURES = "ccmp init medi fina isol rlig calt liga curs mark mkmk kern locl"


@dataclass(frozen=True)
class Cut:
    """One file to make: where from, which letters, which weights; no features keeps the subsetter's own choice."""

    out: str
    package: str
    file: str
    letters: frozenset[int]
    weight: tuple[int, int] | int
    features: str = ""

    @property
    def urdu(self) -> bool:
        """Whether hinting goes: screens that show Urdu well do not use it, and it is a tenth of the file."""
        return self.letters == frozenset(URDU)


CUTS = [
    Cut("stix.woff2", "stix-two-text", "latin-wght-normal", frozenset(LATIN), (400, 700)),
    Cut("stix-italic.woff2", "stix-two-text", "latin-wght-italic", frozenset(LATIN), (400, 700)),
    Cut("stix-more.woff2", "stix-two-text", "latin-ext-wght-normal", frozenset(LATIN_MORE), (400, 700)),
    Cut("archivo.woff2", "archivo", "latin-wght-normal", frozenset(LATIN), (400, 800)),
    Cut("archivo-more.woff2", "archivo", "latin-ext-wght-normal", frozenset(LATIN_MORE), (400, 800)),
    Cut(
        "nastaliq.woff2",
        "noto-nastaliq-urdu",
        "arabic-wght-normal",
        frozenset(URDU),
        400,
        NASTALIQ_FEATURES,
    ),
    Cut("naskh.woff2", "noto-naskh-arabic", "arabic-wght-normal", frozenset(URDU), (400, 700)),
]


def cut(source: Path, wanted: Cut) -> Path:
    """Write one cut file and return its path."""
    # Saved and read again in between: the subsetter trips over glyphs whose variations the instancer dropped.
    between = BytesIO()
    instancer.instantiateVariableFont(TTFont(source), {"wght": wanted.weight}).save(between)
    font = TTFont(between, recalcTimestamp=False)
    options = subset.Options(flavor="woff2", layout_closure=True, hinting=not wanted.urdu)
    if wanted.features:
        options.layout_features = wanted.features.split()
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted.letters)
    subsetter.subset(font)
    font.flavor = "woff2"
    path = OUT / wanted.out
    font.save(path)
    return path


def main(packages: Path) -> None:
    """Cut every file, copy every licence, and print the sizes in kilobytes of 1,000 bytes."""
    OUT.mkdir(parents=True, exist_ok=True)
    for wanted in CUTS:
        source = packages / wanted.package / "files" / f"{wanted.package}-{wanted.file}.woff2"
        path = cut(source, wanted)
        held = wanted.letters & set(TTFont(source).getBestCmap())
        print(f"{path.name:20} {path.stat().st_size / 1000:6.1f} kB  {len(held)} characters")
    for package in sorted({wanted.package for wanted in CUTS}):
        shutil.copyfile(packages / package / "LICENSE", OUT / f"OFL-{package}.txt")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
