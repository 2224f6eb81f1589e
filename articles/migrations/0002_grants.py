"""What each role may do in the archive."""

from django.db import migrations

from newsroom.core.grants import all_of, grant

ARCHIVE = [
    "article",
    "articleversion",
    "byline",
    "articlelink",
    "contributor",
    "media",
    "outlet",
    "section",
    "tag",
]
ARCHIVE_ALL = [*ARCHIVE, "articletag"]
WRITING = ["article", "byline", "articlelink", "media", "articletag"]
LISTS = ["contributor", "tag"]

GRANTS = {
    "Reporter": [*all_of(ARCHIVE_ALL, "view"), *all_of([*WRITING, *LISTS], "add", "change"), "delete_byline"],
    "Fact-checker": [*all_of(ARCHIVE_ALL, "view"), *all_of(["tag"], "add")],
    "Verdict editor": [
        *all_of(ARCHIVE_ALL, "view"),
        *all_of([*WRITING, *LISTS], "add", "change"),
        "delete_byline",
        "publish_article",
        "withdraw_article",
    ],
    "Archivist": [
        *all_of(ARCHIVE_ALL, "view"),
        *all_of([*WRITING, *LISTS, "outlet", "section"], "add", "change"),
        "delete_byline",
        "publish_article",
        "withdraw_article",
    ],
    "Auditor": all_of(ARCHIVE_ALL, "view"),
    "Administrator": all_of(ARCHIVE_ALL, "view"),
}


def give(apps, schema_editor):
    grant(apps, "articles", GRANTS, schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial"), ("core", "0002_roles")]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
