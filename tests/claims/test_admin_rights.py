"""Each act of checking through its real address, by each role: done, or 403 and nothing written."""

from django.test import TestCase
from django.urls import reverse

from claims import workflow
from claims.models import Appearance, Placement, Rating
from newsroom.core import roles
from newsroom.core.models import LedgerEntry
from tests.claims.test_admin_claims import ADD, LIST, act
from tests.desk import Cast, seat, signed_in
from tests.factories import make_article, make_claim, make_evidence, make_source, make_verdict, place

EVERYBODY = ("bilal", "sana", "rashid", "noor", "yusra", "admin")
FLAG = ("bilal", "sana", "rashid", "admin")
CHECK = ("sana", "rashid", "admin")
APPROVE = ("rashid", "admin")


class ActsByRoleTests(Cast, TestCase):
    def setUp(self):
        super().setUp()
        self.article = make_article()
        self.hina = seat("hina", "Hina Butt", roles.FACT_CHECKER)
        self.omar = seat("omar", "Omar Sheikh", roles.VERDICT_EDITOR)
        self.turn = 0

    def claim(self):
        self.turn += 1
        return make_claim(f"Claim {self.turn}.")

    def proposed(self):
        """A verdict of somebody who takes no part in the table."""
        return make_verdict(self.claim(), published=False, by=self.hina)

    def published(self):
        verdict = self.proposed()
        workflow.approve(verdict, by=self.omar)
        return verdict

    def draft_of(self, name):
        person = getattr(self, name)
        by = person if name in CHECK else self.sana
        claim = self.claim()
        make_evidence(claim)
        return workflow.draft_verdict(
            claim, by=by, rating=Rating.objects.get(slug="false"), finding="No.", as_of="2020-04-12"
        )

    def test_every_act(self):
        flag = {"statement": "Six bases.", "language": "en", "said_precision": "unknown"}
        evidence = {
            "source": make_source().pk,
            "stance": "refutes",
            "level": "primary",
            "title": "A record",
            "url": "https://example.org/record",
            "order": "1",
        }
        draft = {"rating": Rating.objects.get(slug="false").pk, "finding": "No.", "as_of": "2020-04-12"}
        words = {
            "article": self.article.pk,
            "field": "headline",
            "words": "sixth Iraqi base",
            "role": "asserts",
        }
        table = [
            ("flag", FLAG, lambda n: None, lambda c, _: c.post(ADD, flag)),
            ("place", FLAG, lambda n: self.claim(), lambda c, row: c.post(act(row, "place"), words)),
            (
                "move",
                CHECK,
                lambda n: self.claim(),
                lambda c, row: c.post(act(row, "move"), {"to": "researching"}),
            ),
            (
                "assign from the list",
                CHECK,
                lambda n: self.claim(),
                lambda c, row: c.post(LIST, {"action": "assign_to_me", "_selected_action": [row.pk]}),
            ),
            (
                "match",
                CHECK,
                lambda n: Appearance.objects.filter(claim=self.new_place()).get(),
                lambda c, row: c.post(act(row, "match"), {"match": "unsure"}),
            ),
            (
                "exempt",
                CHECK,
                lambda n: Appearance.objects.filter(claim=self.new_place()).get(),
                lambda c, row: c.post(act(row, "exempt"), {"reason": "A rumour."}),
            ),
            (
                "detach",
                CHECK,
                lambda n: Placement.objects.filter(appearance__claim=self.new_place()).get(),
                lambda c, row: c.post(act(row, "detach"), {"reason": "Something else."}),
            ),
            (
                "add evidence",
                CHECK,
                lambda n: self.claim(),
                lambda c, row: c.post("/admin/claims/evidence/add/", {**evidence, "claim": row.pk}),
            ),
            (
                "draft",
                CHECK,
                lambda n: self.claim(),
                lambda c, row: c.post("/admin/claims/verdict/add/", {**draft, "claim": row.pk}),
            ),
            ("propose", CHECK, self.draft_of, lambda c, row: c.post(act(row, "propose"))),
            ("approve", APPROVE, lambda n: self.proposed(), lambda c, row: c.post(act(row, "approve"))),
            (
                "send back",
                APPROVE,
                lambda n: self.proposed(),
                lambda c, row: c.post(act(row, "send-back"), {"note": "More."}),
            ),
            (
                "take back",
                APPROVE,
                lambda n: self.published(),
                lambda c, row: c.post(act(row, "retract"), {"reason": "A forgery."}),
            ),
            (
                "reopen",
                CHECK,
                lambda n: self.published().claim,
                lambda c, row: c.post(act(row, "reopen"), {"reason": "New figures."}),
            ),
        ]
        for name, allowed, make, attempt in table:
            for person in EVERYBODY:
                with self.subTest(act=name, person=person):
                    row = make(person)
                    before = LedgerEntry.objects.count()
                    answer = attempt(signed_in(getattr(self, person)), row)
                    wrote = LedgerEntry.objects.count() > before
                    expected = (302, True) if person in allowed else (403, False)
                    self.assertEqual((answer.status_code, wrote), expected)

    def new_place(self):
        claim = self.claim()
        place(claim, self.article, "sixth Iraqi base in one week")
        return claim

    def test_nothing_here_is_deleted_by_anybody(self):
        claim = self.claim()
        make_evidence(claim)
        verdict = make_verdict(claim)
        placement = place(claim, self.article, "sixth Iraqi base in one week")
        rows = [
            claim,
            verdict,
            placement,
            placement.appearance,
            claim.evidence.first(),
            verdict.rating,
            verdict.approvals.get(),
            make_source(),
        ]
        for row in rows:
            info = (row._meta.app_label, row._meta.model_name)
            for person in ("admin", "rashid"):
                with self.subTest(row=info, person=person):
                    address = reverse("admin:{}_{}_delete".format(*info), args=[row.pk])
                    client = signed_in(getattr(self, person))
                    self.assertEqual(client.post(address, {"post": "yes"}).status_code, 403)
                    listing = reverse("admin:{}_{}_changelist".format(*info))
                    client.post(
                        listing, {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
                    )
                    self.assertTrue(type(row)._base_manager.filter(pk=row.pk).exists())
