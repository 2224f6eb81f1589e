"""The editor in Chromium: preview, counts, paste, pictures, the copy of what was not saved; and without JavaScript."""

import tempfile

from django.test import override_settings
from django.urls import reverse

from articles.models import Article, ArticleVersion, Contributor, Media, Tag
from tests.articles.test_admin_pages import PIXEL
from tests.articles.test_counting import LENGTHS, WORDS
from tests.browser import BrowserTestCase
from tests.desk import LiveCast
from tests.factories import make_article, make_redaction, revise
from tests.html_checks.axe import axe_violations

PASTE = """([html, text]) => {
  const data = new DataTransfer();
  if (html) data.setData("text/html", html);
  data.setData("text/plain", text);
  const body = document.getElementById("id_body");
  body.focus();
  const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  return body.dispatchEvent(event);
}"""


WITHOUT_SCRIPT = """() => {
  const draw = document.querySelector("[data-part=draw]");
  draw.replaceWith(draw.cloneNode(true));
}"""


def wait_for(page, selector: str, words: str) -> None:
    """Wait until the words stand there. The page's policy lets no script of a test be evaluated again and again."""
    page.locator(selector, has_text=words).first.wait_for(state="attached")


class EditorInChromium(LiveCast, BrowserTestCase):
    def setUp(self):
        super().setUp()
        self.article = make_article(standfirst="What is known.", tags=["Iraq"], published=False)

    def open(self, width: int = 1280, article: Article | None = None, **more):
        page = self.page(width, user=self.bilal, **more)
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(self.address(article or self.article))
        return page

    def address(self, article: Article) -> str:
        return reverse("admin:articles_article_change", args=[article.pk])

    def newest(self):
        return Article.objects.get(pk=self.article.pk).latest_version

    def drawn(self, page, words: str):
        wait_for(page, "[data-part=preview]", words)


class PreviewTests(EditorInChromium):
    def test_the_words_are_drawn_beside_the_source_while_they_are_typed(self):
        page = self.open()
        self.drawn(page, "Six bases were handed over")
        page.fill("#id_body", "Only *these* words.")
        self.drawn(page, "Only these words.")
        self.assertEqual(page.locator("[data-part=preview] em").inner_text(), "these")
        page.fill("#id_headline", "Another headline")
        self.drawn(page, "Another headline")
        source, preview = (
            page.locator("#id_body").bounding_box(),
            page.locator("[data-part=preview]").bounding_box(),
        )
        self.assertGreater(preview["x"], source["x"] + source["width"] - 1)

    def test_a_change_of_form_is_proposed_as_minor_and_a_tick_for_more_is_answered(self):
        page = self.open()
        self.drawn(page, "Six bases were handed over")
        page.fill("#id_dateline", "BAGHDAD")
        wait_for(page, "[data-part=minor]", "you may call this minor")
        page.check("#id_minor")
        self.assertEqual(page.inner_text("[data-part=minor]"), "")
        page.fill("#id_headline", "Another headline")
        wait_for(page, "[data-part=minor]", "this change is not minor")
        page.uncheck("#id_minor")
        self.assertEqual(page.inner_text("[data-part=minor]"), "")

    def test_what_is_wrong_is_told_with_a_way_to_its_line_and_the_last_drawing_stays(self):
        page = self.open()
        page.fill("#id_body", "Fine.\n\nFine.\n\n[bad](javascript:alert)")
        page.locator("[data-part=problems] .go").click()
        self.assertIn("Line 5", page.inner_text("[data-part=problems]"))
        chosen = page.evaluate("id_body.value.slice(id_body.selectionStart, id_body.selectionEnd)")
        self.assertEqual(chosen, "[bad](javascript:alert)")
        self.assertIn("Six bases were handed over", page.inner_text("[data-part=preview]"))
        page.fill("#id_body", "All is well.")
        self.drawn(page, "All is well.")
        self.assertTrue(page.locator("[data-part=problems]").is_hidden())

    def test_a_late_answer_never_takes_the_place_of_a_newer_one(self):
        page = self.open()
        self.drawn(page, "Six bases")
        held = []

        def hold_the_first(route):
            if "First" in (route.request.post_data or "") and not held:
                held.append(route)
            else:
                route.continue_()

        page.route("**/draw/**", hold_the_first)
        page.fill("#id_body", "First words.")
        page.wait_for_timeout(700)
        page.fill("#id_body", "Second words.")
        self.drawn(page, "Second words.")
        for route in held:
            route.continue_()
        page.wait_for_timeout(300)
        self.assertIn("Second words.", page.inner_text("[data-part=preview]"))

    def test_a_long_text_is_not_drawn_at_every_letter_and_the_page_says_so(self):
        page = self.open()
        self.drawn(page, "Six bases")
        asked = []
        page.on("request", lambda request: asked.append(request.url) if "/draw/" in request.url else None)
        page.evaluate("id_body.value = 'Words of a very long text. '.repeat(9000) + '\\n\\nThe end.'")
        page.evaluate("id_body.dispatchEvent(new Event('input', {bubbles: true}))")
        page.wait_for_timeout(900)
        self.assertEqual(asked, [])
        self.assertIn("drawn when you press the button", page.inner_text("[data-part=state]"))
        page.click("[data-part=draw]")
        self.drawn(page, "The end.")

    def test_a_drawing_that_comes_once_the_text_grew_long_does_not_say_that_it_is_up_to_date(self):
        held = []
        page = self.page(user=self.bilal)
        page.route("**/draw/**", lambda route: held.append(route))
        page.goto(self.address(self.article))
        self.until(page, "document.querySelector('[data-part=state]').textContent !== ''")
        page.evaluate("id_body.value = 'Words of a very long text. '.repeat(9000)")
        page.evaluate("id_body.dispatchEvent(new Event('input', {bubbles: true}))")
        for route in held:
            route.continue_()
        self.drawn(page, "Six bases")
        self.assertIn("drawn when you press the button", page.inner_text("[data-part=state]"))

    def test_on_a_phone_the_preview_opens_when_asked_for_and_nothing_sticks_out(self):
        page = self.open(360)
        self.assertTrue(page.locator("[data-part=pane]").is_hidden())
        page.click("[data-part=draw]")
        self.drawn(page, "Six bases")
        self.assertLessEqual(page.evaluate("document.documentElement.scrollWidth"), 360)
        page.click("[data-part=draw]")
        self.assertTrue(page.locator("[data-part=pane]").is_hidden())
        self.assertTrue(page.locator("[name=_save]").is_visible())

    def test_a_signed_out_editor_is_told_and_keeps_the_words(self):
        page = self.open()
        self.drawn(page, "Six bases")
        page.context.clear_cookies()
        page.fill("#id_body", "Words typed late.")
        wait_for(page, "[data-part=state]", "signed out")
        self.assertEqual(page.input_value("#id_body"), "Words typed late.")
        self.complaints[:] = [each for each in self.complaints if "403" not in each]


