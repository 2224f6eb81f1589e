"""An article's past: which versions readers may read, at which addresses, and what each says of itself."""

import base64
import hashlib

from django.db import connection
from django.test import RequestFactory, TestCase, override_settings
from django.test.utils import CaptureQueriesContext

from articles import editing
from articles.history_views import HistoryView, VersionView
from articles.models import Article
from tests.claims.test_reading import part, words_of
from tests.desk import Cast
from tests.factories import clock, make_article, make_words, revise, time_at


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

    PLACES = ("history/", "v/1/", "v/3/", "v/1.txt", "timemap/")

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

    def test_everybody_may_keep_it_for_a_day_and_ask_whether_it_is_the_same(self):
        answer = self.amna.get(self.url.format(1))
        self.assertEqual(answer["Content-Type"], "text/plain; charset=utf-8")
        self.assertEqual(answer["X-Content-Type-Options"], "nosniff")
        self.assertEqual(answer["X-Robots-Tag"], "noindex")
        self.assertEqual(answer["Content-Language"], "en")
        self.assertEqual(answer["Cache-Control"], "public, max-age=86400")
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


class VersionTests(Cast, TestCase):
    """An earlier version is the article's page with a band above the sheet."""

    def setUp(self):
        super().setUp()
        self.article = article_with_a_past()
        self.url = self.article.get_absolute_url()

    def page(self, place: str) -> str:
        return self.amna.get(self.url + place).content.decode()

    def test_it_says_which_version_it_is_when_it_was_public_and_what_readers_see_now(self):
        band = part(self.page("v/1/"), 'class="notice edition"')
        for words in (
            "Version 1 of this article. Readers see version 3 now.",
            "Public from 7 April 2020, 09:00 to 8 April 2020, 09:00.",
            "Compare with version 3",
        ):
            self.assertIn(words, words_of(band))
        self.assertIn(f'href="{self.url}"', band)
        self.assertIn(f'href="{self.url}history/?old=1&amp;new=3#compared"', band)
        now = words_of(part(self.page("v/3/"), 'class="notice edition"'))
        self.assertIn(
            "Version 3 of this article, which readers see now. Public since 8 April 2020, 09:00.", now
        )
        self.assertNotIn("Compare", now)

    def test_it_prints_its_own_words_and_no_others(self):
        html = self.page("v/1/")
        self.assertIn("in a week", html)
        for words in ("three weeks", "nobody read", "that wait"):
            self.assertNotIn(words, html)
        self.assertIn("<title>Version 1: ", html)

    def test_search_engines_are_sent_to_what_readers_see_now(self):
        for prefix in ("", "/ur"):
            html = self.amna.get(f"{prefix}{self.url}v/1/").content.decode()
            self.assertIn('<meta name="robots" content="noindex">', html)
            self.assertIn(f'<link rel="canonical" href="http://testserver{self.url}">', html)

    def test_text_that_is_not_ours_to_show_is_not_shown_in_earlier_versions_either(self):
        for rights in ("quotes", "none"):
            Article.objects.filter(pk=self.article.pk).update(rights=rights)
            with self.subTest(rights):
                html = self.page("v/1/")
                self.assertNotIn("in a week", html)
                self.assertNotIn(".txt", html)
                self.assertIn("The text belongs to the paper", html)


