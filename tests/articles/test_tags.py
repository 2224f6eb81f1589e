"""Tags that read the same are one tag, in any script."""

from django.db import IntegrityError, transaction
from django.test import TestCase

from articles.models import ArticleTag, Tag
from tests.factories import make_article


class FoldingTests(TestCase):
    def test_spellings_that_read_the_same_find_the_tag_that_is_there(self):
        for first, *others in (
            ("Iraq", "iraq", "IRAQ", " Iraq ", "Ｉｒａｑ"),
            ("عراقی", "عراقي", "عراقى"),
            ("Zürich", "ZÜRICH", "Zu\u0308rich"),
            ("Straße", "STRASSE"),
        ):
            with self.subTest(tag=first):
                tag = Tag.objects.for_name(first)
                self.assertEqual({Tag.objects.for_name(other) for other in others}, {tag})
                self.assertEqual(tag.name, first)

    def test_words_that_read_otherwise_are_other_tags(self):
        self.assertNotEqual(Tag.objects.for_name("Iraq"), Tag.objects.for_name("Iran"))

    def test_an_article_tagged_twice_in_two_spellings_has_one_tag(self):
        article = make_article(tags=["Iraq", "iraq"])
        article.tags.add("IRAQ")
        self.assertEqual(ArticleTag.objects.filter(content_object=article).count(), 1)

    def test_another_name_files_the_article_under_the_tag_it_stands_for(self):
        iraq = Tag.objects.for_name("Iraq")
        Tag.objects.create(name="Irak", alias_of=iraq)
        self.assertEqual(list(make_article(tags=["irak"]).tags.all()), [iraq])

    def test_the_database_keeps_one_tag_of_a_key(self):
        Tag.objects.for_name("Iraq")
        with self.assertRaises(IntegrityError), transaction.atomic():
            Tag.objects.create(name="IRAQ")

    def test_the_address_keeps_the_letters_of_its_script(self):
        self.assertEqual(Tag.objects.for_name("فوجی اڈے").slug, "فوجی-اڈے")

    def test_a_tag_is_not_its_own_alias(self):
        tag = Tag.objects.for_name("Iraq")
        with self.assertRaises(IntegrityError), transaction.atomic():
            Tag.objects.filter(pk=tag.pk).update(alias_of=tag)
