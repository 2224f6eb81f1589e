"""The article page with its claims: what stands beside which words, and what never shows."""

import re

from django.test import TestCase

from articles.models import Article, ArticleLink
from claims import workflow
from claims.models import Appearance, Claim, Rating
from claims.notes import shortened, where_words_stood
from tests.desk import Cast
from tests.factories import (
    make_article,
    make_claim,
    make_verdict,
    place,
    revise,
    show_checking,
    teaser,
)

HEADLINE = "Coalition hands over sixth Iraqi base in one week"
CLAIM = "sixth Iraqi base in one week"
PARAGRAPHS = [
    "The coalition handed the base to the west of the capital over on Tuesday, a military source said.",
    "Coalition troops have left six bases across the country over the past few weeks.",
    "No group has said that it was behind the attacks. They grew more frequent after the general was killed.",
    "American officials put the withdrawal down to the outbreak, and to the need to shield the troops.",
]


def page_of(article: Article, client) -> str:
    """The page as a reader without an account gets it."""
    article.refresh_from_db()
    response = client.get(article.get_absolute_url())
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def part(html: str, pattern: str) -> str:
    """The first element that the pattern begins, up to its end tag."""
    found = re.search(rf"<(\w+)[^>]*{pattern}[^>]*>.*?</\1>", html, re.DOTALL)
    assert found, pattern
    return found.group()


