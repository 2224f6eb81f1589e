"""Which way a language is written. Pure."""

# Languages and scripts (BCP 47 subtags) that run from right to left (CLDR, characterOrder).
RIGHT_TO_LEFT = frozenset(
    [
        "ar",
        "arc",
        "ckb",
        "dv",
        "fa",
        "he",
        "ks",
        "nqo",
        "pnb",
        "prs",
        "ps",
        "sd",
        "skr",
        "syr",
        "ug",
        "ur",
        "yi",
    ]
)
RIGHT_TO_LEFT_SCRIPTS = frozenset(["adlm", "arab", "aran", "hebr", "nkoo", "rohg", "syrc", "thaa"])


def direction(language: str) -> str:
    """`rtl` or `ltr` for a language tag; a script subtag (ur-Latn, az-Arab) decides before the language does."""
    primary, *subtags = language.replace("_", "-").lower().split("-")
    scripts = [subtag for subtag in subtags if len(subtag) == 4 and subtag.isalpha()]
    if scripts:
        return "rtl" if scripts[0] in RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if primary in RIGHT_TO_LEFT else "ltr"
