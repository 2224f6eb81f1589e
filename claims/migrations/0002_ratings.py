"""The scale a newsroom begins with. Ratings are data: add, reword or retire them in the admin."""

from django.db import migrations

# slug, label, value, meaning, order, gravity, exported
SCALE = [
    ("true", "True", 5, "The statement holds, and nothing that matters is left out.", 10, 20, True),
    (
        "mostly-true",
        "Mostly true",
        4,
        "The core holds; a detail is off or needs a word of explanation.",
        20,
        30,
        True,
    ),
    ("half-true", "Half true", 3, "One part holds and another, just as weighty, does not.", 30, 50, True),
    (
        "missing-context",
        "Missing context",
        3,
        "What is said may hold, but something left out would change how it is understood.",
        40,
        55,
        True,
    ),
    ("misleading", "Misleading", 2, "Built of true parts so that it suggests what is not so.", 50, 70, True),
    ("mostly-false", "Mostly false", 2, "The core does not hold, though a detail does.", 60, 75, True),
    ("false", "False", 1, "The statement does not hold.", 70, 90, True),
    (
        "contradicted",
        "Contradicted",
        1,
        "Another printing says the opposite: the same text, or the dated record. The finding says which.",
        80,
        95,
        True,
    ),
    (
        "unproven",
        "Unproven",
        None,
        "We looked, and what there is does not settle it. The page says what would.",
        90,
        60,
        True,
    ),
    ("outdated", "Outdated", None, "It held when it was printed and no longer does.", 100, 40, True),
    (
        "not-checkable",
        "Not checkable",
        None,
        "An opinion, a wish or a forecast: nothing that evidence could settle.",
        110,
        10,
        False,
    ),
]


def make_scale(apps, schema_editor):
    ratings = apps.get_model("claims", "Rating").objects.using(schema_editor.connection.alias)
    for slug, label, value, meaning, order, gravity, exported in SCALE:
        ratings.get_or_create(
            slug=slug,
            defaults={
                "label": label,
                "value": value,
                "meaning": meaning,
                "mark": slug,
                "order": order,
                "gravity": gravity,
                "exported": exported,
            },
        )


class Migration(migrations.Migration):
    dependencies = [("claims", "0001_initial")]

    # Backwards the ratings stay: verdicts may stand on them.
    operations = [migrations.RunPython(make_scale, migrations.RunPython.noop)]
