"""The archive's pages at the desk: lists, search, history, constant queries, pictures, tags."""

from collections.abc import Iterable

from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Article, ArticleLink, Byline, Contributor, Media, Section, Tag
from newsroom.core.models import LedgerEntry
from tests.desk import Cast, signed_in
from tests.factories import make_article, make_outlet, make_section, revise
from tests.forms import errors_of, fill_in

PIXEL = bytes.fromhex(
    "47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b"
)


def queries(client, address: str) -> list[str]:
    """The statements one page takes, once what Django keeps for the process is warm."""
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        answer = client.get(address)
    if answer.status_code != 200:
        raise AssertionError(f"{address}: {answer.status_code}")
    return [query["sql"] for query in caught]


def fill_archive(numbers: Iterable[int]) -> None:
    """For each number an article with a waiting version, and one of everything beside it."""
    iraq = Tag.objects.for_name("Iraq")
    for number in numbers:
        article = make_article(
            f"Headline {number}", ["Words."], section=f"Section {number}", outlet=f"Paper {number}"
        )
        revise(article, live=False, paragraphs=["More words."])
        Contributor.objects.create(name=f"Writer {number}")
        Tag.objects.create(name=f"Part {number}", parent=iraq)
        Media.objects.create(sha256="0" * 64, alt=f"Picture {number}", file="x.gif", extension="gif")


class ConstantQueriesTests(Cast, TestCase):
    LISTS = ("article", "articleversion", "outlet", "section", "contributor", "tag", "media")

    def test_lists_take_as_many_queries_for_thirty_rows_as_for_one(self):
        client = signed_in(self.rashid)
        fill_archive([0])
        before = {name: queries(client, f"/admin/articles/{name}/") for name in self.LISTS}
        fill_archive(range(1, 31))
        for name in self.LISTS:
            with self.subTest(list=name):
                after = queries(client, f"/admin/articles/{name}/")
                self.assertEqual(len(after), len(before[name]), "\n".join(after))
                self.assertLessEqual(len(after), 12, "\n".join(after))

    def test_lists_read_no_text(self):
        fill_archive([0])
        client = signed_in(self.rashid)
        for name in ("article", "articleversion"):
            with self.subTest(list=name):
                self.assertNotIn("body_text", " ".join(queries(client, f"/admin/articles/{name}/")))

    def test_the_edit_page_takes_as_many_queries_with_thirty_bylines_links_and_versions(self):
        article = make_article(section="World", tags=["Iraq"])
        other = make_article("Another")
        address = reverse("admin:articles_article_change", args=[article.pk])
        client = signed_in(self.rashid)
        self.hang_on(article, other, [0])
        before = queries(client, address)
        self.hang_on(article, other, range(1, 31))
        after = queries(client, address)
        self.assertEqual(len(after), len(before), "\n".join(after))
        self.assertLessEqual(len(after), 20, "\n".join(after))

    def hang_on(self, article, other, numbers):
        for number in numbers:
            writer = Contributor.objects.create(name=f"Writer {number}")
            Byline.objects.create(article=article, contributor=writer)
            ArticleLink.objects.create(article=article, target=other, text=f"Line {number}")
            revise(article, live=False, paragraphs=[f"More is known: {number}."])
            article.tags.add(f"tag {number}")