class HistoryPageTests(Cast, TestCase):
    """Every public version with when, why and its hash; two forms; two versions side by side."""

    def setUp(self):
        super().setUp()
        self.article = article_with_a_past()
        self.url = f"{self.article.get_absolute_url()}history/"

    def page(self, query: str = "", status: int = 200) -> str:
        answer = self.amna.get(self.url + query)
        self.assertEqual(answer.status_code, status)
        return answer.content.decode()

    def rows(self, html: str) -> list[str]:
        return [words_of(row) for row in html.split("<tbody>")[1].split("</tbody>")[0].split("<tr>")[1:]]

    def test_each_public_version_says_when_why_and_its_hash_and_leads_to_its_words(self):
        html = self.page()
        newest, oldest = self.rows(html)
        self.assertIn("3 since 8 April 2020, 09:00 The agency sent it anew. SHA-256", newest)
        self.assertIn("1 from 7 April 2020, 09:00 to 8 April 2020, 09:00 First published SHA-256", oldest)
        for number in (1, 3):
            version = self.article.versions.get(number=number)
            self.assertIn(version.text_sha256, html)
            self.assertIn(f'href="{version.get_absolute_url()}"', html)
            self.assertIn(f'href="{version.get_absolute_url().removesuffix("/")}.txt"', html)
        self.assertIn(f'href="{self.url}?old=1&amp;new=3#compared"', html)
        for words in ("nobody read", "that wait", "that waits"):
            self.assertNotIn(words, html)

    def test_a_minor_change_says_so(self):
        old = self.article.latest_version
        words = make_words(old.headline, ["Words that wait."], dateline="Baghdad")
        new = editing.save_version(
            self.article, words, by=self.noor, base=old.number, reason="Dateline.", minor=True
        )
        editing.go_live(new, by=self.noor)
        self.assertIn(
            "Dateline. Minor: white space, quotes, dashes or dateline only.", self.rows(self.page())[0]
        )

    def test_why_words_were_changed_before_anybody_read_them_is_not_told(self):
        with clock("2020-04-07 09:00"):
            article = make_article("Revised before it was read", published=False)
            revise(article, live=False, paragraphs=["Other words."])
            editing.publish(article, by=self.noor)
        html = self.amna.get(f"{article.get_absolute_url()}history/").content.decode()
        self.assertIn("First published", html)
        self.assertNotIn("The agency sent it anew", html)
        self.assertNotIn("<select", html)

    def test_names_are_told_only_where_the_paper_chose_it(self):
        self.assertNotIn(str(self.noor), self.page())
        with override_settings(NAMES_IN_HISTORY=True):
            self.assertIn(str(self.noor), self.rows(self.page())[0])

    def test_the_last_two_are_compared_unless_the_address_asks_for_others(self):
        revise(self.article, paragraphs=["Six bases were left in four weeks."], headline="A new headline")
        for query, title, words in (
            ("", "Version 3 and version 5", "four"),
            ("?old=1&new=3", "Version 1 and version 3", "three"),
            ("?old=3&new=1", "Version 1 and version 3", "three"),
            ("?old=1", "Version 1 and version 5", "four"),
            ("?new=3", "Version 1 and version 3", "three"),
            ("?old=&new=&since=", "Version 3 and version 5", "four"),
        ):
            with self.subTest(query):
                html = self.page(query)
                self.assertIn(f'<h2 id="compared-title">{title}</h2>', html)
                self.assertRegex(html, f"<ins>.*{words}.*</ins>")
                self.assertEqual("noindex" in html, bool(query))

    def test_what_changed_since_a_day_or_a_version(self):
        for since, title, shown in (
            ("1", "What changed since version 1", "in version 1"),
            ("2020-04-08", "What changed since 8 April 2020", "in version 1"),
            ("2020-04-01", "What changed since 1 April 2020", "in version 1"),
            ("2020-04-09", "What changed since 9 April 2020", "Nothing: readers saw version 3 then"),
            ("3", "What changed since version 3", "Nothing: readers saw version 3 then"),
        ):
            with self.subTest(since):
                html = self.page(f"?since={since}")
                self.assertIn(title, html)
                self.assertEqual("Nothing: readers saw version 3" in html, shown.startswith("Nothing"))
                self.assertEqual("<del>" in html, not shown.startswith("Nothing"))

    def test_what_it_does_not_understand_it_answers_with_a_hint_and_compares_nothing(self):
        for query, hint in (
            ("?old=2&new=3", "Choose one of the versions 1, 3."),
            ("?old=4", "Choose one of the versions 1, 3."),
            ("?since=2", "Choose one of the versions 1, 3."),
            ("?since=01", "Choose one of the versions 1, 3."),
            ("?old=1&new=1", "Choose two that differ."),
            ("?since=yesterday", "Write a day, such as 2020-04-07"),
            ("?since=20200407", "Choose one of the versions 1, 3."),
            ("?since=0001-01-01", "Write a day, such as 2020-04-07"),
            ("?since=2020-W15-1", "Write a day, such as 2020-04-07"),
            ("?since=2999-01-01", "That day has not come yet."),
            ("?since=1&old=1", "not for both"),
            ("?old=1&old=3", "Write it once."),
            ("?colour=red", "It knows: since, old, new."),
            ("?old=%00&new=%C3%28", "Choose one of the versions 1, 3."),
            ("?after=x", "It knows: since, old, new."),
        ):
            with self.subTest(query):
                html = self.page(query, 400)
                self.assertIn(hint, html)
                self.assertNotIn('id="compared"', html)
                self.assertIn("<tbody>", html)

    def test_only_the_headline_is_compared_where_the_text_is_not_ours_to_show(self):
        revise(self.article, headline="Coalition leaves seventh base", standfirst="Secret line.")
        for rights in ("quotes", "none"):
            Article.objects.filter(pk=self.article.pk).update(rights=rights)
            with self.subTest(rights):
                html = self.page("?old=1")
                self.assertIn("seventh", html)
                self.assertIn("The text belongs to the paper.", html)
                for words in ("bases", "weeks", "Secret", ".txt", "Words that wait"):
                    self.assertNotIn(words, html)

    def test_an_article_whose_publications_were_never_kept_has_no_past(self):
        article = make_article("Loaded by hand")
        Article.objects.filter(pk=article.pk).update(public_from=time_at("2019-01-01"))
        with clock("2019-06-01 09:00"):
            self.assertEqual(self.amna.get(article.get_absolute_url()).status_code, 200)
            for place in AddressTests.PLACES:
                with self.subTest(place):
                    self.assertEqual(self.amna.get(article.get_absolute_url() + place).status_code, 404)

    def test_changed_words_are_told_in_words_too_and_what_is_the_same_is_folded(self):
        revise(
            self.article,
            headline=self.article.headline,
            paragraphs=["One.", "Two.", "Three.", "Six bases were left.", "Four."],
        )
        revise(self.article, paragraphs=["One.", "Two.", "Three.", "Seven bases were left.", "Four."])
        html = self.page()
        self.assertIn("The same in both: headline, paragraphs 1 to 3", html)
        self.assertIn("The same in both: paragraph 5", html)
        self.assertIn("1 passage differs.", html)
        compared = words_of(part(html, 'class="sheets"') + html.split('class="sheets"')[1])
        self.assertIn("Version 5, paragraph 4 only here, older: Six (end) bases were left.", compared)
        self.assertIn("Version 6, paragraph 4 only here, newer: Seven (end) bases were left.", compared)


