"""Editing articles at the desk: words as Markdown, details, and what happens when two people write at once."""

from django.test import TestCase
from django.urls import reverse

from articles import editing
from articles.markdown import to_markdown
from articles.models import Article, Contributor
from newsroom.core.models import LedgerEntry
from tests.desk import Cast, signed_in
from tests.factories import HEADLINE, PARAGRAPHS, make_article, make_outlet, make_section, revise
from tests.forms import errors_of, fields_of, fill_in, messages_of, send

ADD = "/admin/articles/article/add/"


def change(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


class EnteringTests(Cast, TestCase):
    def test_a_reporter_enters_an_article_as_a_draft_with_version_1(self):
        outlet = make_outlet("Nawaiwaqt")
        answer = fill_in(
            signed_in(self.bilal),
            ADD,
            headline="Convoy crosses at dawn",
            body="A convoy crossed.\r\n\r\nNobody was hurt.",
            outlet=outlet.pk,
            tags="Iraq, convoys",
        )
        self.assertEqual(answer.status_code, 302, errors_of(answer) if answer.context else "")
        article = Article.objects.get()
        self.assertEqual((article.state, article.slug), ("draft", "convoy-crosses-at-dawn"))
        self.assertEqual(article.latest_version.number, 1)
        self.assertEqual(article.latest_version.body_text, "A convoy crossed.\n\nNobody was hurt.")
        self.assertEqual(article.latest_version.author, self.bilal)
        self.assertEqual(sorted(tag.name for tag in article.tags.all()), ["Iraq", "convoys"])
        verbs = [entry.verb for entry in LedgerEntry.objects.about(article)]
        self.assertEqual(verbs, ["article.create"])

    def test_a_byline_and_a_link_are_entered_with_the_article(self):
        haider = Contributor.objects.create(name="Imran Haider")
        fill_in(
            signed_in(self.bilal),
            ADD,
            {
                "headline": "Convoy crosses",
                "body": "A convoy crossed.",
                "outlet": make_outlet().pk,
                "bylines-TOTAL_FORMS": "1",
                "bylines-0-order": "1",
                "bylines-0-contributor": haider.pk,
                "links-TOTAL_FORMS": "1",
                "links-0-kind": "follow-up",
                "links-0-text": "Bases handed over",
            },
        )
        article = Article.objects.get()
        self.assertEqual([str(byline) for byline in article.bylines.all()], ["Imran Haider"])
        self.assertEqual([link.text for link in article.links.all()], ["Bases handed over"])

    def test_what_cannot_be_stored_is_an_error_at_its_field_and_nothing_is_entered(self):
        outlet = make_outlet()
        table = [
            ("headline", {"headline": "x" * 301}, "301 characters"),
            ("headline", {"headline": ""}, "required"),
            ("standfirst", {"standfirst": "x" * 1001}, "1001 characters"),
            ("dateline", {"dateline": "x" * 121}, "121 characters"),
            ("body", {"body": "Fine.\n\nBad \u202e here."}, "Line 3"),
            ("body", {"body": "Fine.\n\n{{block 9: gone}}"}, "Line 3"),
            ("outlet", {"outlet": ""}, "required"),
            ("tags", {"tags": "Iraq, bad \u202e tag"}, "U+202E"),
            ("tags", {"tags": "\u200d, " + "x" * 101}, "1 to 100 letters"),
            ("printed_as", {"printed_as": "Jan.\x07 3"}, "control character"),
        ]
        for field, given, expected in table:
            with self.subTest(field=field, expected=expected):
                right = {"headline": "Convoy", "body": "Words.", "outlet": outlet.pk}
                answer = fill_in(signed_in(self.bilal), ADD, {**right, **given})
                self.assertIn(expected, errors_of(answer)[field][0])
                self.assertFalse(Article.objects.exists())

    def test_the_words_typed_stand_in_the_form_after_an_error(self):
        answer = fill_in(signed_in(self.bilal), ADD, headline="Convoy", body="Kept \u202e words.")
        self.assertContains(answer, "Kept \u202e words.")


class EditingTests(Cast, TestCase):
    def setUp(self):
        super().setUp()
        self.article = make_article(published=False)
        self.client = signed_in(self.bilal)

    def now(self) -> Article:
        return Article.objects.get(pk=self.article.pk)

    def test_opening_and_saving_makes_no_version_and_no_line_in_the_ledger(self):
        before = LedgerEntry.objects.count()
        answer = fill_in(self.client, change(self.article))
        self.assertEqual(answer.status_code, 302)
        self.assertEqual(self.now().latest_version.number, 1)
        self.assertEqual(LedgerEntry.objects.count(), before)

    def test_changed_words_become_the_next_version(self):
        source = to_markdown(self.article.latest_version.body) + "\n\nA closing line."
        answer = fill_in(self.client, change(self.article), body=source.replace("\n", "\r\n"))
        self.assertEqual(answer.status_code, 302)
        version = self.now().latest_version
        self.assertEqual((version.number, version.author), (2, self.bilal))
        self.assertTrue(version.body_text.endswith("A closing line."))
        self.assertEqual(version.body["blocks"][:-1], self.article.latest_version.body["blocks"])

    def test_details_change_without_a_version(self):
        world = make_section("World")
        answer = fill_in(
            self.client, change(self.article), section=world.pk, printed_as="Jan. 3", tags="Iraq"
        )
        self.assertEqual(answer.status_code, 302)
        article = self.now()
        self.assertEqual((article.section, article.printed_as), (world, "Jan. 3"))
        self.assertEqual([tag.name for tag in article.tags.all()], ["Iraq"])
        self.assertEqual(article.latest_version.number, 1)
        line = LedgerEntry.objects.about(article).filter(verb="article.details").order_by("id").first()
        self.assertEqual(line.payload, '{"fields":["printed_as","section"]}')

    def test_the_printed_date_needs_its_precision(self):
        answer = fill_in(self.client, change(self.article), printed_date="", printed_precision="day")
        self.assertIn("Give the printed date and its precision, or neither.", str(errors_of(answer)))

    def test_a_new_printed_date_moves_the_article_in_lists(self):
        fill_in(self.client, change(self.article), printed_date="2020-03-01")
        self.assertEqual(str(self.now().sort_date), "2020-03-01")

    def test_a_public_article_needs_a_reason_and_its_new_version_is_not_live(self):
        editing.publish(self.article, by=self.noor)
        answer = fill_in(self.client, change(self.article), headline="Coalition hands over a base")
        self.assertIn("Say why", errors_of(answer)["reason"][0])
        self.assertEqual(self.now().latest_version.number, 1)
        answer = fill_in(
            self.client, change(self.article), headline="Coalition hands over a base", reason="Wrong count."
        )
        self.assertEqual(answer.status_code, 302)
        article = self.now()
        self.assertEqual((article.live_version.number, article.latest_version.number), (1, 2))
        self.assertEqual(article.headline, self.article.headline)
        self.assertIn("Readers see version 1 until the new one is made live.", " ".join(messages_of(answer)))

    def test_a_change_of_substance_is_not_called_minor(self):
        answer = fill_in(self.client, change(self.article), headline="Another", minor="on")
        self.assertIn("this change is not minor", errors_of(answer)["minor"][0])
        self.assertEqual(self.now().latest_version.number, 1)
        self.assertEqual(fill_in(self.client, change(self.article), headline="Another").status_code, 302)

    def test_a_change_of_form_is_proposed_as_minor_where_the_form_comes_back_and_is_the_editors_choice(self):
        editing.publish(self.article, by=self.noor)
        proposal = "you may call this minor.</p>"
        self.assertNotContains(self.client.get(change(self.article)), proposal)
        refused = fill_in(self.client, change(self.article), dateline="BAGHDAD")
        self.assertContains(refused, proposal)
        self.assertNotContains(fill_in(self.client, change(self.article), headline="Another"), proposal)
        for given, expected in (({}, False), ({"minor": "on"}, True)):
            with self.subTest(given=given):
                dateline = f"BAGHDAD {expected}"
                fill_in(
                    self.client, change(self.article), {"dateline": dateline, "reason": "Sent anew.", **given}
                )
                self.assertEqual(self.now().latest_version.minor, expected)

    def test_a_protected_line_gives_the_stored_block_back(self):
        attrs = {"media": "6a3fd1a2-0c37-5b0e-9d3c-2f4f0a5f7b11", "alt": "A gate", "credit": "AP"}
        figure = {"kind": "figure", "text": "The gate.", "spans": [], "attrs": attrs}
        article = make_article("With a picture", ["Before.", figure, "After."], published=False)
        source = fields_of(self.client.get(change(article)))["body"][0]
        fill_in(self.client, change(article), body=source.replace("Before.", "Before that."))
        blocks = Article.objects.get(pk=article.pk).latest_version.body["blocks"]
        self.assertEqual(blocks[1:], article.latest_version.body["blocks"][1:])
        self.assertEqual(blocks[0]["text"], "Before that.")


class TwoEditorsTests(Cast, TestCase):
    def setUp(self):
        super().setUp()
        self.article = make_article(published=False)
        self.client = signed_in(self.bilal)
        self.page = self.client.get(change(self.article))

    def now(self) -> Article:
        return Article.objects.get(pk=self.article.pk)

    def test_words_changed_by_somebody_else_are_shown_beside_the_typed_ones_and_nothing_is_saved(self):
        revise(self.article, live=False, headline="Coalition hands over a base", paragraphs=["New words."])
        answer = send(self.client, change(self.article), self.page, headline="Sixth base handed over")
        errors = errors_of(answer)
        self.assertIn("Noor Jahan saved version 2 while you were writing.", str(errors["__all__"]))
        self.assertIn("version 2 says “Coalition hands over a base”.", errors["headline"][0])
        for shown in (HEADLINE, "Coalition hands over a base", "Sixth base handed over", "New words."):
            with self.subTest(shown=shown):
                self.assertContains(answer, f"{shown}</pre>")
        self.assertContains(answer, "Both of you changed this: yours stands in the form.")
        self.assertContains(answer, "Changed by them alone: taken over into the form.")
        self.assertEqual(self.now().latest_version.number, 2)

    def test_what_each_changed_alone_is_put_together_and_saved_with_one_press(self):
        theirs = ["Their first paragraph.", *PARAGRAPHS[1:]]
        revise(self.article, live=False, paragraphs=theirs, dateline="BAGHDAD", standfirst="Theirs.")
        mine = [*PARAGRAPHS[:-1], "My last paragraph.", "And one more."]
        refused = send(
            self.client, change(self.article), self.page, headline="Mine", body="\r\n\r\n".join(mine)
        )
        self.assertEqual(list(errors_of(refused)), ["__all__"])
        self.assertEqual(send(self.client, change(self.article), refused).status_code, 302)
        version = self.now().latest_version
        together = ["Their first paragraph.", *PARAGRAPHS[1:-1], "My last paragraph.", "And one more."]
        self.assertEqual(version.body_text.split("\n\n"), together)
        self.assertEqual(
            (version.number, version.headline, version.dateline, version.standfirst),
            (3, "Mine", "BAGHDAD", "Theirs."),
        )

    def test_a_paragraph_that_both_changed_stands_as_the_later_wrote_it_and_theirs_is_shown(self):
        revise(self.article, live=False, paragraphs=["Theirs.", *PARAGRAPHS[1:]])
        mine = "\r\n\r\n".join(["Mine.", *PARAGRAPHS[1:]])
        refused = send(self.client, change(self.article), self.page, body=mine)
        self.assertIn("Both of you changed 1 passage.", errors_of(refused)["body"][0])
        self.assertContains(refused, "Theirs.</pre>")
        self.assertEqual(fields_of(refused)["body"], [mine])
        send(self.client, change(self.article), refused)
        self.assertEqual(self.now().latest_version.body_text.split("\n\n"), ["Mine.", *PARAGRAPHS[1:]])

    def test_somebody_who_is_overtaken_twice_loses_neither_version(self):
        rest = PARAGRAPHS[1:]
        revise(self.article, live=False, paragraphs=["First of theirs.", *rest])
        refused = send(self.client, change(self.article), self.page, headline="Mine")
        revise(self.article, live=False, paragraphs=["First of theirs.", *rest[:-1], "Last of theirs."])
        refused = send(self.client, change(self.article), refused)
        self.assertIn("saved version 3", str(errors_of(refused)["__all__"]))
        self.assertEqual(send(self.client, change(self.article), refused).status_code, 302)
        version = self.now().latest_version
        self.assertEqual((version.number, version.headline), (4, "Mine"))
        self.assertEqual(version.body_text.split("\n\n"), ["First of theirs.", *rest[:-1], "Last of theirs."])

    def test_a_protected_line_is_given_back_where_blocks_before_it_came_or_went(self):
        film = {
            "kind": "embed",
            "text": "A film",
            "spans": [],
            "attrs": {"url": "https://example.com/v", "title": "Film"},
        }
        article = make_article("With a film", ["Before.", film, "After."], published=False)
        page = self.client.get(change(article))
        revise(article, live=False, paragraphs=["New.", "Newer.", "Before.", film, "After."])
        source = fields_of(page)["body"][0].replace("Before.\r\n\r\n", "").replace("After.", "After that.")
        refused = send(self.client, change(article), page, body=source)
        self.assertEqual(send(self.client, change(article), refused).status_code, 302)
        blocks = Article.objects.get(pk=article.pk).latest_version.body["blocks"]
        self.assertEqual([each["text"] for each in blocks], ["New.", "Newer.", "A film", "After that."])
        self.assertEqual(blocks[2], film)

    def test_the_second_save_is_measured_against_the_newest_version(self):
        revise(self.article, live=False, headline="Coalition hands over a base")
        refused = send(self.client, change(self.article), self.page, headline="Sixth base handed over")
        answer = send(self.client, change(self.article), refused)
        self.assertEqual(answer.status_code, 302)
        version = self.now().latest_version
        self.assertEqual((version.number, version.headline), (3, "Sixth base handed over"))

    def test_details_of_somebody_whose_words_were_overtaken_meet_no_error_when_they_typed_no_words(self):
        revise(self.article, live=False, headline="Coalition hands over a base")
        answer = send(self.client, change(self.article), self.page, printed_as="Jan. 3")
        self.assertEqual(answer.status_code, 302)
        article = self.now()
        self.assertEqual((article.printed_as, article.latest_version.number), ("Jan. 3", 2))
        self.assertEqual(article.headline, "Coalition hands over a base")

    def test_different_details_of_two_people_are_both_kept_and_the_later_is_told(self):
        editing.set_details(
            self.changed(original_url="https://example.org/a"), by=self.noor, changed=["original_url"]
        )
        answer = send(self.client, change(self.article), self.page, printed_as="Jan. 3")
        article = self.now()
        self.assertEqual((article.original_url, article.printed_as), ("https://example.org/a", "Jan. 3"))
        self.assertIn("Somebody else changed Original address meanwhile.", " ".join(messages_of(answer)))

    def test_the_same_detail_changed_twice_is_asked_about_once(self):
        editing.set_details(self.changed(printed_as="3 Jan"), by=self.noor, changed=["printed_as"])
        refused = send(self.client, change(self.article), self.page, printed_as="Jan. 3")
        self.assertIn("This is “3 Jan” now.", errors_of(refused)["printed_as"][0])
        self.assertEqual(self.now().printed_as, "3 Jan")
        self.assertEqual(send(self.client, change(self.article), refused).status_code, 302)
        self.assertEqual(self.now().printed_as, "Jan. 3")

    def test_tags_of_two_people_are_added_up(self):
        self.article.tags.add("Iraq")
        answer = send(self.client, change(self.article), self.page, tags="bases")
        self.assertEqual(answer.status_code, 302)
        self.assertEqual(sorted(tag.name for tag in self.article.tags.all()), ["Iraq", "bases"])

    def test_a_form_without_its_version_number_is_refused(self):
        for base in ("", "99", "x"):
            with self.subTest(base=base):
                answer = send(self.client, change(self.article), self.page, base=base, headline="Other")
                self.assertIn("Load it again", str(errors_of(answer)))
                self.assertEqual(self.now().latest_version.number, 1)

    def changed(self, **columns) -> Article:
        article = self.now()
        for name, value in columns.items():
            setattr(article, name, value)
        return article