class ListTests(Cast, TestCase):
    def setUp(self):
        super().setUp()
        self.client = signed_in(self.yusra)

    def test_the_list_says_in_words_what_readers_see(self):
        make_article("A draft", published=False)
        revise(make_article("A public one"), live=False, paragraphs=["More."])
        page = self.client.get("/admin/articles/article/").content.decode()
        for words in ("Nothing: a draft", "Version 1", "version 2 is not live yet"):
            with self.subTest(words=words):
                self.assertIn(words, page)

    def test_articles_are_found_by_headline_number_and_uid(self):
        wanted = make_article("Convoy crosses at dawn")
        make_article("Another")
        for term in ("convoy dawn", str(wanted.number), str(wanted.uid)):
            with self.subTest(term=term):
                page = self.client.get("/admin/articles/article/", {"q": term})
                self.assertEqual(list(page.context["cl"].result_list), [wanted])

    def test_articles_are_filtered_by_what_waits(self):
        waiting = make_article("Waiting")
        revise(waiting, live=False, paragraphs=["More."])
        make_article("Not waiting")
        page = self.client.get("/admin/articles/article/", {"waiting": "yes"})
        self.assertEqual(list(page.context["cl"].result_list), [waiting])

    def test_the_page_of_a_public_article_leads_to_what_readers_see_and_a_draft_to_nothing(self):
        public, draft = make_article("Public"), make_article("Draft", published=False)
        for article, shown in ((public, True), (draft, False)):
            with self.subTest(article=article):
                page = self.client.get(reverse("admin:articles_article_change", args=[article.pk]))
                self.assertEqual(article.get_absolute_url() in page.content.decode(), shown)

    def test_history_comes_from_the_ledger(self):
        article = make_article()
        page = self.client.get(reverse("admin:articles_article_history", args=[article.pk]))
        for words in ("Entered", "Published", "Version made live", "noor"):
            with self.subTest(words=words):
                self.assertContains(page, words)

    def test_a_version_shows_its_words_and_hashes_and_cannot_be_changed(self):
        version = make_article().live_version
        address = reverse("admin:articles_articleversion_change", args=[version.pk])
        page = self.client.get(address)
        self.assertContains(page, "Six bases were handed over in the past few weeks.")
        self.assertContains(page, version.text_sha256)
        answer = signed_in(self.admin).post(address, {"headline": "Other"})
        self.assertEqual(answer.status_code, 403)

    def test_versions_are_found_by_headline_for_evidence(self):
        version = make_article("Convoy crosses at dawn").live_version
        given = {"term": "convoy", "app_label": "claims", "model_name": "evidence", "field_name": "version"}
        found = signed_in(self.sana).get("/admin/autocomplete/", given).json()["results"]
        self.assertEqual([each["id"] for each in found], [str(version.pk)])
        self.assertIn("Convoy crosses at dawn", found[0]["text"])

    def test_hostile_parameters_are_no_error(self):
        for query in (
            "?p=x",
            "?o=9.9",
            "?q=%00",
            "?state__exact=zzz",
            "?_facets=True",
            "?q=99999999999999999999",
        ):
            with self.subTest(query=query):
                answer = self.client.get(f"/admin/articles/article/{query}", follow=True)
                self.assertIn(answer.status_code, (200, 400))

    def test_an_object_that_is_not_there_is_told(self):
        for key in ("999999", "x", "99999999999999999999999"):
            with self.subTest(key=key):
                answer = self.client.get(f"/admin/articles/article/{key}/change/")
                self.assertRedirects(answer, "/admin/", fetch_redirect_response=False)


