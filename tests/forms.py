"""Filling in the desk's forms as a browser does: every field of the page is posted, line ends as CRLF."""

from html.parser import HTMLParser

from django.http import HttpResponse
from django.test import Client


class FormReader(HTMLParser):
    """The fields of the page's forms, with the values a browser would post untouched."""

    def __init__(self, skip: tuple[str, ...] = ("logout-form", "changelist-search")):
        super().__init__(convert_charrefs=True)
        self.fields: dict[str, list[str]] = {}
        self.skip, self.inside = skip, False
        self.select = self.option = self.area = None

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form":
            self.inside = given.get("method", "").lower() == "post" and given.get("id") not in self.skip
        if not self.inside:
            return
        if tag == "input" and given.get("name") and given.get("type") not in ("submit", "file", "button"):
            ticked = given.get("type") in ("checkbox", "radio")
            if not ticked or "checked" in given:
                self.add(given["name"], given.get("value", "on" if ticked else ""))
        elif tag == "select":
            self.select, self.chosen = given.get("name"), []
            self.first, self.multiple = None, "multiple" in given
        elif tag == "option" and self.select:
            value = given.get("value", "")
            self.first = value if self.first is None else self.first
            if "selected" in given:
                self.chosen.append(value)
        elif tag == "textarea":
            self.area, self.words = given.get("name"), ""

    def handle_data(self, data):
        if self.area:
            self.words += data

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = False
        elif tag == "select" and self.select:
            chosen = self.chosen or ([] if self.multiple or self.first is None else [self.first])
            for value in chosen:
                self.add(self.select, value)
            self.select = None
        elif tag == "textarea" and self.area:
            self.add(self.area, self.words.removeprefix("\n"))
            self.area = None

    def add(self, name, value):
        self.fields.setdefault(name, []).append((value or "").replace("\n", "\r\n"))


def fields_of(response: HttpResponse) -> dict[str, list[str]]:
    """What a browser would post from this page, untouched."""
    reader = FormReader()
    reader.feed(response.content.decode())
    fields = reader.fields
    # The empty rows that a script would copy are never posted.
    return {name: values for name, values in fields.items() if "__prefix__" not in name}


def fill_in(client: Client, address: str, changes: dict | None = None, **more) -> HttpResponse:
    """Open the page, change the fields named, press the button. Return what comes back."""
    page = client.get(address)
    if page.status_code != 200:
        raise AssertionError(f"{address} answered {page.status_code}")
    return send(client, address, page, changes, **more)


def send(
    client: Client, address: str, page: HttpResponse, changes: dict | None = None, **more
) -> HttpResponse:
    """Press the button of a page that was opened before."""
    given = fields_of(page)
    given.update(changes or {})
    given.update(more)
    return client.post(address, {name: value for name, value in given.items() if value is not None})


def errors_of(response: HttpResponse) -> dict[str, list[str]]:
    """The errors of the admin form, or of the act's form, on the page."""
    context = response.context
    form = context["adminform"].form if "adminform" in context else context["form"]
    return {name: [str(error) for error in errors] for name, errors in form.errors.items()}


def messages_of(response: HttpResponse) -> list[str]:
    """What the page that follows tells the editor."""
    return [str(message) for message in response.wsgi_request._messages]