class QueryTests(Cast, TestCase):
    """What a page of the past costs does not grow with the past."""

    def test_one_version_or_twenty(self):
        counts = []
        for past in (1, 19):
            article = make_article(f"With a past of {past}")
            for number in range(past):
                revise(article, paragraphs=[f"Version {number}."])
            urls = [
                article.get_absolute_url() + place
                for place in ("history/", "history/?old=1", "v/1/", "v/1.txt", "timemap/")
            ]
            counts.append([self.queries(url) for url in urls])
        self.assertEqual(counts[0], counts[1])
        self.assertEqual(counts[0][3], 3)

    def queries(self, url: str) -> int:
        with CaptureQueriesContext(connection) as counted:
            self.assertEqual(self.amna.get(url).status_code, 200)
        return len(counted)


class WithoutClaimsTests(Cast, TestCase):
    def test_the_past_is_whole_without_claims(self):
        article = article_with_a_past()
        address = {"number": article.number, "slug": article.slug}
        for view, more, queries, words in (
            (HistoryView, {}, 3, "three weeks"),
            (VersionView, {"version": 1}, 7, "in a week"),
        ):
            with self.subTest(view.__name__):
                request = RequestFactory().get("/")
                with self.assertNumQueries(queries):
                    html = view.as_view()(request, **address, **more).content.decode()
                self.assertIn(words, html)
                self.assertNotIn("<mark", html)