class CountTests(EditorInChromium):
    def test_the_script_counts_as_the_desk_does(self):
        page = self.open()
        for source, count in WORDS:
            with self.subTest(source=source):
                self.assertEqual(page.evaluate("each => Newsroom.editor.text.wordsIn(each)", source), count)
        for line, length in LENGTHS:
            with self.subTest(line=line):
                self.assertEqual(page.evaluate("each => Newsroom.editor.text.lengthOf(each)", line), length)

    def test_counts_go_along_and_a_long_headline_is_remarked_upon(self):
        page = self.open()
        page.fill("#id_body", "One two three.")
        wait_for(page, "[data-part=words]", "Words: 3")
        for length, remark in ((60, ""), (120, "long for a list"), (301, "too long to be saved")):
            with self.subTest(length=length):
                page.fill("#id_headline", "x" * length)
                wait_for(page, "[data-part=length]", f"{length} of")
                self.assertIn(remark, page.inner_text("[data-part=length-remark]"))


class PasteTests(EditorInChromium):
    def paste(self, page, html: str, text: str) -> bool:
        return page.evaluate(PASTE, [html, text])

    def said(self, page, words: str):
        wait_for(page, "[data-part=pasted]", words)

    def test_formatted_words_come_in_as_markdown_and_what_was_left_out_is_said(self):
        page = self.open()
        page.evaluate(
            "id_body.value = 'Before.\\n\\nAfter.'; id_body.focus(); id_body.setSelectionRange(7, 7)"
        )
        html = "<h2>Head</h2><p>Six <b>bases</b></p><img src=x><p><a href='javascript:alert(1)'>link</a></p>"
        self.assertFalse(self.paste(page, html, "Head\nSix bases\nlink"))
        self.said(page, "Left out: 1 picture, 1 link")
        self.assertEqual(
            page.input_value("#id_body"), "Before.\n\n## Head\n\nSix **bases**\n\nlink\n\nAfter."
        )
        self.drawn(page, "Six bases")

    def test_one_undo_gives_the_plain_words_back_and_the_next_takes_them_away(self):
        page = self.open()
        page.fill("#id_body", "")
        page.focus("#id_body")
        self.paste(page, "<p>Six <b>bases</b> were <i>left</i></p>", "Six bases were left")
        self.said(page, "nothing was left out")
        self.assertEqual(page.input_value("#id_body"), "Six **bases** were *left*")
        page.keyboard.press("Control+z")
        self.assertEqual(page.input_value("#id_body"), "Six bases were left")
        page.keyboard.press("Control+z")
        self.assertEqual(page.input_value("#id_body"), "")

    def test_words_of_a_line_go_into_the_line(self):
        page = self.open()
        page.evaluate("id_body.value = 'The base fell.'; id_body.focus(); id_body.setSelectionRange(4, 8)")
        self.paste(page, "<meta charset=utf-8><b>sixth base</b>", "sixth base")
        self.said(page, "nothing was left out")
        self.assertEqual(page.input_value("#id_body"), "The **sixth base** fell.")

    def test_plain_text_is_left_to_the_browser_and_formatting_can_be_refused(self):
        page = self.open()
        self.assertTrue(self.paste(page, "", "plain"))
        page.check("[data-part=plain]")
        self.assertTrue(self.paste(page, "<b>bold</b>", "bold"))

    def test_the_plain_words_are_in_when_the_desk_does_not_answer(self):
        page = self.open()
        page.fill("#id_body", "")
        page.route("**/paste/**", lambda route: route.abort())
        self.paste(page, "<p>Six <b>bases</b></p>", "Six bases")
        self.said(page, "Pasted as plain text.")
        self.assertEqual(page.input_value("#id_body"), "Six bases")
        self.complaints[:] = [each for each in self.complaints if "paste" not in each]

    def test_what_is_too_big_is_pasted_plain_and_said(self):
        page = self.open()
        page.fill("#id_body", "")
        page.evaluate(
            f"""() => {{ const paste = {PASTE}; paste(['<p>' + 'x'.repeat(2000100) + '</p>', 'x']) }}"""
        )
        self.said(page, "too big")
        self.assertEqual(page.input_value("#id_body"), "x")


