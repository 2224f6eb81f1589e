"""The search page: one box, results with their status beside every headline, and refusals that say what to write."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.generic import TemplateView

from articles.filters import Problem, quoted
from newsroom.core.pages import AFTER, BadCursor
from newsroom.core.search import QueryRefused, parse

from .context import site
from .search_forms import Address
from .search_page import SearchPage


class SearchView(TemplateView):
    """`/search/?q=`: articles, claims and sources that readers may see, best match first. Without words, how to ask."""

    template_name = "newsroom/search.html"

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        self.address = address = Address(request.GET)
        if address.problems:
            return self.refuse(problems=address.problems)
        if address.narrows:
            return HttpResponseRedirect(request.path + address.narrowed)
        if not address.asked:
            return self.render_to_response(self.get_context_data())
        try:
            return self.render_to_response(self.get_context_data(page=self.page()))
        except QueryRefused as refusal:
            return self.refuse(refusal=refusal)
        except BadCursor as error:
            return self.refuse(problems=[Problem(AFTER, str(error))])

    def page(self) -> SearchPage:
        """What was found. Raise QueryRefused or BadCursor."""
        address = self.address
        return SearchPage(parse(address.asked), address.asked, address.kind, address.after, timezone.now())

    def refuse(self, **what_is_wrong: Any) -> HttpResponse:
        """The page with what is wrong at the field, and nothing that could be taken for an answer."""
        return self.render_to_response(self.get_context_data(**what_is_wrong), status=400)

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        asked = self.address.asked
        return super().get_context_data(
            address=self.address, asked=asked, title_words=quoted(asked), **self.other_addresses(), **kwargs
        )

    def other_addresses(self) -> dict[str, Any]:
        """The same search in the other languages of the interface, and its one address for citations."""
        query = self.request.GET.urlencode()
        known = site(self.request)
        if not query:
            return {}
        return {
            "other_languages": [
                {**other, "url": f"{other['url']}?{query}"} for other in known["other_languages"]
            ],
            "canonical_url": f"{known['canonical_url']}?{query}",
        }
