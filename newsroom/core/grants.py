"""Giving roles their rights from a data migration, on a database whose rights do not exist yet."""

from django.contrib.auth.management import create_permissions


def grant(apps, app_label: str, table: dict[str, list[str]], using: str) -> None:
    """Give each role (a group's name) the rights listed, as codenames of the app. Raise ValueError for unknown ones.

    Rights are made by Django after migrating; a migration that needs them makes them first.
    """
    app_config = apps.get_app_config(app_label)
    app_config.models_module = True
    create_permissions(app_config, apps=apps, verbosity=0, using=using)
    app_config.models_module = None
    group_model, permission_model = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    rights = {
        right.codename: right
        for right in permission_model.objects.using(using).filter(content_type__app_label=app_label)
    }
    for role, codenames in table.items():
        if unknown := set(codenames) - set(rights):
            raise ValueError(f"No such rights in {app_label}: {sorted(unknown)}")
        group, _created = group_model.objects.using(using).get_or_create(name=role)
        group.permissions.add(*(rights[codename] for codename in codenames))


def all_of(models: list[str], *acts: str) -> list[str]:
    """Codenames of the acts on the models: all_of(["tag"], "view", "add") is ["view_tag", "add_tag"]."""
    return [f"{act}_{model}" for model in models for act in acts]
