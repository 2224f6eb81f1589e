"""Every act on a removal: begin, propose, approve and so carry out, decline.

`redact` is all of them at once, and the only way in which printed words leave the archive: by order, by two people.
"""

import hashlib
from collections.abc import Collection, Iterable, Sequence

from django.apps import apps
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from newsroom.core import ledger
from newsroom.core.hygiene import cuts_character, is_blank
from newsroom.core.moments import moment
from newsroom.core.search import catch_up_now

from . import access, editing, removing
from .attrs import clean_line
from .editing import EditingRefused
from .models import Article, ArticleVersion, RedactedVersion, Redaction, RedactionPlace
from .passages import field_text
from .phrases import Phrases
from .removed_words import RemovalRefused, cuts_of, is_whole, pieces
from .sweeping import VERSION, Place, can_go, measured, row_of, sweep
from .wiping import wipe

State = Redaction.State
Span = tuple[str, int, int]  # field, from, to
FIELDS = ("headline", "standfirst", "body", "dateline", "furniture")
MAX_ORDER, MAX_REASON = 300, 80
MOST_PLACES = 2000
SHORTEST, SHORTEST_OF_WHOLE = 2, 12
# The notice stands in sentences, in JSON and in Markdown: nothing in it may end one of them.
NOT_IN_REASON = '[]"\\<>'


def redact(
    version: ArticleVersion, spans: Sequence[Span] | None, *, order: str, reason: str, by, approved_by
) -> Redaction:
    """Take the words at these spans of the version (all of it for None) out of the archive, as two people.

    Removed with them is every place of the article's own where they stand. Raise EditingRefused or Barred.
    """
    with transaction.atomic():
        redaction = begin(version, spans, order=order, reason=reason, by=by)
        usual = redaction.places.filter(removed=True).values_list("pk", flat=True)
        propose(redaction, set(usual), by=by)
        approve(redaction, redaction.places_sha256, by=approved_by)
    return redaction


@transaction.atomic
def begin(version: ArticleVersion, spans: Sequence[Span] | None, *, order: str, reason: str, by) -> Redaction:
    """Begin a removal: find every place where the words stand. Nobody but the desk sees it, and nothing is removed."""
    access.demand(access.why_not_redact(by))
    order, reason = said(order, MAX_ORDER), said(reason, MAX_REASON)
    check_reason(order, reason)
    article = Article.objects.select_for_update().get(pk=version.article_id)
    version = ArticleVersion.objects.get(pk=version.pk)
    chosen = whole(version) if spans is None else check_spans(version, spans)
    phrases = phrases_at(version, chosen)
    check_phrases(phrases, order, reason)
    redaction = Redaction(article=article, version=version, order=order, reason=reason)
    redaction.save(force_insert=True)
    keep_places(redaction, chosen_places(version, chosen), sweep(phrases, article))
    ledger.record("redaction.begin", redaction, by=by, article=str(article.uid), version=str(version.uid))
    return redaction


def said(words: str, limit: int) -> str:
    """One line of what somebody typed; empty where nothing of it is visible. Raise TextRefused past the limit."""
    line = clean_line(words, limit, _("%(length)d characters; %(limit)d is the most."))
    return "" if is_blank(line) else line


def check_reason(order: str, reason: str) -> None:
    if not order:
        raise EditingRefused(_("Say who orders the removal, with the reference."))
    if not reason:
        raise EditingRefused(_("Give the reason: readers see it where the words stood."))
    if any(sign in reason for sign in NOT_IN_REASON):
        raise EditingRefused(
            _("Write the reason without brackets, straight quotation marks and backslashes.")
        )


def whole(version: ArticleVersion) -> list[Span]:
    """All that was printed in the version, and what came with it."""
    return [(field, 0, len(text)) for field in FIELDS if (text := field_text(version, field))]


def check_spans(version: ArticleVersion, spans: Sequence[Span]) -> list[Span]:
    """The spans in their order. Raise EditingRefused for any that are not words of the version."""
    if not spans:
        raise EditingRefused(_("Choose the words that are to be removed."))
    for field, start, end in spans:
        if field not in FIELDS:
            raise EditingRefused(_("A version has no such field."))
        text = field_text(version, field)
        if not 0 <= start < end <= len(text) or is_blank(text[start:end]):
            raise EditingRefused(_("Choose at least one character, inside the text."))
        if cuts_character(text, start) or cuts_character(text, end):
            raise EditingRefused(_("This cuts a letter from its accent or an emoji in two. Choose it whole."))
        if cuts_notice(version, text, start, end):
            raise EditingRefused(
                _("Words are removed here already. Choose what stands beside the notice, or all of it.")
            )
    for field in {field for field, _start, _end in spans}:
        check_apart([(start, end) for name, start, end in spans if name == field])
    return sorted(spans)


