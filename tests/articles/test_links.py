"""READ MORE lines become links, joined when their target arrives."""

from django.test import TestCase

from articles.models import ArticleLink
from tests.factories import HEADLINE, make_article, revise, teaser

CONVOY = "Convoy crosses into Syria"


class ReadMoreTests(TestCase):
    def convoy(self, *lines, **more):
        return make_article(CONVOY, ["A convoy crossed.", *(lines or [teaser(HEADLINE)])], **more)

    def link(self) -> ArticleLink:
        return ArticleLink.objects.get(article__headline=CONVOY)

    def test_a_line_that_repeats_the_headline_of_an_article_here_leads_to_it(self):
        target = make_article()
        self.convoy()
        self.assertEqual(
            (self.link().target, self.link().text, self.link().kind), (target, HEADLINE, "read-more")
        )

    def test_a_line_whose_target_is_not_here_waits_for_it(self):
        self.convoy()
        self.assertIsNone(self.link().target)
        target = make_article()
        self.assertEqual(self.link().target, target)

    def test_a_target_that_takes_the_headline_in_a_later_version_is_joined_when_that_goes_live(self):
        self.convoy()
        target = make_article("Another headline")
        revise(target, headline=HEADLINE, live=False)
        self.assertIsNone(self.link().target)
        revise(target, headline=HEADLINE + "!", live=False)
        revise(target, headline=HEADLINE, live=True)
        self.assertEqual(self.link().target, target)

    def test_between_two_articles_of_one_headline_the_desk_is_asked(self):
        make_article()
        make_article(outlet="The Monitor")
        self.convoy()
        self.assertIsNone(self.link().target)
        self.assertIn("More than one article", self.link().question)

    def test_the_same_line_twice_is_one_link_and_revising_adds_none(self):
        article = self.convoy(teaser(HEADLINE), "More.", teaser(HEADLINE))
        revise(article, headline=CONVOY + " again")
        self.assertEqual(article.links.count(), 1)

    def test_an_article_never_leads_to_itself(self):
        make_article(CONVOY, ["A convoy crossed.", teaser(CONVOY)])
        self.assertIsNone(self.link().target)
