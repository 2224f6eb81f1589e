"""The article page: its address, what it says of the article, and the words as they were printed."""

import gzip
import re
from datetime import date, timedelta

from django.test import RequestFactory, TestCase
from django.utils import timezone

from articles import editing
from articles.models import Article, ArticleLink, ArticleVersion, Byline, Contributor, Media
from articles.views import ArticleDetailView
from tests.claims.test_reading import CLAIM, words_of
from tests.desk import Cast
from tests.factories import make_article, make_claim, make_verdict, revise, teaser, time_at
from tests.newsroom.test_look import HTML_ALLOWANCE

URDU = "اتحادی فوج نے چھٹا اڈا خالی کر دیا"


def fresh(article: Article) -> Article:
    return Article.objects.get(pk=article.pk)


class AddressTests(Cast, TestCase):
    def test_the_number_decides_and_wrong_words_lead_to_the_right_address(self):
        article = make_article()
        full = article.get_absolute_url()
        for wrong in (f"/articles/{article.number}-other-words/", f"/articles/{article.number}/"):
            with self.subTest(wrong):
                self.assertRedirects(self.amna.get(wrong), full, status_code=301)
        self.assertEqual(self.amna.get(full).status_code, 200)

    def test_the_interface_language_is_kept_on_the_way(self):
        article = make_article()
        answer = self.amna.get(f"/ur/articles/{article.number}-other-words/")
        self.assertEqual(answer["Location"], f"/ur/articles/{article.number}-{article.slug}/")

    def test_what_is_not_public_is_not_found_whatever_its_address_says(self):
        draft = make_article("A draft", published=False)
        later = make_article("Published tomorrow", public_from=timezone.now() + timedelta(days=1))
        withdrawn_before = make_article(
            "Withdrawn before its day", public_from=timezone.now() + timedelta(days=1)
        )
        editing.withdraw(withdrawn_before, by=self.noor, reason="It was wrong.")
        for article in (draft, later, withdrawn_before):
            for address in (
                article.get_absolute_url(),
                f"/articles/{article.number}-x/",
                f"/articles/{article.number}/",
            ):
                with self.subTest(article=article.headline, address=address):
                    self.assertEqual(self.amna.get(address).status_code, 404)

    def test_a_withdrawn_article_says_when_and_why_and_the_law_has_a_number_of_its_own(self):
        for law, status in ((False, 410), (True, 451)):
            article = make_article(f"Withdrawn {status}")
            editing.withdraw(article, by=self.noor, reason="A person in it asked us to.", by_law=law)
            Article.objects.filter(pk=article.pk).update(withdrawn_at=time_at("2020-05-03 12:00"))
            for address in (article.get_absolute_url(), f"/articles/{article.number}/"):
                with self.subTest(address):
                    answer = self.amna.get(address)
                    self.assertEqual(answer.status_code, status)
                    self.assertContains(answer, "3 May 2020", status_code=status)
                    self.assertContains(answer, "A person in it asked us to.", status_code=status)
                    self.assertNotContains(answer, "Withdrawn 4", status_code=status)

    def test_the_page_sets_no_cookie_and_takes_nothing_in(self):
        article = make_article()
        answer = self.amna.get(article.get_absolute_url())
        self.assertEqual(len(answer.cookies), 0)
        self.assertNotIn("Cookie", answer.get("Vary", ""))
        self.assertEqual(self.amna.head(article.get_absolute_url()).status_code, 200)
        self.assertEqual(self.amna.post(article.get_absolute_url()).status_code, 405)

    def test_the_canonical_address_has_no_language(self):
        article = make_article()
        canonical = f'<link rel="canonical" href="http://testserver{article.get_absolute_url()}">'
        for prefix in ("", "/ur"):
            with self.subTest(prefix):
                self.assertContains(self.amna.get(prefix + article.get_absolute_url()), canonical)