def check_apart(ranges: list[tuple[int, int]]) -> None:
    try:
        cuts_of(ranges, "")
    except RemovalRefused as error:
        raise EditingRefused(_("Two of the places lie across each other. Choose them as one.")) from error


def cuts_notice(version: ArticleVersion, text: str, start: int, end: int) -> bool:
    """Whether the span begins or ends inside the notice of an earlier removal."""
    earlier = RedactedVersion.objects.filter(version=version)
    for notice in set(earlier.values_list("redaction__notice", flat=True)):
        at = text.find(notice)
        while at >= 0:
            if at < start < at + len(notice) or at < end < at + len(notice):
                return True
            at = text.find(notice, at + 1)
    return False


def phrases_at(version: ArticleVersion, chosen: Iterable[Span]) -> Phrases:
    """The words chosen, paragraph by paragraph. Of what goes whole, short lines are not looked for elsewhere."""
    found = []
    for field, start, end in chosen:
        text = field_text(version, field)
        parts = pieces(version.body, start, end) if field == "body" else [(start, end)]
        shortest = SHORTEST_OF_WHOLE if (start, end) == (0, len(text)) else 0
        found += [text[first:last] for first, last in parts if last - first >= shortest]
    return Phrases(found)


def check_phrases(phrases: Phrases, order: str, reason: str) -> None:
    """Raise EditingRefused for words that stand everywhere, and where the record itself would keep them."""
    if any(len(phrase) < SHORTEST for phrase in phrases.phrases):
        raise EditingRefused(_("One letter stands everywhere. Choose more words around it."))
    if phrases.stand_in(order) or phrases.stand_in(reason):
        raise EditingRefused(_("Do not repeat the words in the reason or the order: the record stays."))


def chosen_places(version: ArticleVersion, chosen: Iterable[Span]) -> list[Place]:
    """The places chosen by hand, those in the text by paragraphs unless it is all of it."""
    places = []
    for field, start, end in chosen:
        ranges = [(start, end)]
        if field == "body" and not is_whole(version.body, ranges):
            ranges = pieces(version.body, start, end)
        kept = measured(version, field)
        places += [Place(VERSION, str(version.uid), field, *span, measured=kept) for span in ranges]
    return places


def keep_places(redaction: Redaction, chosen: list[Place], found: Iterable[Place]) -> None:
    """Write the places; those found that lie across chosen ones are part of them."""
    places = [(place, True) for place in chosen]
    for place in found:
        if not any(across(place, other) for other in chosen):
            places.append((place, False))
        if len(places) > MOST_PLACES:
            raise EditingRefused(
                _("These words stand at more than %(count)d places. Choose longer ones.")
                % {"count": MOST_PLACES}
            )
    RedactionPlace.objects.bulk_create(
        RedactionPlace(
            redaction=redaction,
            table=place.table,
            **named(place.row),
            column=place.column,
            start=place.start,
            end=place.end,
            chosen=by_hand,
            removed=by_hand or place.usual,
            measured_sha256=place.measured,
        )
        for place, by_hand in places
    )


def across(place: Place, other: Place) -> bool:
    """Whether two places of one column share characters."""
    same = (place.table, place.row, place.column) == (other.table, other.row, other.column)
    return same and place.start is not None and place.start < other.end and other.start < place.end


def named(key: str) -> dict:
    """The columns that name a row."""
    return {"row_uid": key} if len(key) == 36 and key.count("-") == 4 else {"row_key": key}


@transaction.atomic
def propose(redaction: Redaction, ticked: Collection[int], *, by) -> None:
    """Freeze a draft with the places that are ticked, and lay it before a second person.

    The places chosen by hand belong to it always. What is not ticked stays, and the second person is told so.
    """
    access.demand(access.why_not_redact(by))
    places = list(redaction.places.order_by("pk"))
    wanted = {place.pk for place in places if place.chosen or (place.pk in ticked and is_removable(place))}
    redaction.places.filter(pk__in=wanted).update(removed=True)
    redaction.places.exclude(pk__in=wanted).update(removed=False)
    columns = {"proposed_by": by, "proposed_at": moment(), "places_sha256": digest_of(redaction)}
    move(redaction, State.DRAFT, state=State.PROPOSED, **columns)
    ledger.record("redaction.propose", redaction, by=by, places=redaction.places_sha256, count=len(wanted))


def is_removable(place: RedactionPlace) -> bool:
    """Whether a removal may write there at all."""
    model = apps.get_model(place.table)
    return can_go(model, model._meta.get_field(place.column))


