"""An article's past: which versions readers may read, at which addresses, and what each says of itself."""

import base64
import hashlib

from django.test import TestCase

from articles import editing
from articles.models import Article
from tests.desk import Cast
from tests.factories import clock, make_article, revise


def article_with_a_past(**details) -> Article:
    """Version 1 public from 7 April, 2 never, 3 from 8 April, 4 waiting at the desk."""
    with clock("2020-04-07 09:00"):
        article = make_article(paragraphs=["Six bases were left in a week."], public_from=None, **details)
    with clock("2020-04-07 12:00"):
        revise(article, live=False, paragraphs=["Words nobody read."])
    with clock("2020-04-08 09:00"):
        revise(article, paragraphs=["Six bases were left in three weeks."])
    with clock("2020-04-09 09:00"):
        revise(article, live=False, headline="A headline that waits", paragraphs=["Words that wait."])
    return article


class AddressTests(Cast, TestCase):
    """The same rules hold at each address of an article's past."""

    PLACES = ("history/", "v/1/", "v/3/", "v/1.txt")

    def test_only_what_was_public_is_found_and_in_one_spelling(self):
        base = article_with_a_past().get_absolute_url()
        for place in self.PLACES:
            with self.subTest(place):
                self.assertEqual(self.amna.get(base + place).status_code, 200)
                self.assertEqual(self.amna.post(base + place).status_code, 405)
        for place in (
            "v/2/",
            "v/4/",
            "v/5/",
            "v/0/",
            "v/01/",
            "v/999999/",
            "v/9999999/",
            "v/2.txt",
            "v/4.txt",
        ):
            with self.subTest(place):
                answer = self.amna.get(base + place)
                self.assertEqual(answer.status_code, 404)
                self.assertNotContains(answer, "wait", status_code=404)

    def test_wrong_words_in_the_address_lead_to_the_right_ones(self):
        article = article_with_a_past()
        for place in self.PLACES:
            with self.subTest(place):
                answer = self.amna.get(f"/ur/articles/{article.number}-other/{place}?a=1")
                self.assertEqual(answer.status_code, 301)
                self.assertEqual(answer["Location"], f"/ur{article.get_absolute_url()}{place}?a=1")

    def test_a_withdrawn_article_has_no_past_but_says_so_and_a_draft_has_none(self):
        article, draft = article_with_a_past(), make_article("A draft", published=False)
        for by_law, status in ((False, 410), (True, 451)):
            with clock("2020-04-10 09:00"):
                editing.withdraw(article, by=self.noor, reason="A person in it asked us to.", by_law=by_law)
            for place in self.PLACES:
                with self.subTest(place, status=status):
                    answer = self.amna.get(article.get_absolute_url() + place)
                    self.assertContains(answer, "A person in it asked us to.", status_code=status)
                    self.assertNotContains(answer, "three weeks", status_code=status)
                    self.assertEqual(self.amna.get(draft.get_absolute_url() + place).status_code, 404)
            with clock("2020-04-10 10:00"):
                editing.publish(article, by=self.noor)


class TextTests(Cast, TestCase):
    """The text that everybody may check against the hash."""

    def setUp(self):
        super().setUp()
        self.article = article_with_a_past(standfirst="A line under it.")
        self.url = self.article.get_absolute_url() + "v/{}.txt"

    def test_it_is_the_canonical_text_with_the_digest_that_is_kept_of_it(self):
        for number in (1, 3):
            version = self.article.versions.get(number=number)
            answer = self.amna.get(self.url.format(number))
            with self.subTest(number):
                self.assertEqual(
                    answer.content.decode(),
                    "\n\n".join([version.headline, version.standfirst, version.body_text]),
                )
                digest = base64.b64decode(answer["Repr-Digest"].removeprefix("sha-256=:").removesuffix(":"))
                self.assertEqual(digest.hex(), version.text_sha256)
                self.assertEqual(hashlib.sha256(answer.content).hexdigest(), version.text_sha256)

    def test_everybody_may_keep_it_for_ever_and_ask_whether_it_is_the_same(self):
        answer = self.amna.get(self.url.format(1))
        self.assertEqual(answer["Content-Type"], "text/plain; charset=utf-8")
        self.assertEqual(answer["X-Content-Type-Options"], "nosniff")
        self.assertEqual(answer["X-Robots-Tag"], "noindex")
        self.assertEqual(answer["Content-Language"], "en")
        self.assertEqual(answer["Cache-Control"], "public, max-age=31536000, immutable")
        again = self.amna.get(self.url.format(1), headers={"If-None-Match": answer["ETag"]})
        self.assertEqual((again.status_code, again.content), (304, b""))
        other = self.amna.get(self.url.format(3), headers={"If-None-Match": answer["ETag"]})
        self.assertEqual(other.status_code, 200)

    def test_what_is_not_ours_to_show_is_not_handed_out_as_text(self):
        for rights in ("quotes", "none"):
            Article.objects.filter(pk=self.article.pk).update(rights=rights)
            with self.subTest(rights):
                answer = self.amna.get(self.url.format(1))
                self.assertEqual(answer.status_code, 404)
                self.assertNotIn("Repr-Digest", answer)

    def test_words_of_another_language_name_it_and_a_tag_that_is_none_does_no_harm(self):
        for language, said in (("ur", "ur"), ("x\r\ny: z", "und")):
            Article.objects.filter(pk=self.article.pk).update(language=language)
            with self.subTest(language):
                self.assertEqual(self.amna.get(self.url.format(1))["Content-Language"], said)