class PastOnTheArticleTests(Cast, TestCase):
    """What the article's own page says of its past, and how it is cited."""

    def page(self, article: Article, place: str = "") -> str:
        return self.amna.get(article.get_absolute_url() + place).content.decode()

    def test_when_it_was_published_and_why_it_was_changed_stands_above_the_text(self):
        html = self.page(article_with_a_past())
        past = part(html, 'class="past"')
        self.assertIn(
            "First published here on 7 April 2020. Changed on 8 April 2020. The reason: The agency sent it anew.",
            words_of(past),
        )
        self.assertIn("/history/", past)
        self.assertLess(html.index(past), html.index('<article class="galley">'))

    def test_nothing_is_said_where_readers_saw_no_change_of_substance(self):
        with clock("2020-04-07 09:00"):
            never, minor = make_article("Never changed"), make_article("A comma moved", public_from=None)
            waiting = make_article("Changed in time", public_from=time_at("2020-04-09 09:00"))
        with clock("2020-04-08 09:00"):
            revise(waiting, paragraphs=["Changed before anybody read it."])
            words = make_words("A comma moved", dateline="Baghdad")
            editing.go_live(
                editing.save_version(minor, words, by=self.noor, base=1, reason="Dateline.", minor=True),
                by=self.noor,
            )
        for article in (never, minor, waiting):
            with self.subTest(article.headline):
                html = self.page(article)
                self.assertNotIn('class="past"', html)
                self.assertIn(f'href="{article.get_absolute_url()}history/">Version', html)

    def test_an_earlier_version_speaks_of_itself_alone(self):
        self.assertNotIn('class="past"', self.page(article_with_a_past(), "v/1/"))

    def test_a_citation_names_version_day_address_and_hash_as_one_block_of_text(self):
        article = article_with_a_past()
        with clock("2020-04-20 09:00"):
            for place, number in (("", 3), ("v/1/", 1), ("v/3/", 3)):
                with self.subTest(place):
                    cited = words_of(part(self.page(article, place), 'class="citation"'))
                    version = article.versions.get(number=number)
                    self.assertIn(f"Nawaiwaqt : {article.headline} , 7 April 2020.", cited)
                    self.assertIn(f"Version {number}, Newsroom, read on 20 April 2020.", cited)
                    self.assertIn(f"http://testserver{version.get_absolute_url()}", cited)
                    self.assertIn(f"SHA-256 of the text: {version.text_sha256}", cited)
            in_urdu = self.amna.get(f"/ur{article.get_absolute_url()}").content.decode()
            self.assertIn(f"http://testserver{article.live_version.get_absolute_url()}", in_urdu)