class PictureTests(EditorInChromium):
    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        kept = override_settings(MEDIA_ROOT=folder.name)
        kept.enable()
        self.addCleanup(kept.disable)

    def test_a_picture_is_uploaded_with_its_words_and_stands_in_the_text(self):
        page = self.open()
        page.fill("#id_body", "Before.")
        page.click("[data-part=picture]")
        page.click("[data-picture=upload]")
        self.assertIn("Choose a file.", page.inner_text("#picture-file-error"))
        self.assertIn("Say what the picture shows.", page.inner_text("#picture-alt-error"))
        page.set_input_files(
            "[data-picture=file]", {"name": "gate.gif", "mimeType": "image/gif", "buffer": b"no"}
        )
        page.fill("[data-picture=alt]", "A gate, seen from the road")
        page.click("[data-picture=upload]")
        wait_for(page, "#picture-file-error", "no JPEG")
        self.assertEqual(page.input_value("[data-picture=alt]"), "A gate, seen from the road")
        self.assertFalse(Media.objects.exists())
        self.complaints[:] = [each for each in self.complaints if "400" not in each]
        page.set_input_files(
            "[data-picture=file]", {"name": "gate.gif", "mimeType": "image/gif", "buffer": PIXEL}
        )
        page.click("[data-picture=upload]")
        page.wait_for_selector("#picture-dialog:not([open])", state="attached")
        media = Media.objects.get()
        self.assertEqual(
            page.input_value("#id_body"), f"Before.\n\n![A gate, seen from the road](media:{media.uid})"
        )
        page.wait_for_selector("[data-part=preview] figure img")
        self.assertIn("not released", page.inner_text("[data-part=notices]"))
        page.keyboard.press("Control+s")
        page.wait_for_selector(".messagelist .success")
        self.assertEqual([each["kind"] for each in self.newest().body["blocks"]], ["paragraph", "figure"])

    def test_one_that_is_here_is_chosen_by_what_it_shows(self):
        Media.objects.create(sha256="0" * 64, alt="A convoy", file="x.gif", extension="gif")
        media = Media.objects.create(sha256="0" * 64, alt="A gate", file="y.gif", extension="gif")
        page = self.open()
        page.route("**/file/", lambda route: route.fulfill(body=PIXEL, content_type="image/gif"))
        page.fill("#id_body", "")
        page.click("[data-part=picture]")
        page.fill("[data-picture=find]", "gate")
        page.wait_for_selector(".picture-list li:only-child")
        page.click(".picture-list button")
        self.assertEqual(page.input_value("#id_body"), f"![A gate](media:{media.uid})")


