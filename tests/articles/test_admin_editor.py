"""What the article's editor asks the desk: words drawn, pastes cleaned, pictures kept, tags offered."""

import json
import tempfile

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase, override_settings
from django.urls import reverse

from articles.markdown import to_markdown
from articles.models import Article, Byline, Contributor, Media, Tag
from newsroom.core.models import LedgerEntry
from tests.articles.test_admin_pages import PIXEL
from tests.desk import Cast, signed_in
from tests.factories import make_article, make_outlet, make_section, revise
from tests.forms import errors_of, fill_in, send

UID = "6a3fd1a2-0c37-5b0e-9d3c-2f4f0a5f7b11"
ASKS = ("draw", "paste", "picture", "tags")


def change(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def address(name: str, article: Article | None = None) -> str:
    asked = reverse(f"admin:articles_article_{name}")
    return f"{asked}?article={article.pk}" if article else asked


def ask(client, name: str, given: dict, article: Article | None = None):
    return client.post(address(name, article), given, headers={"accept": "application/json"})


def make_picture(alt: str = "A gate", **columns) -> Media:
    return Media.objects.create(sha256="0" * 64, alt=alt, file="x.gif", extension="gif", **columns)


class RightsTests(Cast, TestCase):
    def test_who_may_not_write_articles_is_answered_403_and_nothing_is_written(self):
        article = make_article()
        before = (Media.objects.count(), LedgerEntry.objects.count())
        for person in (self.sana, self.yusra):
            for name in ASKS:
                for about in (article, None):
                    with self.subTest(person=person, name=name, article=about):
                        given = {
                            "file": SimpleUploadedFile("a.gif", PIXEL),
                            "alt": "A gate",
                            "rights": "full",
                        }
                        answer = (
                            signed_in(person).get(address(name, about))
                            if name == "tags"
                            else ask(signed_in(person), name, given, about)
                        )
                        self.assertEqual(answer.status_code, 403)
        self.assertEqual((Media.objects.count(), LedgerEntry.objects.count()), before)

    def test_who_is_not_signed_in_is_asked_to_sign_in(self):
        for name in ASKS:
            with self.subTest(name=name):
                self.assertIn("/admin/login/", self.amna.post(address(name)).headers["Location"])

    def test_only_posts_draw_and_paste(self):
        for name in ("draw", "paste"):
            with self.subTest(name=name):
                self.assertEqual(signed_in(self.bilal).get(address(name)).status_code, 405)

    def test_an_article_that_is_not_there_is_404(self):
        for key in ("999999", "x", "99999999999999999999999", "\x00"):
            with self.subTest(key=key):
                answer = signed_in(self.bilal).post(address("draw"), query_params={"article": key})
                self.assertEqual(answer.status_code, 404)

    def test_who_only_reads_gets_no_editor(self):
        page = signed_in(self.yusra).get(change(make_article())).content.decode()
        self.assertNotIn('id="editor"', page)
        self.assertNotIn("editor_draft.js", page)


class DrawingTests(Cast, TestCase):
    def setUp(self):
        super().setUp()
        self.client = signed_in(self.bilal)
        self.article = make_article(published=False)

    def draw(self, body: str, article: Article | None = None, **given) -> dict:
        return ask(self.client, "draw", {"body": body, **given}, article).json()

    def test_the_words_are_drawn_as_on_the_readers_sheet_with_numbers(self):
        drawn = self.draw(
            "First *words*.\r\n\r\n## Subhead\r\n\r\n<b>Second</b>.", headline="Convoy", dateline="BAGHDAD"
        )
        for html in (
            "<p>First <em>words</em>.</p>",
            "<h2>Subhead</h2>",
            "&lt;b&gt;Second&lt;/b&gt;",
            ">1</span>",
        ):
            with self.subTest(html=html):
                self.assertIn(html, drawn["html"])
        self.assertIn("BAGHDAD", drawn["html"])
        self.assertEqual((drawn["problems"], drawn["words"]), ([], 4))

    def test_what_cannot_be_stored_is_told_with_its_line_and_its_field(self):
        table = [
            ({"body": "Fine.\n\nBad \u202e here."}, "body", 3),
            ({"body": "Fine.\n\n{{block 9: gone}}"}, "body", 3),
            ({"body": "a", "headline": "x" * 301}, "headline", None),
            ({"body": "a", "standfirst": "x" * 1001}, "standfirst", None),
            ({"body": "a", "dateline": "a\x07"}, "dateline", None),
            ({"body": f"a\n\nb\n\n![A gate](media:{UID})"}, "body", 5),
        ]
        for given, field, line in table:
            with self.subTest(field=field, line=line):
                problem = self.draw(**given)["problems"][0]
                self.assertEqual((problem["field"], problem["line"]), (field, line))

    def test_the_drawing_says_whether_the_change_is_minor(self):
        version = self.article.latest_version
        same = {"headline": version.headline, "body": to_markdown(version.body)}
        table = [
            ({}, None),
            ({"dateline": "BAGHDAD"}, True),
            ({"headline": version.headline + "!"}, False),
            ({"body": same["body"] + "\n\nMore."}, False),
        ]
        for given, minor in table:
            with self.subTest(given=given):
                self.assertEqual(self.draw(article=self.article, **{**same, **given})["minor"], minor)
        self.assertIsNone(self.draw("Words.", headline="New")["minor"])
        page = self.client.post(address("draw", self.article), {**same, "dateline": "BAGHDAD"})
        self.assertContains(page, "you may call this minor")

    def test_a_protected_line_is_drawn_from_the_version_the_words_were_made_from(self):
        film = {
            "kind": "embed",
            "text": "A film",
            "spans": [],
            "attrs": {"url": "https://example.com/v", "title": "Film"},
        }
        article = make_article("With a film", ["Before.", film], published=False)
        source = to_markdown(article.latest_version.body)
        revise(article, live=False, paragraphs=["Nothing left."])
        self.assertIn("https://example.com/v", self.draw(source, article, base="1")["html"])
        self.assertEqual(self.draw(source, article, base="2")["problems"][0]["line"], 3)
        for base in ("", "0", "x", "-1", "9" * 40, "²"):
            with self.subTest(base=base):
                self.assertTrue(self.draw(source, article, base=base)["problems"])

    def test_the_language_of_the_form_says_which_way_the_words_run(self):
        table = [
            ("ur", 'dir="rtl"'),
            ("en", 'dir="ltr"'),
            ('"><script>', 'lang="en"'),
            ("x" * 99, 'lang="en"'),
        ]
        for language, html in table:
            with self.subTest(language=language):
                self.assertIn(html, self.draw("Words.", language=language)["html"])

    def test_pictures_are_drawn_for_the_desk_and_those_readers_do_not_see_are_told(self):
        media = make_picture()
        drawn = self.draw(f"![A gate](media:{media.uid})\nThe gate.")
        self.assertIn(reverse("admin:articles_media_file", args=[media.pk]), drawn["html"])
        self.assertIn("not released", drawn["notices"][0]["message"])
        media.released = True
        media.save()
        self.assertEqual(self.draw(f"![A gate](media:{media.uid})")["notices"], [])

    def test_without_a_script_the_same_words_come_as_a_page_and_nothing_is_saved(self):
        answer = self.client.post(
            address("draw", self.article), {"headline": "Convoy", "body": "*Words* of mine."}
        )
        self.assertContains(answer, "<em>Words</em> of mine.")
        self.assertContains(answer, "Nothing is saved by looking.")
        answer = self.client.post(address("draw", self.article), {"body": "Bad \u202e here."})
        self.assertContains(answer, "Line 1")
        self.assertEqual(Article.objects.get(pk=self.article.pk).latest_version.number, 1)

    def test_an_unpublished_article_of_others_is_not_written_into_the_ledger_by_looking(self):
        before = LedgerEntry.objects.count()
        self.draw("Words.", self.article)
        self.assertEqual(LedgerEntry.objects.count(), before)


class PastingTests(Cast, TestCase):
    def test_a_clipboard_comes_back_as_markdown_with_what_was_left_out(self):
        answer = ask(signed_in(self.bilal), "paste", {"html": "<p>Six <b>bases</b></p><img src=x>"})
        self.assertEqual(
            answer.json(), {"markdown": "Six **bases**", "dropped": ["1 picture"], "inline": True}
        )

    def test_a_clipboard_that_is_too_big_is_refused_in_words(self):
        answer = ask(signed_in(self.bilal), "paste", {"html": "x" * 2_000_001})
        self.assertEqual(answer.status_code, 400)
        self.assertIn("paste it as plain text", answer.json()["refused"])


class PictureTests(Cast, TestCase):
    def setUp(self):
        super().setUp()
        self.client = signed_in(self.bilal)
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        kept = override_settings(MEDIA_ROOT=folder.name)
        kept.enable()
        self.addCleanup(kept.disable)

    def upload(self, data: bytes = PIXEL, **given):
        file = SimpleUploadedFile("gate.gif", data)
        return ask(self.client, "picture", {"file": file, "alt": "A gate", "rights": "full", **given})

    def test_an_upload_becomes_a_picture_of_the_archive_and_a_line_of_the_text(self):
        answer = self.upload(credit='AP "Noor"')
        media = Media.objects.get()
        line = rf'![A gate](media:{media.uid} "AP \"Noor\"")'
        self.assertEqual(answer.json(), {"markdown": line, "released": False})
        self.assertEqual((media.alt, media.extension, media.released), ("A gate", "gif", False))
        entry = LedgerEntry.objects.about(media).get()
        self.assertEqual((entry.verb, entry.actor), ("media.add", "bilal"))
        article = make_article(published=False)
        fill_in(self.client, change(article), body=f"Before.\n\n{line}\nThe *gate*.")
        figure = Article.objects.get(pk=article.pk).latest_version.body["blocks"][1]
        self.assertEqual((figure["kind"], figure["text"]), ("figure", "The gate."))
        self.assertEqual(figure["attrs"], {"media": str(media.uid), "alt": "A gate", "credit": 'AP "Noor"'})
        before = LedgerEntry.objects.count()
        fill_in(self.client, change(article))
        self.assertEqual(LedgerEntry.objects.count(), before)

    def test_what_is_wrong_with_an_upload_is_told_at_its_field_and_nothing_is_kept(self):
        table = [
            ("alt", {"alt": ""}),
            ("alt", {"alt": "  "}),
            ("alt", {"alt": "\u200b\u2060"}),
            ("alt", {"alt": "A \x07 gate"}),
            ("alt", {"alt": "x" * 501}),
            ("credit", {"credit": "x" * 201}),
            ("rights", {"rights": "forged"}),
            ("file", {"data": b"<svg onload=alert(1)>"}),
            ("file", {"data": b"MZ\x90"}),
            ("file", {"data": b"GIF89a" + b"x" * (10 * 1024 * 1024)}),
        ]
        for field, given in table:
            with self.subTest(field=field, given=str(given)[:40]):
                answer = self.upload(**given)
                self.assertEqual(answer.status_code, 400)
                self.assertIn(field, answer.json()["errors"])
        answer = ask(self.client, "picture", {"alt": "A gate", "rights": "full"})
        self.assertIn("file", answer.json()["errors"])
        self.assertFalse(Media.objects.exists())

    def test_the_newest_pictures_are_offered_and_found_by_what_they_show(self):
        for number in range(14):
            make_picture(f"Picture {number}", released=number == 13)
        offered = self.client.get(address("picture"), {"q": ""}).json()["pictures"]
        self.assertEqual([each["alt"] for each in offered][:2], ["Picture 13", "Picture 12"])
        self.assertEqual((len(offered), offered[0]["released"], offered[1]["released"]), (12, True, False))
        found = self.client.get(address("picture"), {"q": "Picture 4"}).json()["pictures"]
        self.assertEqual([each["alt"] for each in found], ["Picture 4"])
        self.assertIn("<dialog", self.client.get(address("picture")).json()["dialog"])

    def test_the_desk_sees_a_picture_that_is_not_released_and_nobody_else_does(self):
        self.upload()
        media = Media.objects.get()
        file = reverse("admin:articles_media_file", args=[media.pk])
        answer = self.client.get(file)
        self.assertEqual(
            (answer.headers["Content-Type"], b"".join(answer.streaming_content)), ("image/gif", PIXEL)
        )
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
        self.assertIn("/admin/login/", self.amna.get(file).headers["Location"])
        self.assertEqual(self.client.get("/admin/articles/media/99/file/").status_code, 404)

    def test_a_picture_that_was_never_uploaded_is_refused_at_the_text(self):
        article = make_article(published=False)
        source = f"Before.\n\n![A gate](media:{UID})"
        answer = fill_in(self.client, change(article), body=source)
        self.assertEqual(answer.status_code, 200)
        self.assertIn("Line 3: no picture was uploaded under this name.", errors_of(answer)["body"][0])
        self.assertContains(answer, source)
        self.assertEqual(Article.objects.get(pk=article.pk).latest_version.number, 1)

    def test_a_picture_that_stands_in_the_text_already_may_be_one_that_is_not_here(self):
        attrs = {"media": UID, "alt": "", "credit": ""}
        figure = {"kind": "figure", "text": "The gate.", "spans": [], "attrs": attrs}
        article = make_article("With a picture", ["Before.", figure], published=False)
        page = self.client.get(change(article))
        self.assertContains(page, "Line 3: nobody described this picture.")
        source = to_markdown(article.latest_version.body)
        self.assertEqual(fill_in(self.client, change(article), body=source + "\n\nAfter.").status_code, 302)
        answer = fill_in(
            self.client, change(article), body=source.replace("The gate", "A gate") + "\n\nAfter."
        )
        self.assertIn("Line 3: say what the picture shows", errors_of(answer)["body"][0])


class TagTests(Cast, TestCase):
    def test_tags_that_begin_so_come_first_whatever_letters_were_typed(self):
        for name in ("Iraq", "iron", "North, east", "Air base"):
            Tag.objects.create(name=name)
        Tag.objects.create(name="Irrigation", retired=True)
        client = signed_in(self.bilal)
        table = [
            ("IR", ["Iraq", "iron", "Air base"]),
            ("no", ['"North, east"']),
            ("", []),
            ("%", []),
            ("zz", []),
        ]
        for typed, expected in table:
            with self.subTest(typed=typed):
                self.assertEqual(client.get(address("tags"), {"q": typed}).json()["tags"], expected)

    def test_a_tag_of_two_words_is_one_tag(self):
        article = make_article(published=False)
        fill_in(signed_in(self.bilal), change(article), tags="Air base")
        self.assertEqual([tag.name for tag in article.tags.all()], ["Air base"])
        page = signed_in(self.bilal).get(change(article))
        self.assertEqual(page.context["adminform"].form["tags"].value(), "Air base")

    def test_urdu_letters_meet_however_they_are_typed(self):
        Tag.objects.create(name="پاکستان")
        found = signed_in(self.bilal).get(address("tags"), {"q": "پاكس"}).json()["tags"]
        self.assertEqual(found, ["پاکستان"])


class DetailsTests(Cast, TestCase):
    """Bylines, dates, tags and section change without a new version of the words, two editors at once included."""

    def setUp(self):
        super().setUp()
        self.article = make_article(tags=["Iraq"])
        self.client = signed_in(self.bilal)
        self.haider = Contributor.objects.create(name="Imran Haider")

    def now(self) -> Article:
        return Article.objects.get(pk=self.article.pk)

    def with_byline(self, **more) -> dict:
        return {
            "bylines-TOTAL_FORMS": "1",
            "bylines-0-contributor": self.haider.pk,
            "bylines-0-order": "1",
            "bylines-0-printed_as": "I. Haider",
            **more,
        }

    def test_everything_that_is_not_words_makes_no_version(self):
        given = self.with_byline(
            section=make_section("World").pk,
            printed_date="2020-03-01",
            printed_as="March 1",
            tags="Iraq, bases",
        )
        self.assertEqual(fill_in(self.client, change(self.article), given).status_code, 302)
        article = self.now()
        self.assertEqual([str(byline) for byline in article.bylines.all()], ["I. Haider"])
        self.assertEqual((str(article.section), str(article.printed_date)), ("World", "2020-03-01"))
        self.assertEqual(sorted(tag.name for tag in article.tags.all()), ["Iraq", "bases"])
        self.assertEqual((article.latest_version.number, article.live_version.number), (1, 1))

    def test_two_editors_change_different_details_and_the_words_and_all_of_it_is_kept(self):
        page = self.client.get(change(self.article))
        noor = signed_in(self.noor)
        fill_in(
            noor,
            change(self.article),
            headline="Base handed over",
            reason="Wrong count.",
            tags="Iraq, convoys",
        )
        given = self.with_byline(section=make_section("World").pk, tags="Iraq, bases")
        self.assertEqual(send(self.client, change(self.article), page, given).status_code, 302)
        article = self.now()
        self.assertEqual(
            (article.latest_version.number, article.latest_version.headline), (2, "Base handed over")
        )
        self.assertEqual(sorted(tag.name for tag in article.tags.all()), ["Iraq", "bases", "convoys"])
        self.assertEqual((str(article.section), article.bylines.count()), ("World", 1))

    def test_a_byline_is_changed_and_one_is_taken_away(self):
        Byline.objects.create(article=self.article, contributor=self.haider)
        second = Byline.objects.create(
            article=self.article, contributor=Contributor.objects.create(name="Zara Khan"), order=2
        )
        client = signed_in(self.rashid)
        fill_in(client, change(self.article), {"bylines-0-role": "Photographs", "bylines-1-DELETE": "on"})
        self.assertEqual([byline.role for byline in self.article.bylines.all()], ["Photographs"])
        self.assertFalse(Byline.objects.filter(pk=second.pk).exists())


class BadInputTests(Cast, TestCase):
    def setUp(self):
        super().setUp()
        self.article = make_article(published=False)
        self.client = signed_in(self.bilal)

    def test_it_is_told_at_its_field_nothing_is_written_and_the_words_typed_stay(self):
        table = [
            ("headline", {"headline": "x" * 301}, "301 characters"),
            ("headline", {"headline": "Bad \u202e words"}, "U+202E"),
            ("standfirst", {"standfirst": "A \x0b tab"}, "control character"),
            (
                "body",
                {"body": "Fine.\n\nBad \x00 here."},
                "Line 3, column 5 (after “Bad”): the control character",
            ),
            ("body", {"body": "- x\n" + "> " * 90 + "deep"}, "too deep"),
            ("body", {"body": "{{block 1: embed “x” #00000000}}"}, "not as it was"),
            ("body", {"body": "[a](javascript:alert(1))"}, "no address for a link"),
            ("tags", {"tags": "x" * 101}, "1 to 100 letters"),
        ]
        before = LedgerEntry.objects.count()
        for field, given, words in table:
            with self.subTest(field=field, words=words):
                answer = fill_in(
                    self.client, change(self.article), {"standfirst": "Typed by Bilal.", **given}
                )
                self.assertEqual(answer.status_code, 200)
                self.assertIn(words, errors_of(answer)[field][0])
                if field != "standfirst":
                    self.assertContains(answer, "Typed by Bilal.")
                self.assertContains(answer, "data-unsaved")
        self.assertEqual(Article.objects.get(pk=self.article.pk).latest_version.number, 1)
        self.assertEqual(LedgerEntry.objects.count(), before)

    def test_half_a_character_in_the_bytes_sent_is_no_error(self):
        form = "application/x-www-form-urlencoded"
        answer = self.client.post(address("draw"), b"body=Half%ED%A0%80a+letter", content_type=form)
        self.assertContains(answer, "Half")

    def test_a_forged_base_is_refused_and_the_words_typed_stay(self):
        page = self.client.get(change(self.article))
        for base in ("", "0", "99", "-1", "x", "9" * 30):
            with self.subTest(base=base):
                answer = send(self.client, change(self.article), page, base=base, body="Typed words.")
                self.assertIn("Load it again", str(errors_of(answer)))
                self.assertContains(answer, "Typed words.")
        self.assertEqual(Article.objects.get(pk=self.article.pk).latest_version.number, 1)


class SavedDraftTests(Cast, TestCase):
    def test_the_browser_is_told_which_of_its_copies_is_saved_and_only_after_saving(self):
        client, outlet = signed_in(self.bilal), make_outlet()
        draft = "a1b2c3d4e5f6"
        add = "/admin/articles/article/add/"
        refused = fill_in(client, add, headline="", outlet=outlet.pk, draft=draft)
        self.assertNotIn("saved_drafts", refused.cookies)
        saved = fill_in(client, add, headline="Convoy", body="Words.", outlet=outlet.pk, draft=draft)
        cookie = saved.cookies["saved_drafts"]
        self.assertEqual((cookie.value, cookie["path"], cookie["samesite"]), (draft, "/admin/", "Strict"))
        article = Article.objects.get()
        second = fill_in(client, change(article), body="More words.", draft="ffffffff00000000")
        self.assertEqual(second.cookies["saved_drafts"].value, f"{draft}.ffffffff00000000")

    def test_what_is_no_name_of_a_copy_sets_no_cookie(self):
        client = signed_in(self.bilal)
        article = make_article(published=False)
        for name in ("", "short", "x" * 99, "a; path=/", "A1B2C3D4E5"):
            with self.subTest(name=name):
                self.assertNotIn("saved_drafts", fill_in(client, change(article), draft=name).cookies)


class PageTests(Cast, TestCase):
    def test_the_page_begins_with_the_counts_that_the_script_goes_on_with(self):
        article = make_article("Six bases", ["Six bases were left.", "Nobody claimed it."], published=False)
        page = signed_in(self.bilal).get(change(article))
        self.assertContains(page, "Words: 7")
        self.assertContains(page, "Headline: 9 of 300 characters")
        long = make_article("word " * 30, published=False)
        self.assertContains(signed_in(self.bilal).get(change(long)), "long for a list")

    def test_the_words_run_as_the_articles_language_does(self):
        article = make_article("چھٹا اڈہ", ["اڈہ"], language="ur", published=False)
        page = signed_in(self.bilal).get(change(article)).content.decode()
        area = page[page.index('<textarea name="body"') :]
        self.assertIn('lang="ur"', area[: area.index(">")])
        self.assertIn('dir="rtl"', area[: area.index(">")])

    def test_every_long_choice_is_an_autocomplete_that_knows_where_to_ask(self):
        page = signed_in(self.noor).get(change(make_article())).content.decode()
        for group, field in (("bylines", "contributor"), ("links", "target")):
            with self.subTest(field=field):
                start = page.index(f'id="{group}-group"')
                shared = page[page.index('data-selects="', start) + 14 :].split('"', 1)[0]
                self.assertIn(
                    "/admin/autocomplete/", json.loads(shared.replace("&quot;", '"'))[field].values()
                )

    def test_an_article_can_be_entered_without_scripts(self):
        outlet = make_outlet("Nawaiwaqt")
        page = signed_in(self.noor).get(reverse("admin:articles_article_add"))
        self.assertContains(page, f'<option value="{outlet.pk}">Nawaiwaqt</option>', html=True)
        changed = signed_in(self.noor).get(change(make_article(outlet=make_outlet("The Ravi Courier"))))
        self.assertNotContains(changed, f'<option value="{outlet.pk}">')
