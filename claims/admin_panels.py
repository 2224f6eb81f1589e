"""Tables of places, evidence and verdicts beside the forms of the desk."""

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.models import Article
from newsroom.core.admin_panels import Panel, short

from .models import Appearance, Placement, Verdict

# The sheet beside it shows them all: here stand the first, and the page stays small.
IN_ARTICLE = 10
WIDE = ("version__body", "version__body_text", "version__standfirst", "version__furniture")


def page(name: str, key) -> str:
    return reverse(f"admin:claims_{name}_change", args=[key])


def listing(name: str, query: str) -> str:
    return f"{reverse(f'admin:claims_{name}_changelist')}?{query}"


def with_newest_placement(appearances):
    """Each with its standing placement in the newest version, as `newest_places[0]`."""
    placements = Placement.objects.filter(ended_at__isnull=True).order_by("-version__number", "-id")
    return appearances.prefetch_related(Prefetch("placements", queryset=placements, to_attr="newest_places"))


def standing(appearance: Appearance) -> Placement | None:
    """The placement in the newest version, from `with_newest_placement`."""
    return appearance.newest_places[0] if appearance.newest_places else None


def words(appearance: Appearance) -> str:
    placement = standing(appearance)
    if placement is None:
        return _("on no words now")
    return f"“{placement.exact}”" if placement.exact else placement.get_anchor_display()


def claims_panel(article: Article, flagging_at: str) -> Panel:
    """The claims in one article, with the way to the sheet on which words are flagged; empty for whoever may not."""
    rows = Appearance.objects.filter(article=article).select_related("claim").order_by("id")
    lines, more = short(
        with_newest_placement(rows),
        lambda each: [
            (each.claim.statement, page("claim", each.claim_id)),
            words(each),
            each.get_role_display(),
            each.get_match_display(),
            each.claim.get_work_state_display(),
            (_("this place"), page("appearance", each.pk)),
        ],
        most=IN_ARTICLE,
    )
    return Panel(
        title=_("Claims in this article"),
        columns=[_("Claim"), _("Words in the newest version"), _("The article"), _("Match"), _("Work"), ""],
        rows=lines,
        empty=_("No claim was flagged in this article."),
        more=(_("All claims"), listing("appearance", f"article__id__exact={article.pk}")) if more else None,
        add=(_("Read and flag"), flagging_at) if flagging_at else None,
    )


def approvals_panel(verdict: Verdict) -> Panel:
    """Who decided what on a verdict."""
    return Panel(
        title=_("Decisions"),
        columns=[_("Person"), _("Decision"), _("Note"), _("At")],
        rows=[
            [str(each.user), each.get_decision_display(), each.note, each.at]
            for each in verdict.approvals.select_related("user").order_by("id")
        ],
        empty=_("Nobody decided on it yet."),
    )


def rests_on_panel(verdict: Verdict, evidence: list) -> Panel:
    """The evidence of a verdict."""
    return Panel(
        title=_("Rests on"),
        explains=_("Whatever is found until it is proposed; frozen from then on."),
        columns=[_("Evidence"), _("Stance"), _("Level"), _("Source")],
        rows=[
            [
                (piece.title, page("evidence", piece.pk)),
                piece.get_stance_display(),
                piece.get_level_display(),
                str(piece.source),
            ]
            for piece in evidence
        ],
        empty=_("No evidence yet: a verdict cannot be proposed without."),
    )


def placements_panel(appearance: Appearance) -> Panel:
    """Where the words stand in each version."""
    rows = appearance.placements.select_related("version").defer(*WIDE).order_by("-version__number", "-id")
    lines, more = short(
        rows,
        lambda each: [
            (_("Version %(number)s") % {"number": each.version.number}, page("placement", each.pk)),
            each.get_field_display(),
            f"“{each.exact}”" if each.exact else "",
            "" if each.start is None else f"{each.start}–{each.end}",
            each.get_anchor_display(),
            each.why,
        ],
    )
    return Panel(
        title=_("Where the words stand"),
        explains=_(
            "Counted in characters of the field, from 0. A page shows the place in its own version, nothing else."
        ),
        columns=[_("Version"), _("Stands in"), _("Words"), _("From–to"), _("Anchor"), _("Why")],
        rows=lines,
        more=(_("All of them"), listing("placement", f"appearance__id__exact={appearance.pk}"))
        if more
        else None,
    )
