"""The ground of the generated archive: people, outlets, sections, contributors, sources, tags and the scale."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time

from django.contrib.auth.models import Group
from django.db import models, transaction

from articles import editing
from articles.models import Contributor, Outlet, Section, Tag
from claims.models import Rating, Source
from newsroom.core import roles
from newsroom.core.hygiene import fold_key
from newsroom.core.identity import next_number, number_of
from newsroom.core.models import User

from .archive import CONTRIBUTORS, FIRST_DAY, SOURCES, TAGS, Plan
from .prose import WORDS, Pen

OUTLETS = (
    "The Evening Post",
    "Provincial Gazette",
    "Harbour News",
    "The Courier",
    "Radio Two",
    "Wire East",
    "Farmers' Weekly",
    "Our Own Record",
)


def noon(day: date) -> datetime:
    """The middle of that day."""
    return datetime.combine(day, time(12), tzinfo=UTC)


class Ground:
    """What articles and claims stand on. Made once for a plan, in an empty archive."""

    @transaction.atomic
    def __init__(self, plan: Plan):
        self.plan = plan
        self.numbers: dict[type, set[int]] = {}
        self.checker = self._person("checker", "Checker One", roles.FACT_CHECKER)
        self.editor = self._person("editor", "Editor Two", roles.VERDICT_EDITOR)
        self.ratings = {rating.slug: rating for rating in Rating.objects.all()}
        self.outlets = self._named(Outlet, OUTLETS)
        self.sections = self._named(Section, WORDS["section"])
        pen = Pen(self.plan.chance("names"))
        self.contributors = self._rows(Contributor, [{"name": pen.person()} for _ in range(CONTRIBUTORS)])
        self.sources = self._numbered(
            Source,
            [
                {"name": name, "slug": editing.slug_for(name), "kind": Source.Kind.PERSON}
                for name in (pen.person() for _ in range(SOURCES))
            ],
        )
        names = list(dict.fromkeys(f"{pen.town()} {pen.chance.choice(WORDS['thing'])}" for _ in range(TAGS)))
        columns = [{"name": name, "slug": editing.slug_for(name), "key": fold_key(name)} for name in names]
        self.tags = self._rows(Tag, columns)

    def _person(self, username: str, name: str, role: str) -> User:
        person = User(
            username=username, display_name=name, uid=self.plan.uid(username), password="!generated"
        )
        person.date_joined = noon(FIRST_DAY)
        person.save(force_insert=True)
        person.groups.add(Group.objects.get(name=role))
        return person

    def _named(self, model: type[models.Model], names: Iterable[str]) -> list:
        ours = {"Our Own Record": {"is_ours": True}}
        return self._rows(
            model, [{"name": name, "slug": editing.slug_for(name), **ours.get(name, {})} for name in names]
        )

    def _rows(self, model: type[models.Model], columns: list[dict]) -> list:
        label = model._meta.label_lower
        rows = [
            model(uid=self.plan.uid(f"{label}/{place}"), **values) for place, values in enumerate(columns)
        ]
        return model.objects.bulk_create(rows)

    def _numbered(self, model: type[models.Model], columns: list[dict]) -> list:
        label = model._meta.label_lower
        rows = [
            self.with_number(model(uid=self.plan.uid(f"{label}/{place}"), **values))
            for place, values in enumerate(columns)
        ]
        return model.objects.bulk_create(rows)

    def tags_at(self, places: Iterable[int]) -> list[Tag]:
        """The tags of a plan, each once."""
        return list(dict.fromkeys(self.tags[place % len(self.tags)] for place in places))

    def with_number(self, row):
        """The row with the number its uid gives, or the next free one: bulk_create calls no save()."""
        taken = self.numbers.setdefault(type(row), set())
        row.number = number_of(row.uid)
        while row.number in taken:
            row.number = next_number(row.number)
        taken.add(row.number)
        return row
