"""The people of a demonstration: one for each role, with passwords that stay what they are."""

import json
import stat
import tempfile
from io import StringIO
from pathlib import Path

from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client, TestCase, override_settings

from newsroom.core import roles
from newsroom.core.models import User


class DemoPeople(TestCase):
    def setUp(self):
        super().setUp()
        keeper = tempfile.TemporaryDirectory()
        self.addCleanup(keeper.cleanup)
        self.folder = Path(keeper.name)

    def seat(self) -> str:
        """What the command prints, with its passwords kept in the test's own folder."""
        out = StringIO()
        with override_settings(VAR_DIR=self.folder):
            call_command("demo_people", stdout=out)
        return out.getvalue()

    def kept(self) -> dict:
        return json.loads((self.folder / "demo-people.json").read_text())

    def test_every_role_has_a_person_who_can_sign_in_at_the_desk(self):
        told = self.seat()
        self.assertEqual(User.objects.count(), Group.objects.count())
        for user in User.objects.all():
            with self.subTest(user.username):
                self.assertTrue(Client().login(username=user.username, password=self.kept()[user.username]))
                self.assertIn(self.kept()[user.username], told)
                self.assertTrue(user.is_staff)
                self.assertEqual(user.groups.count(), 1)

    def test_the_administrator_alone_is_a_superuser(self):
        self.seat()
        supers = User.objects.filter(is_superuser=True)
        self.assertEqual([user.groups.get().name for user in supers], [roles.ADMINISTRATOR])

    def test_a_second_run_changes_nothing_and_prints_the_same(self):
        first, rows = self.seat(), list(User.objects.order_by("pk").values())
        self.assertEqual(self.seat(), first)
        self.assertEqual(list(User.objects.order_by("pk").values()), rows)

    def test_passwords_are_kept_where_their_owner_alone_can_read_them(self):
        self.seat()
        mode = (self.folder / "demo-people.json").stat().st_mode
        self.assertEqual(stat.S_IMODE(mode), 0o600)
        self.assertEqual(len(set(self.kept().values())), Group.objects.count())
        self.assertGreaterEqual(min(map(len, self.kept().values())), 12)

    def test_a_password_that_was_changed_is_not_printed_and_not_changed_back(self):
        self.seat()
        user = User.objects.get(username="fact-checker")
        user.set_password("ink and paper")
        user.save()
        told = self.seat()
        self.assertNotIn(self.kept()["fact-checker"], told)
        self.assertIn("changepassword fact-checker", told)
        self.assertTrue(Client().login(username="fact-checker", password="ink and paper"))

    def test_a_closed_account_stays_closed(self):
        self.seat()
        User.objects.filter(username="reporter").update(is_active=False)
        self.assertIn("this account is closed", self.seat())

    def test_a_new_database_beside_kept_passwords_gets_the_same_ones(self):
        before = self.seat()
        User.objects.filter(username="auditor").update(username="former-auditor")
        self.assertEqual(self.seat(), before)

    def test_an_account_of_somebody_else_is_never_touched(self):
        User.objects.create(username="archivist", is_staff=True)
        told = self.seat()
        self.assertIn("changepassword archivist", told)
        self.assertFalse(User.objects.get(username="archivist").groups.exists())
