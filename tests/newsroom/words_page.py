"""A page of sheets for the tests of words.js: what the desk's page promises that script, drawn by the real renderer.

Its addresses: /admin/words/?seed=1&first=0&count=50 (generated articles), /admin/words/article/ (two articles to try).
They lie under the desk's own, for its policy lets scripts run.
"""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from articles.text import Mark, render_blocks, render_line

from .words_texts import Text, texts

PAGE = """{% load static %}<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Words</title>
<meta name="viewport" content="width=device-width">
<link rel="icon" href="{% static 'newsroom/icon.svg' %}">
<link rel="stylesheet" href="{% static 'newsroom/ink.css' %}">
<link rel="stylesheet" href="{% static 'newsroom/newsroom.css' %}">
<script src="{% static 'newsroom/words.js' %}" defer></script>
<script src="{% static 'newsroom/words_cursor.js' %}" defer></script></head>
<body><p id="before">Before the sheets.</p>
<p id="keys" hidden>Arrows move from word to word.</p>
{% for sheet in sheets %}
<section id="sheet-{{ sheet.number }}" lang="{{ sheet.language }}" dir="{{ sheet.direction }}"
 aria-label="Sheet {{ sheet.number }}" data-words data-keys="keys">
<h1 data-field="headline" data-start="0">{{ sheet.headline }}</h1>
<p data-aside>The margin of the headline</p>
<div data-field="body">
{% for row in sheet.rows %}<div><p data-aside>{{ row.number }} beside it</p>
{{ row.html }}</div>
{% endfor %}</div></section>
{% endfor %}
<p id="after">After the sheets. <input aria-label="A field"></p></body></html>"""


def generated(request: HttpRequest) -> HttpResponse:
    """Some of the generated articles."""
    seed, first, count = (int(request.GET[name]) for name in ("seed", "first", "count"))
    return _page(texts(seed, first, count))


def article(request: HttpRequest) -> HttpResponse:
    """An article in English and one in Urdu."""
    return _page(ARTICLES)


def _page(articles: list[Text]) -> HttpResponse:
    page = engines["django"].from_string(PAGE)
    return HttpResponse(page.render({"sheets": [_sheet(text) for text in articles]}))


def _sheet(text: Text) -> dict:
    taken: set[str] = set()
    return {
        "number": text.number,
        "language": text.language,
        "direction": "rtl" if text.language == "ur" else "ltr",
        "headline": render_line(text.headline, text.marks["headline"], taken=taken),
        "rows": render_blocks(text.body, text.marks["body"], taken=taken, starts=True),
    }


def _article(
    number: int, headline: str, blocks: list[tuple[str, str]], marks: list[Mark], language: str
) -> Text:
    body = {"schema": 1, "blocks": [{"kind": kind, "text": text} for kind, text in blocks]}
    return Text(number, headline, body, {"headline": [], "body": marks}, [], language)


FIRST = "The US-led coalition gave up another of its bases on Tuesday, a military source said."
SECOND = (
    "Coalition troops have left six bases over the past few weeks. "
    "Washington put the “U.S. force” at 5,000, and there were more 👩🏽‍🚀 🇮🇶 to come."
)
ENGLISH = [
    ("paragraph", FIRST),
    ("paragraph", SECOND),
    ("table", "Base\tHanded over\nAl-Qaim\tMarch 17\nAbu Ghraib\tApril 7"),
    ("paragraph", "No group has said that it was behind the attacks."),
]
URDU = [
    ("paragraph", "اتحادی افواج نے ایک ہفتے میں چھٹا عراقی اڈہ خالی کر دیا، ایک فوجی ذریعے نے بتایا۔"),
    ("paragraph", "بے\u200cنظیر کِتاب ۲۰۲۰ میں U.S. میں چھپی۔"),
]
MARKED = len(FIRST) + 2 + SECOND.index("left six")
SIX = Mark(MARKED, MARKED + len("left six bases"), "six", 1, "contradicted", "Contradicted")
ARTICLES = [
    _article(1, "Coalition hands over sixth base in one week", ENGLISH, [SIX], "en"),
    _article(2, "چھٹا اڈہ ایک ہفتے میں", URDU, [], "ur"),
]

urlpatterns = [path("admin/words/", generated), path("admin/words/article/", article)]
