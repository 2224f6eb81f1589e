"""The index of the search: its rows, what waits, and each engine's own way to find words."""

from django.db import migrations, models

FIELDS = ("headline", "summary", "signed", "source", "tag", "outlet", "body")
LETTERS = {"headline": "h", "signed": "b", "source": "s", "tag": "t", "outlet": "o"}

WORDS_SQLITE = f"""
CREATE VIRTUAL TABLE core_searchwords USING fts5(
    kind, {", ".join(FIELDS)},
    content='core_searchrow', content_rowid='place', tokenize="ascii tokenchars '='"
)
"""


def lexemes() -> str:
    """Every word of the row, and the words of the fields that can be named with the field's letter before them."""
    plain = " || ".join(FIELDS)
    named = " || ".join(
        f"CASE WHEN {name} = '' THEN '' ELSE replace(rtrim({name}), ' ', ' {letter}:') END"
        for name, letter in LETTERS.items()
    )
    return f"array_to_tsvector(array_remove(string_to_array('==' || kind || {plain} || {named}, ' '), ''))"


WORDS_POSTGRESQL = (
    f"ALTER TABLE core_searchrow ADD COLUMN lexemes tsvector GENERATED ALWAYS AS ({lexemes()}) STORED",
    # An editor's save must not leave its work to the next search.
    "CREATE INDEX core_searchrow_lexemes ON core_searchrow USING gin (lexemes) WITH (fastupdate = off)",
)


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(WORDS_SQLITE)
    else:
        for statement in WORDS_POSTGRESQL:
            schema_editor.execute(statement)


def unmake(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE core_searchwords")


class Migration(migrations.Migration):
    dependencies = [("core", "0003_grants")]

    operations = [
        migrations.CreateModel(
            name="SearchPending",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20, verbose_name="kind")),
                ("object_id", models.BigIntegerField(verbose_name="object")),
                ("hides", models.BooleanField(verbose_name="hidden from readers until then")),
            ],
            options={
                "verbose_name": "object to be indexed",
                "verbose_name_plural": "objects to be indexed",
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["kind", "object_id"], name="core_searchpending_of_object"),
                    models.Index(fields=["-hides", "id"], name="core_searchpending_next"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchRow",
            fields=[
                (
                    "place",
                    models.BigAutoField(
                        help_text="See search/places.py.",
                        primary_key=True,
                        serialize=False,
                        verbose_name="place",
                    ),
                ),
                ("kind", models.CharField(max_length=20, verbose_name="kind")),
                ("object_id", models.BigIntegerField(verbose_name="object")),
                ("face", models.CharField(max_length=7, verbose_name="face")),
                ("cut", models.BooleanField(default=False, verbose_name="only its beginning is indexed")),
                ("headline", models.TextField(blank=True, verbose_name="headline")),
                ("summary", models.TextField(blank=True, verbose_name="summary")),
                ("signed", models.TextField(blank=True, verbose_name="signed by")),
                ("source", models.TextField(blank=True, verbose_name="source")),
                ("tag", models.TextField(blank=True, verbose_name="tags")),
                ("outlet", models.TextField(blank=True, verbose_name="outlet")),
                ("body", models.TextField(blank=True, verbose_name="body")),
            ],
            options={
                "verbose_name": "search row",
                "verbose_name_plural": "search rows",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "object_id", "face"), name="core_searchrow_once_a_face"
                    )
                ],
            },
        ),
        migrations.RunPython(make, unmake),
    ]