class MementoTests(Cast, TestCase):
    """The past for machines, by RFC 7089."""

    def setUp(self):
        super().setUp()
        self.article = article_with_a_past()
        self.url = self.article.get_absolute_url()
        self.whole = f"http://testserver{self.url}"

    def gate(self, written: str | None, prefix: str = ""):
        headers = {} if written is None else {"Accept-Datetime": written}
        return self.amna.get(f"{prefix}{self.url}timegate/", headers=headers)

    def test_the_gate_leads_to_what_readers_saw_at_that_time(self):
        for written, number in (
            (None, 3),
            ("Mon, 06 Apr 2020 00:00:00 GMT", 1),
            ("Tue, 07 Apr 2020 09:00:00 GMT", 1),
            ("Wed, 08 Apr 2020 08:59:59 GMT", 1),
            ("Wed, 08 Apr 2020 09:00:00 GMT", 3),
            ("Sat, 01 Jan 2050 00:00:00 GMT", 3),
        ):
            for prefix in ("", "/ur"):
                with self.subTest(written=written, prefix=prefix):
                    answer = self.gate(written, prefix)
                    self.assertEqual(answer.status_code, 302)
                    self.assertEqual(answer["Location"], f"{self.whole}v/{number}/")
                    self.assertIn("Accept-Datetime", answer["Vary"])
                    self.assertIn(f'<{self.whole}>; rel="original"', answer["Link"])
                    self.assertIn(f'<{self.whole}timemap/>; rel="timemap"', answer["Link"])

    def test_what_is_no_time_is_refused_with_an_example(self):
        for written in (
            "yesterday",
            "",
            "2020-04-07",
            "Wed, 07 Apr 2020 09:00:00 GMT",
            "Tue, 07 Apr 2020 09:00:00 +0500",
            "Tuesday, 07-Apr-20 09:00:00 GMT",
            "Tue, 99 Apr 2020 09:00:00 GMT",
            "Tue, 07 Apr 0000 09:00:00 GMT",
        ):
            with self.subTest(written):
                answer = self.gate(written)
                self.assertContains(answer, "Thu, 01 Jan 1970 00:00:00 GMT", status_code=400)
                self.assertIn("Accept-Datetime", answer["Vary"])

    def test_a_version_says_when_it_was_public_and_what_was_before_and_after(self):
        answer = self.amna.get(f"{self.url}v/1/")
        self.assertEqual(answer["Memento-Datetime"], "Tue, 07 Apr 2020 09:00:00 GMT")
        for link in (
            f'<{self.whole}>; rel="original"',
            f'<{self.whole}timegate/>; rel="timegate"',
            f'<{self.whole}timemap/>; rel="timemap"; type="application/link-format"',
            f'<{self.whole}v/1/>; rel="first memento"; datetime="Tue, 07 Apr 2020 09:00:00 GMT"',
            f'<{self.whole}v/3/>; rel="last next memento"; datetime="Wed, 08 Apr 2020 09:00:00 GMT"',
        ):
            self.assertIn(link, answer["Link"])
        self.assertNotIn("v/2/", answer["Link"])
        self.assertIn(
            f'<{self.whole}v/1/>; rel="first prev memento"', self.amna.get(f"{self.url}v/3/")["Link"]
        )
        one = make_article("Never changed")
        self.assertIn('rel="first last memento"', self.amna.get(f"{one.get_absolute_url()}v/1/")["Link"])

    def test_the_article_leads_to_its_past_and_varies_with_nothing(self):
        answer = self.amna.get(f"/ur{self.url}")
        self.assertIn(f'<{self.whole}timegate/>; rel="timegate"', answer["Link"])
        self.assertNotIn("Accept-Datetime", answer.get("Vary", ""))
        self.assertNotIn("Memento-Datetime", answer)

    def test_the_map_lists_every_public_version_and_no_other(self):
        answer = self.amna.get(f"{self.url}timemap/")
        self.assertEqual(answer["Content-Type"], "application/link-format")
        self.assertEqual(
            answer.content.decode(),
            f'<{self.whole}>; rel="original",\n'
            f'<{self.whole}timegate/>; rel="timegate",\n'
            f'<{self.whole}timemap/>; rel="self"; type="application/link-format"; '
            'from="Tue, 07 Apr 2020 09:00:00 GMT"; until="Wed, 08 Apr 2020 09:00:00 GMT",\n'
            f'<{self.whole}v/1/>; rel="first memento"; datetime="Tue, 07 Apr 2020 09:00:00 GMT",\n'
            f'<{self.whole}v/3/>; rel="last memento"; datetime="Wed, 08 Apr 2020 09:00:00 GMT"\n',
        )