class DraftTests(EditorInChromium):
    def kept(self, page):
        wait_for(page, "[data-part=kept]", "Kept in this browser")

    def test_words_that_were_not_saved_are_offered_back_taken_and_gone_after_saving(self):
        page = self.open()
        page.fill("#id_body", "Words that were never saved.")
        self.kept(page)
        page.goto(self.address(self.article))
        self.assertIn("that was not saved", page.inner_text("[data-part=offer]"))
        self.assertNotIn("never saved", page.input_value("#id_body"))
        page.click("[data-part=take]")
        self.assertEqual(page.input_value("#id_body"), "Words that were never saved.")
        self.kept(page)
        page.click("[name=_continue]")
        page.wait_for_selector(".messagelist .success")
        self.assertEqual(self.newest().body_text, "Words that were never saved.")
        self.assertTrue(page.locator("[data-part=offer]").is_hidden())
        self.assertEqual(
            page.evaluate("Object.keys(localStorage).filter(each => each.includes('draft'))"), []
        )

    def test_words_thrown_away_are_not_offered_again(self):
        page = self.open()
        page.fill("#id_body", "Words that nobody wants.")
        self.kept(page)
        page.reload()
        page.click("[data-part=throw]")
        page.reload()
        self.assertTrue(page.locator("[data-part=offer]").is_hidden())

    def test_words_from_an_older_version_are_compared_and_never_overwrite_the_newer_one(self):
        page = self.open()
        page.fill("#id_body", "Words from version 1.")
        self.kept(page)
        revise(self.article, live=False, paragraphs=["Words of version 2."])
        page.goto(self.address(self.article))
        self.assertIn("made from version 1; there is a newer one", page.inner_text("[data-part=offer]"))
        page.click("[data-part=take]")
        page.click("[name=_continue]")
        self.assertIn("Words of version 2.", page.inner_text(".overtaken"))
        self.assertEqual(page.input_value("#id_body"), "Words from version 1.")
        self.assertEqual(self.newest().number, 2)

    def test_words_kept_from_before_a_removal_do_not_bring_the_removed_ones_back(self):
        page = self.open()
        page.fill("#id_body", f"{page.input_value('#id_body')} Karim Aziz drove.")
        page.fill("#id_reason", "The driver is named.")
        page.click("[name=_continue]")
        page.wait_for_selector(".messagelist .success")
        page.fill("#id_body", f"{page.input_value('#id_body')} Alone.")
        self.kept(page)
        make_redaction(self.newest(), "Karim Aziz")
        page.goto(self.address(self.article))
        page.click("[data-part=take]")
        self.assertIn("Karim Aziz", page.input_value("#id_body"))
        page.click("[name=_continue]")
        self.assertIn("Words were removed from this version by order", page.inner_text(".errorlist.nonfield"))
        self.assertEqual(ArticleVersion.objects.filter(body_text__contains="Karim Aziz").count(), 0)

    def test_somebody_else_at_the_same_browser_is_offered_nothing(self):
        page = self.open()
        page.fill("#id_body", "Words of Bilal.")
        self.kept(page)
        page.context.add_cookies([self._session_cookie(self.noor)])
        page.goto(self.address(self.article))
        self.assertTrue(page.locator("[data-part=offer]").is_hidden())

    def test_leaving_unsaved_words_asks_first_and_saved_ones_does_not(self):
        page = self.page(user=self.bilal)
        asked = []
        page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
        page.goto(self.address(self.article))
        page.click("#id_body")
        page.keyboard.type("Typed. ")
        page.goto("/admin/")
        self.assertEqual(asked, ["beforeunload"])
        page.goto(self.address(self.article))
        page.click("[data-part=throw]")
        page.click("#id_body")
        page.keyboard.type("Typed. ")
        page.click("[name=_save]")
        page.wait_for_selector(".messagelist")
        self.assertEqual(asked, ["beforeunload"])


