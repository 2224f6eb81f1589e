"""Tags that fold: “Iraq”, “iraq” and “IRAQ” are one, and so are the two Arabic letters for y."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.managers import _TaggableManager
from taggit.models import ItemBase, TagBase

from newsroom.core.hygiene import clean_text, fold_key
from newsroom.core.identity import UidModel, UidQuerySet


class TagQuerySet(UidQuerySet):
    """Tags found by what they fold to, never by the database's own idea of case."""

    def for_name(self, name: str) -> "Tag":
        """The tag of that name, made where there is none; an alias gives the tag it stands for."""
        name = clean_text(name, multiline=False).strip()
        tag, _created = self.get_or_create(key=fold_key(name), defaults={"name": name})
        return tag.alias_of or tag


class Tag(UidModel, TagBase):
    """A subject. Two spellings that fold to one key are one tag."""

    key = models.CharField(
        _("folded key"),
        max_length=200,
        unique=True,
        editable=False,
        error_messages={"unique": _("A tag that reads the same exists already.")},
    )
    scheme = models.CharField(_("scheme"), max_length=60, blank=True, help_text=_("Such as iptc-mediatopic."))
    uri = models.URLField(_("identifier"), blank=True, help_text=_("The subject's address in that scheme."))
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )
    alias_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="aliases",
        verbose_name=_("another name for"),
        help_text=_("Articles tagged with this name are filed under that tag."),
    )
    retired = models.BooleanField(
        _("retired"), default=False, help_text=_("No longer offered; its page remains.")
    )

    objects = TagQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(alias_of=models.F("id")) & ~models.Q(parent=models.F("id")),
                name="articles_tag_is_not_its_own_parent",
                violation_error_message=_("A tag is not its own parent or alias."),
            ),
        ]

    natural_key = UidModel.natural_key

    def clean(self) -> None:
        super().clean()
        self.key = fold_key(self.name)

    def save(self, *args, **kwargs):
        self.key = fold_key(self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("articles:tag", kwargs={"slug": self.slug})


class FoldingTaggableManager(_TaggableManager):
    """taggit's manager, except that words become tags by their folded key."""

    def _to_tag_model_instances(self, tags, tag_kwargs):
        tag_model = self.through.tag_model()
        found = [tag if isinstance(tag, tag_model) else tag_model.objects.for_name(tag) for tag in tags]
        return list(dict.fromkeys(found))


class TaggedQuerySet(models.QuerySet):
    """Tags on things, named in fixtures by the thing and the tag."""

    def get_by_natural_key(self, content_uid: str, tag_uid: str):
        return self.get(content_object__uid=content_uid, tag__uid=tag_uid)


class TaggedThing(ItemBase):
    """One tag on one thing. Each tagged model has a table of its own with real foreign keys."""

    objects = TaggedQuerySet.as_manager()

    class Meta:
        abstract = True

    def natural_key(self) -> tuple[str, str]:
        return (str(self.content_object.uid), str(self.tag.uid))


class ArticleTag(TaggedThing):
    """A tag on an article."""

    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="article_tags", verbose_name=_("tag"))
    content_object = models.ForeignKey(
        "articles.Article", on_delete=models.PROTECT, related_name="article_tags", verbose_name=_("article")
    )

    class Meta:
        verbose_name = _("tag on an article")
        verbose_name_plural = _("tags on articles")
        constraints = [
            # Also serves the tag page: every article under one tag.
            models.UniqueConstraint(fields=["tag", "content_object"], name="articles_articletag_once"),
        ]
