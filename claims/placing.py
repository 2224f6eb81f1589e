"""Acts on one place as the desk's page does them: each begins from what the editor saw, and knows its reverse.

`Seen` is the place as it was on the page. Where the place is no longer so, whoever comes second reads how it stands now
and nothing is written: nobody confirms words that changed under their hands.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from . import workflow
from .models import Appearance, Placement

Match, Role = Appearance.Match, Appearance.Role
WIDE = tuple(f"version__{name}" for name in ("body", "body_text", "standfirst", "furniture"))
ROLE = "role-"
# Suggested is no judgement of its own: it comes back only where a judgement is taken back.
MATCHES = {each.value: each for each in Match}
EXEMPT, SHOW_AGAIN, DETACH = "exempt", "end-exemption", "detach"
ASK_WHY = (EXEMPT, DETACH)
ACTS = (*MATCHES, *(f"{ROLE}{role}" for role in Role.values), EXEMPT, SHOW_AGAIN, DETACH)


@dataclass(frozen=True)
class Reverse:
    """The act that puts things back, and the reason it needs, if any."""

    act: str
    reason: str = ""


@dataclass(frozen=True)
class Done:
    """What an act came to, in a sentence; `undo` is None where nothing puts it back."""

    said: str
    undo: Reverse | None = None


def seen(appearance: Appearance, places: list[Placement]) -> str:
    """The state of a place in one word, for the page to hand back with the act."""
    exempt = "exempt" if appearance.exempt else "shown"
    words = "+".join(f"{each.pk}-{each.anchor}" for each in places) or "nowhere"
    return f"{appearance.match}.{appearance.role}.{exempt}.{words}"


def standing_places(appearances: list[int]) -> dict[int, list[Placement]]:
    """The standing placements of these appearances in the versions readers see and in the newest, older first."""
    article = "appearance__article__"
    rows = (
        Placement.objects.standing()
        .filter(appearance__in=appearances)
        .filter(Q(version=F(f"{article}live_version")) | Q(version=F(f"{article}latest_version")))
        .select_related("version", "carried_from__version")
        .defer(*WIDE, *(f"carried_from__{name}" for name in WIDE))
        .order_by("version__number", "pk")
    )
    found: dict[int, list[Placement]] = {key: [] for key in appearances}
    for row in rows:
        found[row.appearance_id].append(row)
    return found


@transaction.atomic
def act_on(appearance: Appearance, act: str, *, by, begins: str, reason: str = "") -> Done:
    """Do the act of that name (one of ACTS) to the place, which stands as `begins` says.

    Raise workflow.SomebodyWasFaster where it does not, WorkflowRefused and access.Barred as the acts themselves do.
    """
    fresh = Appearance.objects.select_related("claim", "article").select_for_update(of=("self",))
    row = fresh.get(pk=appearance.pk)
    places = standing_places([row.pk])[row.pk]
    if seen(row, places) != begins:
        raise workflow.SomebodyWasFaster
    if act in MATCHES:
        return judge(row, act, by)
    if act.startswith(ROLE):
        return give_role(row, act.removeprefix(ROLE), by)
    return OTHERS[act](row, places, by, reason)


def judge(row: Appearance, match: str, by) -> Done:
    before = row.match
    if match == before:
        return Done(_("It was judged so already: %(match)s.") % {"match": row.get_match_display()})
    workflow.judge_match(row, match, by=by)
    return Done(_("Judged: %(match)s.") % {"match": row.get_match_display()}, Reverse(before))


def give_role(row: Appearance, role: str, by) -> Done:
    before = row.role
    if role == before:
        return Done(_("The article does so already: %(role)s.") % {"role": row.get_role_display()})
    workflow.set_role(row, role, by=by)
    return Done(_("The article: %(role)s.") % {"role": row.get_role_display()}, Reverse(f"{ROLE}{before}"))


def exempt(row: Appearance, _places: list[Placement], by, reason: str) -> Done:
    workflow.exempt(row, by=by, reason=reason)
    return Done(_("The verdict is not shown in this place."), Reverse(SHOW_AGAIN))


def show_again(row: Appearance, _places: list[Placement], by, _reason: str) -> Done:
    before = row.exempt_reason
    workflow.end_exemption(row, by=by)
    return Done(_("The verdict is shown in this place again."), Reverse(EXEMPT, before))


def detach(row: Appearance, places: list[Placement], by, reason: str) -> Done:
    """From what readers see on; the act itself takes it off the versions that wait as well."""
    if not places:
        raise workflow.WorkflowRefused(_("The claim stands on no words here."))
    places[0].appearance = row
    workflow.detach(places[0], by=by, why=reason)
    return Done(_("The claim is off these words. Flag the right ones where they stand."))


OTHERS: dict[str, Callable[[Appearance, list[Placement], object, str], Done]] = {
    EXEMPT: exempt,
    SHOW_AGAIN: show_again,
    DETACH: detach,
}
