"""Bad input everywhere at the desk: never a fault of ours, a sentence where it went wrong, nothing written, words kept.

`TYPED` names the addresses that take words and how a sound post looks; each is spoiled in every way of `SPOILT`.
`ELSEWHERE` posts sound words with the keys of other things. `GET`, wrong kinds of content and a missing token follow.
"""

import html
from typing import Any

from django.db import transaction
from django.test import Client, TestCase
from django.urls import NoReverseMatch, reverse

from claims.models import Verdict
from tests.desk import PASSWORD, Cast, signed_in
from tests.factories import make_claim, make_verdict, revise
from tests.forms import fields_of

from .desk_acts import (
    ACTS,
    WORDED,
    Stage,
    Written,
    at,
    seen,
    words_of_evidence,
    words_of_flag,
    words_of_verdict,
)

LONG = "word " * 30_000
HUGE = "9" * 40
# What is typed, and whether it can be a word somebody wants back: control characters are shown as they came.
SPOILT = {
    "over-long": LONG,
    "control characters": "Kept words\x07\x1b[31m",
    "NUL": "Kept words\x00",
    "a direction that never ends": "Kept words \u202e",
    "a noncharacter": "Kept words \ufffe",
    "markup": "Kept words <script>alert(1)</script>",
    "nothing but marks": "\u200b\u200d",
}
# Of those, what is no fault: it is kept, and readers meet it escaped.
SOUND = {"markup"}


class BadInputTestCase(Stage, Cast, TestCase):
    def setUp(self):
        super().setUp()
        self.client = signed_in(self.sana)
        self.editor = signed_in(self.rashid)
        self.client.raise_request_exception = self.editor.raise_request_exception = False

    def send(self, client, address: str, data: Any, **more) -> tuple[Any, set[str]]:
        """Post, and put back what was written. Return the answer and the tables that were written."""
        point = transaction.savepoint()
        with Written() as written:
            answer = client.post(address, data, **more)
        transaction.savepoint_rollback(point)
        return answer, written.tables

    def assert_refused(self, answer, tables, statuses=(200, 400, 403, 404, 409)) -> None:
        self.assertIn(answer.status_code, statuses)
        self.assertEqual(tables, set())

    def assert_in_words(self, answer) -> None:
        """A page of ours, or a sentence for the script: never an empty answer."""
        self.assertGreater(len(answer.content), 40)


class TypedWordsTests(BadInputTestCase):
    """Each field of words, spoiled in each way."""

    def typed(self) -> dict[str, tuple[str, dict[str, Any], tuple[str, ...]]]:
        """Of each address: where, what is sound, and which fields take words."""
        move = {"to": "declined", "reason": "An opinion."}
        return {
            "verdict": (
                at(self.other, "verdict"),
                {**words_of_verdict(self), "do": "save"},
                ("verdict-finding", "verdict-qualifier"),
            ),
            "evidence": (
                at(self.claim, "evidence"),
                words_of_evidence(self),
                ("evidence-title", "evidence-locator"),
            ),
            "new source": (
                at(self.claim, "evidence"),
                words_of_evidence(self, source="", source_name="AFP", source_kind="agency"),
                ("evidence-source_name",),
            ),
            "flag": (
                at(self.article, "flag"),
                words_of_flag(self),
                ("statement", "chosen_because", "said_as"),
            ),
            "decline": (at(self.other, "act", "move"), move, ("reason",)),
            "correction": (at(self.article, "act", "correct"), WORDED, ("was", "now", "why")),
            "exempt": (at(self.appearance, "act", "exempt"), {"reason": "A rumour."}, ("reason",)),
            "place": (
                at(self.claim, "place", self.appearance.pk),
                {"act": "exempt", "seen": seen(self.appearance), "reason": "A rumour."},
                ("reason",),
            ),
            "claim": (
                reverse("admin:claims_claim_add"),
                {**fields_of(self.client.get(reverse("admin:claims_claim_add"))), "statement": "Six."},
                ("statement", "context", "chosen_because", "said_as", "tags"),
            ),
            "source": (
                reverse("admin:claims_source_add"),
                {"name": "AFP", "kind": "agency"},
                ("name", "aliases", "interests"),
            ),
        }

    def test_sound_words_are_taken(self):
        for name, (address, sound, _fields) in self.typed().items():
            with self.subTest(address=name):
                answer, tables = self.send(self.client, address, sound)
                self.assertEqual((answer.status_code, bool(tables)), (302, True))

    def test_spoilt_words_are_refused_at_their_field_and_kept(self):
        for name, (address, sound, fields) in self.typed().items():
            for field in fields:
                for kind, words in SPOILT.items():
                    with self.subTest(address=name, field=field, kind=kind):
                        answer, tables = self.send(self.client, address, {**sound, field: words})
                        self.assert_words_refused(kind, answer, tables)

    def assert_words_refused(self, kind: str, answer, tables) -> None:
        self.assertIn(answer.status_code, (200, 302, 400))
        if answer.status_code == 302:
            self.assertNotIn(
                kind, ("control characters", "NUL", "a direction that never ends", "a noncharacter")
            )
            return
        self.assertEqual(tables, set())
        page = html.unescape(answer.content.decode())
        self.assertIn(
            "word word" if kind == "over-long" else "Kept words" if "Kept" in SPOILT[kind] else "", page
        )
        self.assertRegex(page, 'class="[^"]*(errorlist|messagelist)')

    def test_a_decision_s_note_is_refused_and_kept(self):
        given = {"verdict": self.proposed.pk, "do": "send-back"}
        for kind in ("over-long", "control characters", "NUL", "a noncharacter", "nothing but marks"):
            with self.subTest(kind=kind):
                note = {"decision-note": SPOILT[kind]}
                answer, tables = self.send(self.editor, at(self.proposed.claim, "decide"), {**given, **note})
                self.assert_words_refused(kind, answer, tables)

    def test_a_note_is_drawn_from_whatever_is_typed_and_nothing_runs(self):
        for kind, words in SPOILT.items():
            with self.subTest(kind=kind):
                given = words_of_verdict(self, finding=words, qualifier=words)
                answer, tables = self.send(self.client, at(self.claim, "note"), given)
                self.assertEqual((answer.status_code, tables), (200, set()))
                self.assertNotIn(b"<script", answer.content)
                self.assertNotIn(b"\x00", answer.content)