class FactsTests(Cast, TestCase):
    def page(self, article, prefix=""):
        return self.amna.get(prefix + fresh(article).get_absolute_url()).content.decode()

    def test_the_ticket_gives_the_printed_date_as_precisely_as_it_is_known(self):
        table = [
            ({"printed_date": date(2020, 4, 7)}, "Printed 7 April 2020 Paper"),
            ({"printed_date": date(2020, 4, 1), "printed_precision": "month"}, "Printed April 2020 Paper"),
            ({"printed_date": date(2020, 1, 1), "printed_precision": "year"}, "Printed 2020 Paper"),
            ({"printed_date": None}, "Printed Date not known Paper"),
            ({"printed_date": None, "printed_as": "Jan. 3"}, "Date not known as printed: “Jan. 3” Paper"),
            (
                {"printed_date": date(2020, 4, 7), "printed_obtained": "extracted"},
                "7 April 2020 Taken from the text",
            ),
        ]
        for number, (details, words) in enumerate(table):
            with self.subTest(words):
                html = self.page(make_article(f"Dated {number}", **details))
                self.assertIn(words, words_of(html))

    def test_the_page_names_paper_version_change_signature_and_subjects(self):
        article = make_article(
            dateline="Baghdad, Tuesday", tags=["Iraq"], original_url="https://example.org/a"
        )
        writer = Contributor.objects.create(name="Ayesha Siddiqui")
        Byline.objects.create(article=article, contributor=writer, printed_as="A. Siddiqui")
        before = words_of(self.page(article))
        self.assertIn("Version 1", before)
        self.assertNotIn("Last changed", before)
        revise(article, headline="A new headline")
        html = self.page(article)
        for words in (
            "Paper Nawaiwaqt",
            "This is Version 2",
            "Last changed",
            "A. Siddiqui. Baghdad, Tuesday",
        ):
            self.assertIn(words, words_of(html))
        self.assertIn('<a href="/tags/iraq/" rel="tag">Iraq</a>', html)
        self.assertIn('href="https://example.org/a"', html)

    def test_paragraphs_are_numbered_and_their_numbers_are_links(self):
        html = self.page(make_article(paragraphs=["One.", "Two.", "Three."]))
        self.assertEqual(
            re.findall(r'<a class="pn" href="#p(\d)" id="p(\d)">', html), [("1", "1"), ("2", "2"), ("3", "3")]
        )

    def test_words_of_another_language_say_which_and_turn_the_sheet(self):
        article = make_article(URDU, ["اتحادی دستے چھ اڈے چھوڑ چکے ہیں۔"], language="ur")
        html = self.page(article)
        self.assertIn('<html lang="en" dir="ltr">', html)
        self.assertEqual(html.count('<div class="cell" lang="ur" dir="rtl">'), 2)
        self.assertIn("nastaliq", html[: html.index("</head>")])
        self.assertNotIn("stix", html[: html.index("</head>")])
        in_urdu = self.page(article, "/ur")
        self.assertIn('<html lang="ur" dir="rtl">', in_urdu)
        self.assertNotIn('<div class="cell" lang', in_urdu)

    def test_only_public_articles_and_addresses_elsewhere_stand_under_the_text(self):
        article, public = make_article(), make_article("The follow-up that is public")
        hidden = make_article("The follow-up that is not", published=False)
        for target in (public, hidden):
            ArticleLink.objects.create(article=article, kind="follow-up", target=target, text=target.headline)
        ArticleLink.objects.create(
            article=article, kind="copy-of", url="https://example.org/copied", text="Al-Masdar"
        )
        html = self.page(article)
        self.assertIn(public.get_absolute_url(), html)
        self.assertIn('href="https://example.org/copied"', html)
        self.assertNotIn("The follow-up that is not", html)

    def test_a_read_more_line_of_an_older_version_is_no_longer_shown(self):
        make_article("Another headline")
        article = make_article("The one that links", ["First.", teaser("Another headline")])
        self.assertIn("Another headline", self.page(article))
        revise(article, paragraphs=["First."])
        self.assertNotIn("Another headline", self.page(article))

    def test_a_long_page_with_eight_claims_keeps_to_its_share_of_the_budget(self):
        article = make_article(
            "Coalition leaves " + CLAIM, [f"{n}. " + "Plain words of a paragraph. " * 12 for n in range(30)]
        )
        for number in range(8):
            claim = make_claim(f"Claim {number}", article=article, words=f"{number}. Plain words")
            make_verdict(
                claim,
                "missing-context",
                finding="A sentence of the length that findings have, about this claim.",
            )
        html = self.page(article)
        self.assertEqual(html.count('role="note"'), 8)
        self.assertLessEqual(len(gzip.compress(html.encode(), 6)), HTML_ALLOWANCE)