def words_of(html: str) -> str:
    """What is left of HTML when the tags are taken out."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


class NotesTests(Cast, TestCase):
    def setUp(self):
        super().setUp()
        self.article = make_article(HEADLINE, PARAGRAPHS)

    def claim(self, statement, words, rating=None, article=None, **more):
        claim = make_claim(statement)
        placed = place(
            claim, article or self.article, words, **{k: more.pop(k) for k in ("role", "field") if k in more}
        )
        if rating:
            make_verdict(claim, rating, **more)
        return placed

    def test_each_note_leads_to_reporting_an_error_in_the_very_words_it_marks(self):
        headline = self.claim("One.", CLAIM, "contradicted", finding="No.", field="headline")
        body = self.claim("Two.", "past few weeks", "true", finding="Yes.")
        html = page_of(self.article, self.amna)
        for placed in (headline, body):
            query = f"?v=1&amp;field={placed.field}&amp;start={placed.start}&amp;end={placed.end}"
            self.assertIn(f'{self.article.get_absolute_url()}report/{query}"', html)
            form = self.amna.get(f"{self.article.get_absolute_url()}report/{query.replace('&amp;', '&')}")
            self.assertContains(form, placed.exact)

    def test_where_the_text_is_the_papers_only_the_headline_is_reported(self):
        self.claim("One.", CLAIM, "contradicted", finding="No.", field="headline")
        self.claim("Two.", "past few weeks", "true", finding="Yes.")
        Article.objects.filter(pk=self.article.pk).update(rights="quotes")
        html = page_of(self.article, self.amna)
        self.assertIn("report/?v=1&amp;field=headline", html)
        self.assertNotIn("field=body", html)

    def test_a_verdict_on_the_headline_stands_directly_under_it_with_both_phrases(self):
        self.claim(
            "The coalition left its sixth base within one week.",
            CLAIM,
            "contradicted",
            finding="It was the sixth base, but the six handovers ran for three weeks.",
            qualifier="by its own text",
            clash_words="in one week",
            clash_against="over the past few weeks",
            clash_version=self.article.live_version,
        )
        html = page_of(self.article, self.amna)
        self.assertRegex(html, r'</h1>\s*<aside class="clash contradicted"')
        note = words_of(part(html, 'id="n1"'))
        for words in (
            "Contradicted by its own text",
            "The headline says in one week",
            "Paragraph 2 says over the past few weeks",
            "It was the sixth base, but the six handovers ran for three weeks.",
            "Evidence",
            "Back to the headline",
        ):
            self.assertIn(words, note)
        self.assertIn('<mark class="contradicted" id="claim-', html)
        self.assertIn('href="#p2"', part(html, 'id="n1"'))
        self.assertRegex(html, r"<title>[^<]+: contradicted \| Newsroom</title>")

    def test_a_headline_claim_that_is_no_clash_has_its_note_under_the_headline_too(self):
        self.claim("Six bases.", CLAIM, "false", finding="There were five.")
        note = part(page_of(self.article, self.amna), 'id="n1"')
        self.assertIn('class="clash false"', note)
        self.assertNotIn('class="pair"', note)
        self.assertIn("There were five.", note)

    def test_a_note_follows_its_own_paragraph_and_no_other(self):
        self.claim(
            "Nobody claimed the attacks.", "No group has said that it was behind the attacks", "unproven"
        )
        rows = page_of(self.article, self.amna).split('<div class="row numbered">')[1:]
        self.assertEqual(['id="n1"' in row for row in rows], [False, False, True, False])
        self.assertLess(rows[2].index("<mark"), rows[2].index('id="n1"'))

    def test_claims_are_numbered_in_the_order_of_the_page_and_counted_at_its_top(self):
        self.claim(
            "The troops leave for the outbreak.", "the withdrawal down to the outbreak", "missing-context"
        )
        self.claim("Six bases.", CLAIM, "false")
        show_checking(self.claim("Nobody claimed the attacks.", "No group has said").appearance.claim)
        html = page_of(self.article, self.amna)
        tally = words_of(part(html, 'class="tally"'))
        self.assertIn("Claims in this article: 3 1 false, 1 missing context, 1 being checked", tally)
        self.assertEqual(
            re.findall(r"(Headline|Paragraph \d):", tally), ["Headline", "Paragraph 3", "Paragraph 4"]
        )

    def test_being_checked_shows_only_where_an_editor_chose_it_and_says_that_nothing_is_found(self):
        placed = self.claim("Nobody claimed the attacks.", "No group has said")
        self.assertNotIn("<mark", page_of(self.article, self.amna))
        show_checking(placed.appearance.claim, note="")
        html = page_of(self.article, self.amna)
        self.assertIn('<mark class="being-checked"', html)
        self.assertIn("Nothing has been found yet, either way.", html)

    def test_a_reopened_verdict_stays_and_is_marked_as_under_review(self):
        placed = self.claim(
            "Nobody claimed the attacks.", "No group has said", "unproven", finding="Sources disagree."
        )
        claim = Claim.objects.get(pk=placed.appearance.claim_id)
        workflow.reopen(claim, by=self.rashid, reason="A new statement.", shown=True)
        note = words_of(part(page_of(self.article, self.amna), 'id="n1"'))
        self.assertIn("Under review verdict was Unproven", note)
        self.assertIn("Sources disagree.", note)

    def test_a_denial_or_question_of_a_false_claim_is_told_in_words_and_never_marked(self):
        for role, told in (
            ("denies", "Denies a claim rated False"),
            ("questions", "Questions a claim rated False"),
        ):
            with self.subTest(role):
                article = make_article(f"Headline for {role}", PARAGRAPHS)
                self.claim(f"The claim it {role}.", "left six bases", "false", article=article, role=role)
                html = page_of(article, self.amna)
                self.assertNotIn("<mark", html)
                note = part(html, 'id="n1"')
                self.assertIn(told, words_of(note))
                self.assertIn(f"The claim it {role}.", note)
                self.assertNotIn("<svg", note)

    def test_a_headline_that_questions_what_its_text_quotes_leads_to_the_note_of_the_quotation(self):
        article = make_article("Did no group claim the attacks?", PARAGRAPHS)
        quoted = self.claim("No group claimed the attacks.", "No group has said", "false", article=article)
        place(quoted.appearance.claim, article, "Did no group", field="headline", role="questions")
        note = part(page_of(article, self.amna), 'class="clash"')
        self.assertIn("Questions a claim rated False", words_of(note))
        self.assertIn('<a href="#n1">The same claim as in note 1</a>', note)

    def test_words_that_changed_lose_their_mark_and_the_note_quotes_them(self):
        self.claim(
            "Nobody claimed the attacks.", "No group has said that it was behind the attacks", "unproven"
        )
        changed = [*PARAGRAPHS]
        changed[2] = changed[2].replace("No group has said that it was", "One group has said that it was")
        revise(self.article, paragraphs=changed)
        html = page_of(self.article, self.amna)
        self.assertNotIn("<mark", html)
        rows = html.split('<div class="row numbered">')[1:]
        self.assertIn("Words changed", rows[2])
        self.assertIn(
            "; see the version that was checked , of 8 April 2020. "
            "They were: No group has said that it was behind the attacks",
            words_of(rows[2]),
        )
        self.assertIn(f'href="{self.article.get_absolute_url()}v/1/"', rows[2])

    def test_words_whose_place_nobody_can_tell_are_told_of_at_the_top(self):
        self.claim(
            "Nobody claimed the attacks.", "No group has said that it was behind the attacks", "unproven"
        )
        revise(self.article, paragraphs=["An entirely new text, of one paragraph."])
        html = page_of(self.article, self.amna)
        head = html[: html.index('<div class="row numbered">')]
        self.assertIn("Words changed", head)
        self.assertIn('href="#n1"', part(html, 'class="tally"'))

    def test_where_only_the_surroundings_changed_the_verdict_is_not_shown_as_current(self):
        self.claim(
            "Nobody claimed the attacks.", "No group has said that it was behind the attacks", "unproven"
        )
        changed = [*PARAGRAPHS]
        changed[2] = changed[2].replace("more frequent", "rarer")
        revise(self.article, paragraphs=changed)
        html = page_of(self.article, self.amna)
        self.assertIn('<mark class="words-changed"', html)
        self.assertIn("Context changed verdict was Unproven", words_of(part(html, 'id="n1"')))
        self.assertIn("what surrounds them was changed on", html)

    def test_a_second_place_of_a_claim_on_the_page_leads_to_its_note(self):
        first = self.claim("Six bases.", CLAIM, "false", finding="There were five.")
        place(first.appearance.claim, self.article, "left six bases")
        html = page_of(self.article, self.amna)
        self.assertEqual(html.count('id="n1"'), 1)
        self.assertEqual(html.count("There were five."), 1)
        self.assertIn('<a href="#n1">The same claim as in note 1</a>', html)
        self.assertIn("Claims in this article: 1", words_of(html))
        ids = re.findall(r'\sid="([^"]+)"', html)
        self.assertEqual(len(ids), len(set(ids)))

    def test_every_link_within_the_page_has_its_end(self):
        first = self.claim("Six bases.", CLAIM, "false")
        place(first.appearance.claim, self.article, "left six bases")
        self.claim("Nobody claimed it.", "No group has said", "unproven", role="denies")
        html = page_of(self.article, self.amna)
        ids = set(re.findall(r'\sid="([^"]+)"', html))
        for target in re.findall(r'href="#([^"]+)"', html):
            with self.subTest(target):
                self.assertIn(target, ids)

    def test_an_exempt_place_and_one_that_is_another_claim_show_nothing(self):
        one = self.claim("Six bases.", CLAIM, "false").appearance
        other = self.claim("Nobody claimed it.", "No group has said", "unproven").appearance
        workflow.exempt(one, by=self.rashid, reason="Satire.")
        workflow.judge_match(other, Appearance.Match.DIFFERENT, by=self.rashid)
        html = page_of(self.article, self.amna)
        self.assertNotIn("<mark", html)
        self.assertNotIn("Satire", html)

    def test_the_qualifier_stands_beside_the_text_it_speaks_of_and_not_beside_another(self):
        placed = self.claim(
            "Six bases.",
            CLAIM,
            "contradicted",
            qualifier="by its own text",
            clash_words="in one week",
            clash_against="over the past few weeks",
            clash_version=self.article.live_version,
        )
        copy = make_article("Copied: " + HEADLINE, ["A text of its own."])
        place(placed.appearance.claim, copy, CLAIM)
        note = part(page_of(copy, self.amna), 'id="n1"')
        self.assertNotIn("by its own text", note)
        self.assertIn(f"“{HEADLINE}” says over the past few weeks", words_of(note))
        self.assertIn("Also printed in 1 other place", note)


class TeaserTests(Cast, TestCase):
    def setUp(self):
        super().setUp()
        self.first = make_article(HEADLINE, PARAGRAPHS)
        self.second = make_article("Convoy crosses", ["A convoy crossed.", teaser(HEADLINE), "It was large."])

    def test_a_read_more_line_leads_to_its_article_and_carries_the_verdict(self):
        claim = make_claim("Six bases.")
        place(claim, self.first, CLAIM)
        place(claim, self.second, CLAIM, role="teaser")
        make_verdict(claim, "contradicted", finding="It took three weeks.")
        html = page_of(self.second, self.amna)
        row = html.split('<div class="row numbered">')[2]
        self.assertIn(f'<a class="hl" href="{self.first.get_absolute_url()}">', row)
        self.assertIn('<mark class="contradicted"', row)
        self.assertIn("Contradicted. See note 1", words_of(row))
        self.assertIn("It took three weeks.", row)

    def test_an_unplaced_line_says_what_was_found_in_the_article_it_leads_to(self):
        claim = make_claim("Six bases.")
        place(claim, self.first, CLAIM)
        make_verdict(claim, "false")
        row = page_of(self.second, self.amna).split('<div class="row numbered">')[2]
        self.assertIn("In the article this leads to: False : headline", words_of(row))

    def test_a_line_to_an_article_that_is_not_public_is_no_link_and_tells_nothing(self):
        claim = make_claim("Six bases.")
        place(claim, self.first, CLAIM)
        make_verdict(claim, "false")
        Article.objects.filter(pk=self.first.pk).update(state="draft")
        row = page_of(self.second, self.amna).split('<div class="row numbered">')[2]
        self.assertNotIn('<a class="hl"', row)
        self.assertNotIn("In the article", row)


class RightsTests(Cast, TestCase):
    def read(self, rights):
        article = make_article(
            f"Headline, {rights}", PARAGRAPHS, standfirst="A line under it.", rights=rights
        )
        for words, rating in (("left six bases", "mostly-true"), ("Headline", "false")):
            claim = make_claim(f"{words} {rights}")
            place(claim, article, words)
            make_verdict(claim, rating)
        return page_of(article, self.amna)

    def test_a_text_that_is_the_papers_shows_the_checked_words_alone(self):
        html = self.read("quotes")
        self.assertIn('<mark class="mostly-true"', html)
        self.assertIn("left six bases", html)
        for words in ("across the country", "A line under it.", "military source"):
            self.assertNotIn(words, html)

    def test_of_a_text_without_any_rights_only_headline_and_findings_show(self):
        html = self.read("none")
        self.assertNotIn("left six bases</", html)
        self.assertNotIn("across the country", html)
        self.assertIn("Mostly true", html)
        self.assertIn('<mark class="false"', html)


class NothingLeaksTests(Cast, TestCase):
    def test_the_page_is_byte_for_byte_the_same_without_what_is_not_public(self):
        article = make_article(HEADLINE, PARAGRAPHS)
        public = make_claim("Six bases.", article=article, words=CLAIM)
        make_verdict(public, "false")
        make_claim("Nobody claimed it.", article=article, words="No group has said", checking=True)
        before = page_of(article, self.amna)

        make_claim("Only flagged.", article=article, words="a military source said")
        drafted = make_claim("Drafted.", article=article, words="left six bases")
        make_verdict(drafted, "false", published=False, proposed=False)
        proposed = make_claim("Proposed.", article=article, words="the past few weeks")
        make_verdict(proposed, "false", published=False)
        place(make_claim("Suggested."), article, "frequent", match="suggested")
        hidden = make_article("A draft that links here", [teaser(HEADLINE)], published=False)
        place(public, hidden, CLAIM)
        ArticleLink.objects.create(article=article, kind="follow-up", target=hidden, text="")
        merged = make_claim("Merged.", article=article, words="shield the troops", checking=True)
        workflow.merge(merged, public, by=self.sana, reason="The same.")
        revise(article, live=False, headline="A new headline that waits")

        self.assertEqual(page_of(article, self.amna), before)

    def test_it_reads_the_same_places_as_the_rule_for_readers(self):
        from django.utils import timezone

        from claims.models import Placement
        from claims.placed import placed_in

        article = make_article(HEADLINE, PARAGRAPHS)
        make_verdict(make_claim("Six.", article=article, words=CLAIM), "false")
        make_claim("Checked.", article=article, words="No group", checking=True)
        make_claim("Flagged.", article=article, words="left six bases")
        rule = Placement.objects.for_readers().filter(version=article.live_version)
        read = placed_in({article.live_version_id}, timezone.now())
        self.assertEqual({row.pk for row in read}, set(rule.values_list("pk", flat=True)))
        self.assertEqual(len(read), 2)


class QueryTests(Cast, TestCase):
    def article_with(self, count):
        paragraphs = [f"Sentence number {n} of the text, and some more words." for n in range(count)]
        linked = make_article(f"Linked from {count}", ["Its text."])
        article = make_article(
            f"Article with {count}",
            [*paragraphs, teaser(linked.headline)],
            tags=["Iraq", "Bases"],
        )
        ratings = list(Rating.objects.order_by("order"))
        for n in range(count):
            claim = make_claim(f"Claim {n} of {count}", article=article, words=f"Sentence number {n} ")
            make_verdict(claim, ratings[n % len(ratings)].slug)
        return article

    def test_the_page_takes_at_most_six_queries_with_one_claim_or_a_hundred(self):
        for count in (1, 100):
            article = self.article_with(count)
            with self.subTest(count), self.assertNumQueries(6):
                html = page_of_once(article, self.amna)
            self.assertEqual(html.count('role="note"'), count)


def page_of_once(article, client):
    return client.get(article.get_absolute_url()).content.decode()


class WordsTests(TestCase):
    def test_words_that_went_are_found_by_neighbours_that_stand_once(self):
        text = "Troops have left. Several bases have been fired on in recent weeks. Nobody said why."
        table = [
            ("Troops have left. ", " have been fired on", 18),
            ("gone altogether now ", " have been fired on in recent", 31),
            ("short", "short", None),
            ("not there at all, no", "nor is this, not at all", None),
        ]
        for before, after, found in table:
            with self.subTest(before):
                self.assertEqual(where_words_stood(before, after, text), found)

    def test_neighbours_that_stand_twice_prove_nothing(self):
        text = "The same sentence here. The same sentence here. "
        self.assertIsNone(where_words_stood("The same sentence here. ", "", text))

    def test_long_words_are_cut_between_words(self):
        self.assertEqual(shortened("as printed"), "as printed")
        self.assertEqual(shortened("word " * 30), "word " * 12 + "…")
