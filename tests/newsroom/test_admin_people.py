"""People, roles and the ledger at the desk: who may make whom what, and that nothing of it is lost."""

from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from newsroom.core import roles
from newsroom.core.admin_base import CappedPaginator
from newsroom.core.models import LedgerEntry, User
from tests.desk import PASSWORD, Cast, seat, signed_in
from tests.factories import make_article
from tests.forms import errors_of, fields_of, fill_in, send

PEOPLE = "/admin/core/user/"
LEDGER = "/admin/core/ledgerentry/"


def change(row) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


class PeopleTests(Cast, TestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.tariq = seat("tariq", "Tariq Aziz", roles.ADMINISTRATOR)

    def setUp(self):
        super().setUp()
        self.client = signed_in(self.tariq)

    def test_an_administrator_makes_an_account_and_gives_it_a_role(self):
        given = {"username": "zara", "display_name": "Zara Khan", "is_staff": "on"}
        given |= {"password1": "morning edition", "password2": "morning edition"}
        answer = fill_in(self.client, f"{PEOPLE}add/", given)
        self.assertEqual(answer.status_code, 302)
        zara = User.objects.get(username="zara")
        self.assertTrue(zara.check_password("morning edition"))
        group = Group.objects.get(name=roles.REPORTER)
        fill_in(self.client, change(zara), groups=[group.pk])
        self.assertEqual(list(zara.groups.all()), [group])
        verbs = [entry.verb for entry in LedgerEntry.objects.about(zara).order_by("id")]
        self.assertEqual(verbs, ["user.add", "user.change"])

    def test_an_administrator_makes_nobody_a_superuser(self):
        page = self.client.get(change(self.bilal))
        self.assertNotIn("is_superuser", fields_of(page))
        right = Permission.objects.get(codename="approve_verdict")
        send(self.client, change(self.bilal), page, is_superuser="on", user_permissions=[right.pk])
        bilal = User.objects.get(pk=self.bilal.pk)
        self.assertFalse(bilal.is_superuser)
        self.assertFalse(bilal.has_perm("claims.approve_verdict"))

    def test_an_administrator_changes_no_superuser_and_not_their_password(self):
        address = reverse("admin:auth_user_password_change", args=[self.admin.pk])
        given = {"password1": "morning edition", "password2": "morning edition"}
        self.assertEqual(self.client.post(change(self.admin), {"username": "mine"}).status_code, 403)
        self.assertEqual(self.client.post(address, given).status_code, 403)
        self.assertTrue(User.objects.get(pk=self.admin.pk).check_password(PASSWORD))

    def test_a_changed_password_is_in_the_ledger_and_is_not_told_there(self):
        address = reverse("admin:auth_user_password_change", args=[self.bilal.pk])
        fill_in(self.client, address, password1="morning edition", password2="morning edition")
        self.assertTrue(User.objects.get(pk=self.bilal.pk).check_password("morning edition"))
        entry = LedgerEntry.objects.about(self.bilal).get()
        self.assertEqual((entry.verb, entry.actor), ("user.change", "tariq"))
        self.assertNotIn("morning", entry.payload)

    def test_the_hash_of_a_password_is_never_on_the_page(self):
        page = self.client.get(change(self.bilal)).content.decode()
        self.assertNotIn(self.bilal.password, page)
        self.assertNotIn("initial-password", page)

    def test_people_are_deactivated_and_never_deleted(self):
        fields = fields_of(self.client.get(change(self.bilal)))
        fields.pop("is_active")
        self.client.post(change(self.bilal), fields)
        self.assertFalse(User.objects.get(pk=self.bilal.pk).is_active)
        for client in (self.client, signed_in(self.admin)):
            answer = client.post(f"{PEOPLE}{self.bilal.pk}/delete/", {"post": "yes"})
            self.assertEqual(answer.status_code, 403)
        self.assertTrue(User.objects.filter(pk=self.bilal.pk).exists())

    def test_people_are_for_administrators(self):
        for name, status in (("bilal", 403), ("sana", 403), ("rashid", 403), ("noor", 403), ("yusra", 200)):
            with self.subTest(person=name):
                client = signed_in(getattr(self, name))
                self.assertEqual(client.get(PEOPLE).status_code, status)
                self.assertEqual(client.post(change(self.sana), {"username": "mine"}).status_code, 403)

    def test_a_short_password_is_refused(self):
        given = {"username": "zara", "password1": "short", "password2": "short"}
        answer = fill_in(self.client, f"{PEOPLE}add/", given)
        self.assertIn("too short", str(errors_of(answer)))

    def test_only_superusers_change_what_a_role_may_do(self):
        group = Group.objects.get(name=roles.REPORTER)
        self.assertEqual(self.client.get(change(group)).status_code, 403)
        client = signed_in(self.admin)
        fill_in(client, change(group), permissions=[Permission.objects.first().pk])
        entry = LedgerEntry.objects.latest("id")
        self.assertEqual((entry.verb, entry.object_kind), ("group.change", "auth.group"))
        self.assertContains(
            client.get(reverse("admin:auth_group_history", args=[group.pk])), "Rights changed"
        )


class LedgerTests(Cast, TestCase):
    def setUp(self):
        super().setUp()
        self.article = make_article()
        self.client = signed_in(self.yusra)

    def rows(self, **query) -> list:
        return list(self.client.get(LEDGER, query).context["cl"].result_list)

    def test_the_ledger_is_filtered_by_act_and_searched_by_uid_and_name(self):
        make_article("Another")
        self.assertEqual(len(self.rows(verb="article.publish")), 2)
        self.assertEqual({row.object_uid for row in self.rows(q=str(self.article.uid))}, {self.article.uid})
        self.assertEqual({row.actor for row in self.rows(q="noo")}, {"noor"})
        self.assertEqual(self.rows(q="nobody"), [])

    def test_the_ledger_is_read_and_never_written(self):
        entry = LedgerEntry.objects.first()
        self.assertContains(self.client.get(change(entry)), entry.hash)
        for client in (self.client, signed_in(self.admin)):
            self.assertEqual(client.post(change(entry), {"verb": "nothing"}).status_code, 403)
            self.assertEqual(client.get(f"{LEDGER}add/").status_code, 403)
            self.assertEqual(client.post(f"{LEDGER}{entry.pk}/delete/", {"post": "yes"}).status_code, 403)

    def test_reporters_have_no_ledger(self):
        self.assertEqual(signed_in(self.bilal).get(LEDGER).status_code, 403)

    def test_the_lists_take_as_many_queries_for_thirty_rows_as_for_one(self):
        client = signed_in(self.admin)
        before = {address: len(queries(client, address)) for address in (LEDGER, PEOPLE)}
        for number in range(30):
            make_article(f"Headline {number}")
            seat(f"person-{number}", f"Person {number}", roles.REPORTER)
        for address, count in before.items():
            with self.subTest(list=address):
                self.assertEqual(len(queries(client, address)), count)

    def test_counting_stops_where_nobody_pages(self):
        with CaptureQueriesContext(connection) as caught:
            CappedPaginator(LedgerEntry.objects.order_by("-id"), 50).count  # noqa: B018
        self.assertIn("LIMIT 2000", caught[0]["sql"])


def queries(client, address: str) -> list:
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        client.get(address)
    return list(caught)


class DoorTests(Cast, TestCase):
    """Who comes in, and what the desk says of itself."""

    def test_the_desk_is_for_people_with_an_account_there(self):
        reader = User.objects.create_user("reader", password="ink and paper")
        for client in (self.amna, signed_in(reader)):
            self.assertRedirects(
                client.get("/admin/"), "/admin/login/?next=/admin/", fetch_redirect_response=False
            )

    def test_every_list_of_the_desk_opens_for_the_auditor_or_says_no(self):
        client = signed_in(self.yusra)
        for model in admin.site._registry:
            address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
            with self.subTest(list=address):
                expected = 403 if model is Group else 200
                self.assertEqual(client.get(address).status_code, expected)
                self.assertEqual(client.get(address, {"q": "iraq"}).status_code, expected)

    def test_no_list_searches_texts_or_groups_by_dates(self):
        for model, desk in admin.site._registry.items():
            with self.subTest(model=model._meta.label):
                self.assertIsNone(desk.date_hierarchy)
                self.assertFalse(desk.show_full_result_count)
                searched = " ".join(desk.search_fields)
                for wide in ("body", "standfirst", "payload", "explanation", "context", "quote"):
                    self.assertNotIn(wide, searched)

    def test_every_model_is_at_the_desk_or_part_of_one_that_is(self):
        parts = {"articles.ArticleTag", "articles.Byline", "articles.ArticleLink", "claims.ClaimTag"}
        # The index of the search is nobody's to edit: it is built from everything else.
        parts |= {
            "claims.VerdictEvidence",
            "claims.VerdictCorrection",
            "core.SearchRow",
            "core.SearchPending",
        }
        # What readers typed is part of their report; how often one sender sends is nobody's to read.
        parts |= {"articles.ReportReader", "articles.ReportRate"}
        # Who has an article open now is told on its pages. What a removal did stands on its own page.
        parts |= {"articles.Presence", "articles.RedactionPlace", "articles.RedactedVersion"}
        ours = [
            model for app in ("core", "articles", "claims") for model in apps.get_app_config(app).get_models()
        ]
        registered = {model._meta.label for model in admin.site._registry}
        for model in ours:
            with self.subTest(model=model._meta.label):
                self.assertIn(model._meta.label, registered | parts)