def digest_of(redaction: Redaction) -> str:
    """SHA-256 over every place, whether it goes, and what it was measured on."""
    names = ("uid", "table", "row_uid", "row_key", "column", "start", "end", "removed", "measured_sha256")
    rows = redaction.places.order_by("pk").values_list(*names)
    return hashlib.sha256("\n".join(str(row) for row in rows).encode()).hexdigest()


def approve(redaction: Redaction, seen: str, *, by) -> None:
    """Carry out a proposal, as somebody other than its proposer: all of it, or nothing.

    `seen` is the hash of the list of places that the person looked at. Raise EditingRefused where a row was changed or
    the words came to stand elsewhere since. After the commit the files are cleaned.
    """
    with transaction.atomic():
        carry_out(redaction, seen, by=by)
        transaction.on_commit(lambda: wipe(redaction), robust=True)


def carry_out(redaction: Redaction, seen: str, *, by) -> None:
    access.demand(access.why_not_approve_redaction(by, redaction))
    article = Article.objects.select_for_update().get(pk=redaction.article_id)
    if not seen or seen != redaction.places_sha256 or seen != digest_of(redaction):
        raise EditingRefused(_("The list of places is another than you saw. Load the page again."))
    places = list(redaction.places.order_by("pk"))
    phrases = check_unchanged(redaction, article, places)
    columns = {"approved_by": by, "carried_out_at": moment(), "notice": notice_of(redaction)}
    move(redaction, State.PROPOSED, state=State.CARRYING_OUT, unfinished_id=0, **columns)
    removing.remove(redaction, [place for place in places if place.removed], phrases, by=by)
    redaction.places.update(measured_sha256="")
    move(redaction, State.CARRYING_OUT, state=State.CARRIED_OUT, unfinished_id=None)
    for touched in articles_of(redaction):
        editing.copy_columns(touched)
        ledger.record("article.redact", touched, by=by, removal=str(redaction.uid))
    catch_up_now()
    ledger.record(
        "redaction.carry-out",
        redaction,
        by=by,
        article=str(article.uid),
        places=redaction.places_sha256,
        versions=hashes_of(redaction),
    )


def check_unchanged(redaction: Redaction, article: Article, places: list[RedactionPlace]) -> Phrases:
    """The words, read where they still stand. Raise ChangedSince unless they stand where they did, and nowhere else."""
    for place in places:
        row = row_of(place)
        if row is None or measured(row, place.column) != place.measured_sha256:
            raise removing.ChangedSince
    version = redaction.version
    chosen = [(place.column, place.start, place.end) for place in places if place.chosen]
    phrases = phrases_at(version, chosen)
    known = {(p.table, str(p.row_uid or p.row_key), p.column, p.start, p.end) for p in places}
    by_hand = [Place(p.table, str(p.row_uid), p.column, p.start, p.end) for p in places if p.chosen]
    for found in sweep(phrases, article):
        key = (found.table, found.row, found.column, found.start, found.end)
        if key not in known and not any(across(found, place) for place in by_hand):
            raise removing.ChangedSince
    return phrases


def notice_of(redaction: Redaction) -> str:
    """What stands where the words stood, from the day of the removal on, in the site's language."""
    with ledger.for_the_record():
        day = date_format(timezone.localdate(), "j F Y")
        return _("[removed: %(reason)s, %(date)s]") % {"reason": redaction.reason, "date": day}


def articles_of(redaction: Redaction) -> list[Article]:
    """The articles of the versions that lost words."""
    return list(Article.objects.filter(versions__redactions__redaction=redaction).distinct().order_by("pk"))


def hashes_of(redaction: Redaction) -> dict[str, list[str]]:
    """Of each version the hash of the text as it was printed and as it stands."""
    rows = redaction.versions.select_related("version").order_by("pk")
    return {str(row.version.uid): [row.was_text_sha256, row.now_text_sha256] for row in rows}


@transaction.atomic
def decline(redaction: Redaction, *, by, reason: str) -> None:
    """Close a draft or a proposal: nothing is removed. Whoever began it may."""
    access.demand(access.why_not_redact(by))
    reason = said(reason, 300)
    if not reason:
        raise EditingRefused(_("Say why nothing is removed."))
    if redaction.state not in (State.DRAFT, State.PROPOSED):
        raise EditingRefused(_("This removal was decided on already."))
    columns = {"declined_by": by, "declined_at": moment(), "declined_reason": reason}
    move(redaction, redaction.state, state=State.DECLINED, **columns)
    ledger.record("redaction.decline", redaction, by=by)


def move(redaction: Redaction, begins_from: str, **columns) -> None:
    """Change the row only where it is still in the state that the act begins from."""
    if not Redaction.objects.filter(pk=redaction.pk, state=begins_from).update(**columns):
        raise EditingRefused(
            _("Somebody else moved this on just now. Load the page again to see where it stands.")
        )
    for name, value in columns.items():
        setattr(redaction, name, value)
