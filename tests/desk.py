"""The cast: the same people in every test, each with the role that migrations gave its rights.

Amna reads and has no account. Bilal reports, Sana checks facts, Rashid edits verdicts, Noor keeps the archive, Yusra
audits, and Admin is an administrator and a superuser, whom no rule of conduct spares.
"""

from django.contrib.auth.models import Group
from django.test import Client

from newsroom.core import roles
from newsroom.core.models import User

PASSWORD = "ink and paper"
CAST = {
    "bilal": ("Bilal Ahmed", roles.REPORTER),
    "sana": ("Sana Haider", roles.FACT_CHECKER),
    "rashid": ("Rashid Mahmood", roles.VERDICT_EDITOR),
    "noor": ("Noor Jahan", roles.ARCHIVIST),
    "yusra": ("Yusra Malik", roles.AUDITOR),
    "admin": ("Admin", roles.ADMINISTRATOR),
}


def person(name: str) -> User:
    """One of the cast, by user name, seated at the first call."""
    known = User.objects.filter(username=name).first()
    return known or seat(name, *CAST[name])


def seat(username: str, display_name: str, role: str = "") -> User:
    """A person who signs in at the desk, in the role's group where a role is given."""
    user = User(username=username, display_name=display_name, is_staff=True, is_superuser=username == "admin")
    user.set_password(PASSWORD)
    user.save()
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user


def signed_in(user: User) -> Client:
    """A browser in which the person is signed in."""
    client = Client()
    client.force_login(user)
    return client


class Cast:
    """Mixed into a TestCase: self.sana and the others are people, self.amna is a browser without an account."""

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        for name in CAST:
            setattr(cls, name, person(name))

    def setUp(self) -> None:
        super().setUp()
        self.amna = Client()


class LiveCast:
    """The same for test cases that commit, and so seat the people anew for every test."""

    def setUp(self) -> None:
        super().setUp()
        for name in CAST:
            setattr(self, name, person(name))
        self.amna = Client()
