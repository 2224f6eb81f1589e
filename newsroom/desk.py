"""Sign-in, sessions, CSRF and messages for the desk alone: public pages neither read nor set a cookie."""

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest
from django.middleware.csrf import CsrfViewMiddleware

DESK = "/admin/"


def is_desk(request: HttpRequest) -> bool:
    """Whether the address belongs to the desk."""
    return request.path_info.startswith(DESK)


class DeskOnly:
    """Mixed into a middleware: addresses outside the desk pass it by."""

    def __call__(self, request: HttpRequest):
        return super().__call__(request) if is_desk(request) else self.get_response(request)


class DeskSessionMiddleware(DeskOnly, SessionMiddleware):
    pass


class DeskAuthenticationMiddleware(DeskOnly, AuthenticationMiddleware):
    pass


class DeskMessageMiddleware(DeskOnly, MessageMiddleware):
    pass


class DeskCsrfMiddleware(DeskOnly, CsrfViewMiddleware):
    """Public forms carry a ticket of their own (core/public_forms.py); no cookie is ever set outside the desk."""

    def process_view(self, request, callback, callback_args, callback_kwargs):
        if not is_desk(request):
            return None
        return super().process_view(request, callback, callback_args, callback_kwargs)