class WithoutClaimsTests(Cast, TestCase):
    def test_the_archive_is_whole_without_claims(self):
        article = make_article(standfirst="A line under it.", tags=["Iraq"])
        make_verdict(make_claim(article=article, words="sixth Iraqi base"), "false")
        request = RequestFactory().get(article.get_absolute_url())
        with self.assertNumQueries(5):
            answer = ArticleDetailView.as_view()(request, number=article.number, slug=article.slug)
        html = answer.content.decode()
        for words in (
            "sixth Iraqi base",
            "A line under it.",
            "Six bases were handed over in the past few weeks.",
            "Iraq",
        ):
            self.assertIn(words, html)
        self.assertNotIn("<mark", html)
        self.assertNotIn('role="note"', html)


class HostileRowTests(Cast, TestCase):
    def test_a_damaged_version_is_harmless_on_the_page(self):
        article = make_article()
        unsafe = {"kind": "link", "start": 0, "end": 900, "href": "javascript:x"}
        blocks = [
            {"kind": "paragraph", "text": "<script>alert(1)</script>", "spans": [unsafe]},
            {"kind": "figure", "text": "Caption", "attrs": {"media": "../../etc/passwd", "alt": '"><img>'}},
            {"kind": "teaser", "text": "READ ON", "attrs": {"label": 7}},
            {"kind": "table", "text": "a\tb\nc"},
            "no block at all",
        ]
        hostile = ArticleVersion.objects.create(
            article=article,
            number=9,
            headline='Headline "><script>x</script>',
            body={"schema": 1, "blocks": blocks},
            body_text="something else",
            text_sha256="0" * 64,
            content_sha256="0" * 64,
        )
        claim = make_claim("Stands nowhere.", article=article, words="sixth Iraqi base")
        make_verdict(claim, "false")
        Article.objects.filter(pk=article.pk).update(live_version=hostile)
        answer = self.amna.get(article.get_absolute_url())
        self.assertEqual(answer.status_code, 200)
        html = answer.content.decode()
        self.assertNotIn("<script", html)
        self.assertNotIn('href="javascript:', html)
        self.assertNotIn("<img", html)
        self.assertIn("Caption", html)

    def test_an_unsafe_address_below_the_text_is_no_link(self):
        article = make_article()
        safe = {"kind": ArticleLink.Kind.FOLLOW_UP, "text": "Safe", "url": "https://example.org/first"}
        for link in (safe, {**safe, "text": "Unsafe", "url": "javascript:alert(1)"}):
            ArticleLink.objects.create(article=article, **link)
        html = self.amna.get(article.get_absolute_url()).content.decode()
        self.assertIn('href="https://example.org/first"', html)
        self.assertNotIn("javascript:", html)


class PictureTests(Cast, TestCase):
    PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 16

    def make(self, **columns):
        from django.core.files.base import ContentFile

        media = Media(sha256="0" * 64, extension="png", alt="A base at dusk", **columns)
        media.file.save("dusk.png", ContentFile(self.PNG), save=False)
        media.save()
        self.addCleanup(media.file.storage.delete, media.file.name)
        return media

    def test_a_released_picture_is_served_and_stands_in_its_article(self):
        media = self.make(released=True)
        attrs = {"media": str(media.uid), "alt": "", "credit": ""}
        figure = {"kind": "figure", "text": "The base.", "spans": [], "attrs": attrs}
        html = self.amna.get(make_article(paragraphs=["Text.", figure]).get_absolute_url()).content.decode()
        self.assertIn(f'<img src="/media/{media.uid}.png" alt="A base at dusk"', html)
        answer = self.amna.get(f"/media/{media.uid}.png")
        self.assertEqual((answer.status_code, answer["Content-Type"]), (200, "image/png"))
        self.assertEqual(answer["X-Content-Type-Options"], "nosniff")
        self.assertEqual(b"".join(answer.streaming_content), self.PNG)

    def test_a_picture_that_is_not_released_or_not_ours_to_show_is_not_found(self):
        for columns in ({"released": False}, {"released": True, "rights": "none"}):
            media = self.make(**columns)
            with self.subTest(**columns):
                self.assertEqual(self.amna.get(f"/media/{media.uid}.png").status_code, 404)
        released = self.make(released=True)
        self.assertEqual(self.amna.get(f"/media/{released.uid}.jpg").status_code, 404)