class KeysTests(BadInputTestCase):
    """Keys that are forged, huge, or another thing's."""

    def keys(self) -> dict[str, Any]:
        return {
            "nothing": "",
            "a word": "abc",
            "huge": HUGE,
            "none": "99999999",
            "signs": "1' OR 1=1",
            "below": "-1",
        }

    def test_an_object_that_does_not_exist_is_404_in_words(self):
        keys = ["0", "abc", HUGE, "99999999", "-1", "1_3", "%00"]
        addresses = [
            deed.address
            for deed in ACTS.values()
            if deed.address.startswith(("claims_claim_", "articles_article_")) and not deed.act
        ]
        for name in dict.fromkeys(addresses):
            for key in keys:
                args = [key, 1] if name == "claims_claim_place" else [key]
                try:
                    address = reverse(f"admin:{name}", args=args)
                except NoReverseMatch:  # an address that takes no key
                    continue
                for method in ("get", "post"):
                    with self.subTest(address=name, key=key[:12], method=method):
                        with Written() as written:
                            answer = getattr(self.client, method)(address)
                        self.assertIn(answer.status_code, (302, 404, 405))
                        self.assertEqual(written.tables, set())

    def test_a_verdict_of_another_claim_is_not_found(self):
        draft = self.draft_by(self.sana)
        given = {**words_of_verdict(self), "do": "save"}
        others = {**self.keys(), "another claim's": draft.pk, "a claim's": self.claim.pk + 500}
        others.pop("nothing")
        for kind, key in others.items():
            with self.subTest(kind=kind):
                answer, tables = self.send(self.client, at(self.claim, "verdict"), {**given, "verdict": key})
                self.assert_refused(answer, tables, (404,))
        others = {**self.keys(), "another claim's": self.proposed.pk}
        for kind, key in others.items():
            with self.subTest(decide=kind):
                given = {"verdict": key, "do": "approve"}
                answer, tables = self.send(self.editor, at(self.claim, "decide"), given)
                self.assert_refused(answer, tables, (404,))
        draft.refresh_from_db()
        self.assertEqual(
            (draft.finding, Verdict.objects.get(pk=self.proposed.pk).publication_state), ("No.", "proposed")
        )

    def test_ratings_versions_and_sources_that_are_none_are_refused_at_the_field(self):
        retired = make_verdict(
            make_claim("Old.", by=self.hina), "outdated", by=self.hina, approver=self.omar
        ).rating
        type(retired).objects.filter(pk=retired.pk).update(retired=True)
        for kind, key in {**self.keys(), "retired": retired.pk}.items():
            with self.subTest(rating=kind):
                given = {**words_of_verdict(self, rating=key), "do": "save"}
                answer, tables = self.send(self.client, at(self.other, "verdict"), given)
                self.assert_refused(answer, tables, (200,))
                self.assertContains(answer, "The record says no.</textarea>")
        for kind, key in self.keys().items():
            with self.subTest(version=kind):
                clash = {"clash_words": "six", "clash_against": "five", "clash_version": key}
                given = {**words_of_verdict(self, **clash), "do": "save"}
                answer, tables = self.send(self.client, at(self.other, "verdict"), given)
                self.assert_refused(answer, tables, (200,))
            with self.subTest(source=kind):
                answer, tables = self.send(
                    self.client, at(self.claim, "evidence"), words_of_evidence(self, source=key)
                )
                self.assert_refused(answer, tables, (200,))
                self.assertContains(answer, "errorlist")

    def test_a_place_of_another_claim_is_not_found(self):
        elsewhere = self.published.claim
        given = {"act": "different", "seen": seen(self.appearance)}
        for place in (self.appearance.pk, 99999999):
            with self.subTest(place=place):
                answer, tables = self.send(self.client, at(elsewhere, "place", place), given)
                self.assert_refused(answer, tables, (404,))

    def test_an_act_nobody_knows_is_refused(self):
        verdict = {**words_of_verdict(self), "verdict": ""}
        decision = {"verdict": self.proposed.pk}
        for does in ("", "publish", "approve\x00", "SAVE"):
            with self.subTest(does=does):
                answer, tables = self.send(self.client, at(self.claim, "verdict"), {**verdict, "do": does})
                self.assert_refused(answer, tables, (400,))
                self.assert_in_words(answer)
                answer, tables = self.send(
                    self.editor, at(self.proposed.claim, "decide"), {**decision, "do": does}
                )
                self.assert_refused(answer, tables, (400,))
        for name in ("no-such-act", "approve", "delete"):
            with self.subTest(act=name):
                answer, tables = self.send(self.editor, at(self.claim, "act", name), {})
                self.assert_refused(answer, tables, (404,))

    def test_forged_places_in_the_text_are_refused(self):
        version = self.article.live_version
        for forged in (
            *("body:0:4:no such", "body:5:5:", "body:9:2:words", "nowhere:0:4:The ", "body:-1:3:The"),
            *(
                f"body:{HUGE}:{HUGE}:x",
                "body:a:b:c",
                "",
                ":::",
                f"headline:0:{HUGE}:Coalition",
                "body:0:100000:The",
            ),
        ):
            with self.subTest(place=forged[:24]):
                given = words_of_flag(self, place=forged, words="no such words", found_for="no such words")
                answer, tables = self.send(self.client, at(self.article, "flag"), given)
                self.assert_refused(answer, tables, (200, 400))
                self.assertContains(answer, "They handed the base over.", status_code=answer.status_code)
        other = self.again.live_version
        for kind, key in (("another article's", other.uid), ("none", "not-a-uuid"), ("empty", "")):
            with self.subTest(version=kind):
                answer, tables = self.send(
                    self.client, at(self.article, "flag"), words_of_flag(self, version=str(key))
                )
                self.assert_refused(answer, tables, (200, 400, 404))
        self.assertEqual(version.article_id, self.article.pk)

    def test_words_of_another_article_or_none_are_not_placed(self):
        newer = revise(self.article, live=False, by=self.zara, paragraphs=["Other words."])
        for given in (
            {"version": self.again.live_version_id, "field": "body", "start": 0, "end": 3, "exact": "Zzz"},
            {"version": newer.pk, "field": "body", "start": 0, "end": 99, "exact": "Other"},
            {"version": HUGE, "field": "body", "start": 0, "end": 3, "exact": "The"},
            {"version": newer.pk, "field": "mast", "start": "x", "end": HUGE, "exact": "The"},
        ):
            with self.subTest(given=given["exact"]):
                answer, tables = self.send(
                    self.client, at(self.claim, "elsewhere"), {**given, "role": "asserts"}
                )
                self.assert_refused(answer, tables, (200, 302, 400, 404))

    def test_dates_that_are_none_are_said_at_the_field(self):
        for day in ("2020-02-30", "yesterday", HUGE, "0000-00-00", "2020-01-01T00:00", "\u0662\u0660"):
            with self.subTest(day=day[:12]):
                given = {**words_of_verdict(self, as_of=day), "do": "save"}
                answer, tables = self.send(self.client, at(self.other, "verdict"), given)
                self.assert_refused(answer, tables, (200,))
                self.assertContains(answer, "Enter a valid date.")
                answer, tables = self.send(
                    self.client, at(self.claim, "evidence"), words_of_evidence(self, published_on=day)
                )
                self.assert_refused(answer, tables, (200,))
                answer, tables = self.send(
                    self.client, at(self.article, "flag"), words_of_flag(self, said_on=day)
                )
                self.assert_refused(answer, tables, (200, 400))

    def test_addresses_that_are_no_web_pages_are_refused(self):
        for url in (
            "javascript:alert(1)",
            "data:text/html,x",
            "ftp://a.example/",
            "//",
            "http://",
            "file:///etc",
        ):
            with self.subTest(url=url):
                answer, tables = self.send(
                    self.client, at(self.claim, "evidence"), words_of_evidence(self, url=url)
                )
                self.assert_refused(answer, tables, (200,))
                self.assertContains(answer, "errorlist")