class SmallNounsTests(Cast, TestCase):
    def test_a_new_section_gets_the_words_of_its_address_from_its_name(self):
        fill_in(signed_in(self.noor), "/admin/articles/section/add/", name="World News", slug="")
        self.assertEqual(Section.objects.get().slug, "world-news")
        self.assertEqual(LedgerEntry.objects.latest("id").verb, "section.add")

    def test_changes_of_small_nouns_are_in_the_ledger_by_field_never_by_word(self):
        section = make_section("World")
        address = reverse("admin:articles_section_change", args=[section.pk])
        fill_in(signed_in(self.noor), address, name="The world")
        entry = LedgerEntry.objects.about(section).get()
        self.assertEqual((entry.verb, entry.payload), ("section.change", '{"fields":["name"]}'))

    def test_a_renamed_tag_keeps_finding_itself(self):
        tag = Tag.objects.create(name="Iraq")
        fill_in(signed_in(self.noor), reverse("admin:articles_tag_change", args=[tag.pk]), name="IRAK")
        self.assertEqual(Tag.objects.for_name("irak"), tag)

    def test_a_tag_that_reads_the_same_is_refused(self):
        Tag.objects.create(name="Iraq")
        answer = fill_in(signed_in(self.noor), "/admin/articles/tag/add/", name="IRAQ", slug="iraq-2")
        self.assertIn("“Iraq” reads the same and exists already.", errors_of(answer)["name"][0])

    def test_taggit_shows_no_tags_of_its_own(self):
        names = {model._meta.label for model in admin.site._registry}
        self.assertIn("articles.Tag", names)
        self.assertNotIn("taggit.Tag", names)

    def test_a_picture_needs_the_words_for_those_who_cannot_see_it(self):
        client = signed_in(self.bilal)
        add = "/admin/articles/media/add/"
        table = [
            ({"file": picture(), "alt": ""}, "alt", "required"),
            (
                {"file": picture(b"<svg/>"), "alt": "A gate"},
                "file",
                "This is no JPEG, PNG, GIF or WebP picture.",
            ),
            ({"file": picture(PIXEL + b"0" * 10_485_760), "alt": "A gate"}, "file", "over 10 MB"),
        ]
        for given, field, said in table:
            with self.subTest(said=said):
                answer = fill_in(client, add, given)
                self.assertIn(said, errors_of(answer)[field][0])
        self.assertFalse(Media.objects.exists())
        answer = fill_in(client, add, file=picture(), alt="A gate at dusk")
        self.assertEqual(answer.status_code, 302)
        media = Media.objects.get()
        self.assertEqual((media.extension, len(media.sha256), media.released), ("gif", 64, False))

    def test_a_picture_keeps_its_file(self):
        fill_in(signed_in(self.bilal), "/admin/articles/media/add/", file=picture(), alt="A gate")
        media = Media.objects.get()
        address = reverse("admin:articles_media_change", args=[media.pk])
        fill_in(signed_in(self.bilal), address, file=picture(PIXEL + b"1"), alt="A gate at dusk")
        after = Media.objects.get()
        self.assertEqual(
            (after.sha256, after.file.name, after.alt), (media.sha256, media.file.name, "A gate at dusk")
        )

    def test_a_contributor_signs_in_as_one_of_the_people(self):
        fill_in(
            signed_in(self.bilal), "/admin/articles/contributor/add/", name="B. Ahmed", user=self.bilal.pk
        )
        self.assertEqual(Contributor.objects.get().user, self.bilal)


def picture(data: bytes = PIXEL) -> SimpleUploadedFile:
    return SimpleUploadedFile("gate.gif", data, content_type="image/gif")


class NothingIsDeletedTests(Cast, TestCase):
    def test_no_address_of_the_archive_deletes_not_for_a_superuser_either(self):
        article = make_article(section="World", tags=["Iraq"])
        rows = [
            article,
            article.live_version,
            make_outlet(),
            make_section("World"),
            Contributor.objects.create(name="Writer"),
            Tag.objects.get(),
            Media.objects.create(sha256="0" * 64, alt="Picture", file="x.gif", extension="gif"),
        ]
        client = signed_in(self.admin)
        for row in rows:
            info = (row._meta.app_label, row._meta.model_name)
            with self.subTest(row=info):
                address = reverse("admin:{}_{}_delete".format(*info), args=[row.pk])
                self.assertEqual(client.get(address).status_code, 403)
                self.assertEqual(client.post(address, {"post": "yes"}).status_code, 403)
                listing = reverse("admin:{}_{}_changelist".format(*info))
                client.post(
                    listing, {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
                )
                self.assertTrue(type(row)._base_manager.filter(pk=row.pk).exists())

    def test_a_byline_entered_in_error_is_taken_off_and_the_ledger_says_so(self):
        article = make_article(published=False)
        byline = Byline.objects.create(article=article, contributor=Contributor.objects.create(name="Writer"))
        address = reverse("admin:articles_article_change", args=[article.pk])
        fill_in(signed_in(self.bilal), address, {"bylines-0-DELETE": "on"})
        self.assertFalse(Byline.objects.exists())
        entry = LedgerEntry.objects.about(article).latest("id")
        self.assertIn(str(byline.uid), entry.payload)
        self.assertEqual(Article.objects.count(), 1)
