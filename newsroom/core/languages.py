"""Which way a language is written."""

# Languages whose usual script runs from right to left (CLDR 46, characterOrder).
RIGHT_TO_LEFT = {"ar", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "syr", "ug", "ur", "yi"}


def direction(language: str) -> str:
    """`rtl` or `ltr`, by the primary subtag of a BCP 47 language tag; a script subtag Arab or Hebr decides first."""
    subtags = language.replace("_", "-").split("-")
    if any(subtag.lower() in {"arab", "hebr"} for subtag in subtags[1:]):
        return "rtl"
    return "rtl" if subtags[0].lower() in RIGHT_TO_LEFT and "latn" not in language.lower() else "ltr"