class HandTests(EditorInChromium):
    def test_keys_wrap_the_words_chosen_and_save(self):
        page = self.open()
        page.evaluate("id_body.value = 'Six bases fell.'; id_body.focus(); id_body.setSelectionRange(4, 9)")
        page.keyboard.press("Control+b")
        self.assertEqual(page.input_value("#id_body"), "Six **bases** fell.")
        page.keyboard.press("Control+b")
        self.assertEqual(page.input_value("#id_body"), "Six bases fell.")
        page.keyboard.press("Control+i")
        self.assertEqual(page.input_value("#id_body"), "Six *bases* fell.")
        page.keyboard.press("Control+s")
        page.wait_for_selector(".messagelist .success")
        self.assertEqual(self.newest().body["blocks"][0]["spans"][0]["kind"], "emphasis")

    def test_tags_are_offered_while_they_are_typed_and_chosen_by_keyboard(self):
        for name in ("Iran", "Iron bridge"):
            Tag.objects.create(name=name)
        page = self.open()
        page.click("#id_tags")
        page.keyboard.press("End")
        page.keyboard.type(", ir")
        page.wait_for_selector("#tags-found li")
        self.assertEqual(page.locator("#tags-found li").all_inner_texts(), ["Iran", "Iron bridge"])
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        self.assertEqual(page.get_attribute("#id_tags", "aria-activedescendant"), "tag-1")
        page.keyboard.press("Enter")
        self.assertEqual(page.input_value("#id_tags"), "Iraq, Iron bridge, ")
        self.assertTrue(page.locator("#tags-found").is_hidden())

    def test_a_byline_is_added_from_the_autocomplete_of_its_row(self):
        Contributor.objects.create(name="Imran Haider")
        page = self.open()
        page.click("#bylines-group .add-row a")
        page.click("#bylines-0 .select2-selection")
        page.fill(".select2-search__field", "Imran")
        page.click(".select2-results__option--highlighted")
        page.click("[name=_save]")
        page.wait_for_selector(".messagelist")
        self.assertEqual([str(byline) for byline in self.article.bylines.all()], ["Imran Haider"])

    def test_an_urdu_text_is_typed_and_drawn_from_right_to_left(self):
        urdu = make_article("چھٹا اڈہ", ["اڈہ حوالے کر دیا۔"], language="ur", published=False)
        page = self.open(article=urdu)
        self.drawn(page, "اڈہ حوالے")
        for selector in ("#id_body", "[data-part=preview] .sheet"):
            with self.subTest(selector=selector):
                self.assertEqual(
                    page.evaluate(f"getComputedStyle(document.querySelector('{selector}')).direction"), "rtl"
                )


class AccessTests(EditorInChromium):
    def test_axe_finds_nothing_on_the_page_its_dialog_and_its_lists(self):
        for width, dark in ((1280, False), (360, True)):
            with self.subTest(width=width, dark=dark):
                page = self.open(width, dark=dark)
                page.fill("#id_headline", "x" * 301)
                page.fill("#id_body", "Fine.\n\n[bad](javascript:alert)")
                page.click("[data-part=draw]") if width == 360 else None
                wait_for(page, "[data-part=problems]", "Line 3")
                self.assertEqual(axe_violations(page, preload=False), [])
                page.click("[data-part=picture]")
                page.wait_for_selector("#picture-dialog[open]")
                page.click("[data-picture=upload]")
                self.assertEqual(axe_violations(page, preload=False), [])
                page.context.close()

    def test_axe_finds_nothing_on_the_preview_without_javascript(self):
        page = self.page(user=self.bilal)
        page.goto(self.address(self.article))
        # Its twin has no script on it: it posts the form as the button does where no script runs.
        page.evaluate(WITHOUT_SCRIPT)
        with page.context.expect_page() as opened:
            page.evaluate("document.querySelector('[data-part=draw]').click()")
        opened.value.wait_for_load_state()
        self.assertEqual(axe_violations(opened.value, preload=False), [])


class WithoutJavaScriptTests(EditorInChromium):
    def test_the_preview_opens_in_another_tab_and_the_words_are_saved(self):
        page = self.open(javascript=False)
        page.fill("#id_body", "Typed *without* a script.")
        with page.context.expect_page() as opened:
            page.click("[data-part=draw]")
        self.assertIn("Typed without a script.", opened.value.inner_text(".sheet"))
        self.assertEqual(page.input_value("#id_body"), "Typed *without* a script.")
        self.assertTrue(page.locator("[data-part=picture]").get_attribute("href").endswith("/media/add/"))
        page.click("[name=_save]")
        self.assertEqual(self.newest().body_text, "Typed without a script.")
