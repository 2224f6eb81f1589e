"""Fill publications in from what was kept so far: the ledger's lines, else the article's own times; and who may see them."""

import json

from django.db import migrations

from newsroom.core.grants import grant

ROLES = ("Reporter", "Fact-checker", "Verdict editor", "Archivist", "Auditor", "Administrator")


def fill_in(apps, schema_editor):
    using = schema_editor.connection.alias
    publication = apps.get_model("articles", "Publication")
    articles = apps.get_model("articles", "Article").objects.using(using)
    versions = apps.get_model("articles", "ArticleVersion").objects.using(using)
    entries = apps.get_model("core", "LedgerEntry").objects.using(using)
    for article in articles.exclude(live_version=None).exclude(state="draft").iterator():
        first = article.first_published_at or article.public_from
        lines = entries.filter(object_uid=article.uid, verb="article.go-live").order_by("id")
        told = {json.loads(line.payload)["version"]: line.at for line in lines}
        shown = versions.filter(article=article, number__lte=article.live_version.number).order_by("number")
        for version in shown.only("uid", "number"):
            at = told.get(str(version.uid))
            if at is None and version.pk == article.live_version_id:
                at = article.changed_at or first
            if at is not None:
                publication(article=article, version=version, public_from=max(at, first)).save(using=using)


def give(apps, schema_editor):
    table = {role: ["view_publication"] for role in ROLES}
    grant(apps, "articles", table, schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [("articles", "0004_publications"), ("core", "0002_roles")]

    operations = [
        migrations.RunPython(fill_in, migrations.RunPython.noop),
        migrations.RunPython(give, migrations.RunPython.noop),
    ]