class WayOfAskingTests(BadInputTestCase):
    """The right address, asked in a wrong way."""

    def test_looking_at_an_address_that_takes_a_form_writes_nothing(self):
        for name, deed in ACTS.items():
            if not deed.writes:
                continue
            with self.subTest(act=name):
                answer, tables = self.looked_at(deed)
                self.assertIn(answer.status_code, (200, 302, 403, 404, 405))
                self.assertEqual(tables, set())

    def looked_at(self, deed) -> tuple[Any, set[str]]:
        asked = GetInstead(self.editor)
        answer = deed.do(self, asked, self.rashid)
        return answer, asked.tables

    def test_content_that_is_no_form_is_refused(self):
        kinds = {
            "json": ("application/json", '{"do": "save", "verdict-finding": "\\ud800"}'),
            "not json": ("application/json", "{"),
            "text": ("text/plain", "\x00\x01"),
            "no form": ("multipart/form-data", "x"),
            "bad bytes": ("application/x-www-form-urlencoded", b"do=save&verdict-finding=%ff%fe%00"),
        }
        for kind, (content_type, body) in kinds.items():
            for address in (
                *(at(self.other, name) for name in ("verdict", "note", "evidence", "decide")),
                at(self.article, "flag"),
                at(self.claim, "place", self.appearance.pk),
                reverse("admin:articles_article_draw"),
                reverse("admin:articles_article_paste"),
                reverse("admin:claims_claim_add"),
            ):
                with self.subTest(kind=kind, address=address):
                    answer, tables = self.send(self.editor, address, body, content_type=content_type)
                    self.assertLess(answer.status_code, 500)
                    self.assertEqual(tables, set())

    def test_a_form_without_its_token_is_refused_in_words(self):
        client = Client(enforce_csrf_checks=True)
        client.login(username="rashid", password=PASSWORD)
        for name, deed in ACTS.items():
            if not deed.writes:
                continue
            with self.subTest(act=name):
                point = transaction.savepoint()
                asked = Noting(client)
                answer = deed.do(self, asked, self.rashid)
                transaction.savepoint_rollback(point)
                self.assertEqual((answer.status_code, asked.tables), (403, set()))
                self.assert_in_words(answer)

    def test_too_much_is_refused(self):
        much, many = {"verdict-explanation": "x" * 5_000_000}, {f"f{number}": "1" for number in range(1500)}
        for address in (at(self.claim, "verdict"), at(self.claim, "note"), at(self.article, "flag")):
            for kind, given in (("much", much), ("many", many)):
                with self.subTest(address=address, kind=kind), self.assertLogs("django.security", "ERROR"):
                    answer, tables = self.send(self.client, address, given)
                    self.assert_refused(answer, tables, (400, 413))


class Noting:
    """A browser of which is noted what its questions write."""

    def __init__(self, client: Client):
        self.client, self.tables = client, set()

    def get(self, *args, **kwargs):
        return self.noted(self.client.get, *args, **kwargs)

    def post(self, *args, **kwargs):
        return self.noted(self.client.post, *args, **kwargs)

    def noted(self, ask, *args, **kwargs):
        with Written() as written:
            answer = ask(*args, **kwargs)
        self.tables |= written.tables
        return answer


class GetInstead(Noting):
    """A browser that only ever opens what it should have posted to."""

    def post(self, address, _data=None, **_more):
        return self.get(address)
