"""What the database refuses for the archive's tables."""

from newsroom.core.guards import ALL, Freeze, Guard, Opening, RowCheck, all_but, register

from .opening import while_removed

GIVEN_ONCE = "uid and number are given once: addresses, feeds and exports rest on them."


WAS_STANDS = (
    "NEW.{was_version} IS NULL OR EXISTS (SELECT 1 FROM {articles.ArticleVersion} version"
    " WHERE version.id = NEW.{was_version} AND substr(CASE NEW.{was_field} WHEN 'headline' THEN version.headline"
    " WHEN 'standfirst' THEN version.standfirst ELSE version.body_text END,"
    " NEW.{was_start} + 1, NEW.{was_end} - NEW.{was_start}) = NEW.{was_exact})"
)
STANDS = WAS_STANDS.replace("NEW.{was_version} IS NULL", "NEW.{field} = ''").replace("was_", "")
REPORT_STEPS = (
    "NEW.{state} = OLD.{state}"
    " OR (OLD.{state} = 'received' AND NEW.{state} IN ('looking', 'answered', 'spam'))"
    " OR (OLD.{state} = 'looking' AND NEW.{state} IN ('answered', 'spam'))"
    " OR (OLD.{state} = 'spam' AND NEW.{state} = 'received')"
)
CORRECTION_STEPS = (
    "NEW.{state} = OLD.{state}"
    " OR (OLD.{state} = 'draft' AND NEW.{state} IN ('proposed', 'declined'))"
    " OR (OLD.{state} = 'proposed' AND NEW.{state} IN ('published', 'declined'))"
)


REMOVAL_STEPS = (
    "NEW.{state} = OLD.{state}"
    " OR (OLD.{state} = 'draft' AND NEW.{state} IN ('proposed', 'declined'))"
    " OR (OLD.{state} = 'proposed' AND NEW.{state} IN ('carrying-out', 'declined'))"
    " OR (OLD.{state} = 'carrying-out' AND NEW.{state} = 'carried-out')"
)
OF_PLACE = (
    "EXISTS (SELECT 1 FROM {articles.Redaction} removal"
    " WHERE removal.id = %s.{redaction} AND removal.{articles.Redaction.state} %s)"
)


def words_check(which: str) -> RowCheck:
    """The check that quoted words stand at their place, as they are given and changed: `which` is was or now."""
    names = ("version", "field", "start", "end", "exact")
    return RowCheck(
        f"{which}_words_stand_there",
        holds=WAS_STANDS.replace("was_", f"{which}_"),
        message="The words do not stand at this place of that version.",
        of=tuple(f"{which}_{name}" for name in names),
    )


register(
    Guard(
        "articles.ArticleVersion",
        frozen=ALL,
        message="A version is never changed: save the new words as a new version.",
        opened=while_removed(
            "articles.articleversion",
            "headline",
            "standfirst",
            "body",
            "body_text",
            "text_sha256",
            "content_sha256",
            "dateline",
            "furniture",
            "reason",
            "origin_name",
        ),
        delete_message="A version is never deleted: the archive remembers what was printed.",
    ),
    Guard(
        "articles.Article",
        frozen=("uid", "number"),
        message=GIVEN_ONCE,
        delete_message="An article is withdrawn, never deleted.",
        checks=(
            RowCheck(
                "points_at_its_own_versions",
                events=("update",),
                of=("live_version", "latest_version"),
                message="An article shows its own versions only.",
                holds="NOT EXISTS (SELECT 1 FROM {articles.ArticleVersion} other"
                " WHERE other.id IN (NEW.{live_version}, NEW.{latest_version}) AND other.article_id <> NEW.{id})",
            ),
        ),
    ),
    Guard(
        "articles.Publication",
        frozen=ALL,
        message="When a version became public is never changed.",
        delete_message="When a version became public is never deleted: the archive remembers it.",
        checks=(
            RowCheck(
                "version_of_its_article",
                events=("insert",),
                holds="EXISTS (SELECT 1 FROM {articles.ArticleVersion} version"
                " WHERE version.id = NEW.{version} AND version.article_id = NEW.{article})",
                message="An article publishes its own versions only.",
            ),
        ),
    ),
    Guard(
        "articles.Correction",
        frozen=("uid", "number", "article", "created_at"),
        message="A correction keeps its number and its article.",
        opened=while_removed(
            "articles.correction",
            "was_start",
            "was_end",
            "was_exact",
            "now_start",
            "now_end",
            "now_exact",
            "why",
            "declined_reason",
            follows=("was_version", "now_version"),
        ),
        also=(
            Freeze(
                all_but(
                    "state", "approved_by", "published_at", "declined_by", "declined_at", "declined_reason"
                ),
                when="OLD.{state} <> 'draft'",
                message="A proposed correction is frozen: decline it and propose another.",
            ),
            Freeze(
                ("approved_by", "published_at", "declined_by", "declined_at", "declined_reason"),
                when="OLD.{state} IN ('published', 'declined')",
                message="How a correction was decided is never changed.",
            ),
        ),
        delete_message="A correction is never deleted: what was told stays told.",
        checks=(
            words_check("was"),
            words_check("now"),
            RowCheck(
                "versions_of_its_article",
                of=("was_version", "now_version", "version"),
                holds="NOT EXISTS (SELECT 1 FROM {articles.ArticleVersion} other"
                " WHERE other.id IN (NEW.{was_version}, NEW.{now_version}, NEW.{version})"
                " AND other.article_id <> NEW.{article})",
                message="A correction quotes its own article only.",
            ),
            RowCheck(
                "next_step",
                events=("update",),
                of=("state",),
                holds=CORRECTION_STEPS,
                message="A correction goes from draft to proposed, then to published or declined, and never back.",
            ),
        ),
    ),
    Guard(
        "articles.Report",
        frozen=(
            *("uid", "receipt", "article", "version", "field", "start", "end", "exact"),
            "received_at",
        ),
        message="What was reported, and when, is never changed.",
        opened=while_removed("articles.report", "start", "end", "exact", "answer", follows=("version",)),
        also=(
            Freeze(
                all_but("group"),
                when="OLD.{state} = 'answered'",
                message="An answer is never changed: its reader may have read it.",
            ),
        ),
        delete_message="A report is never deleted: its reader holds the receipt.",
        checks=(
            RowCheck(
                "words_stand_there",
                of=("version", "field", "start", "end", "exact"),
                holds=STANDS,
                message="The words do not stand at this place of that version.",
            ),
            RowCheck(
                "version_of_its_article",
                events=("insert",),
                holds="EXISTS (SELECT 1 FROM {articles.ArticleVersion} version"
                " WHERE version.id = NEW.{version} AND version.article_id = NEW.{article})",
                message="A report speaks of a version of its own article.",
            ),
            RowCheck(
                "correction_of_its_article",
                of=("correction",),
                holds="NEW.{correction} IS NULL OR EXISTS (SELECT 1 FROM {articles.Correction} correction"
                " WHERE correction.id = NEW.{correction} AND correction.article_id = NEW.{article})",
                message="A report leads to a correction of its own article.",
            ),
            RowCheck(
                "next_step",
                events=("update",),
                of=("state",),
                holds=REPORT_STEPS,
                message="A report is received, looked at, answered, and never back; only spam can be taken back.",
            ),
        ),
    ),
    Guard(
        "articles.ReportReader",
        frozen=("uid", "report", "wrong", "name", "email"),
        message="What a reader typed is kept as it is, or deleted.",
        opened=while_removed("articles.reportreader", "wrong", "name", "email"),
        deletable=True,
        checks=(
            RowCheck(
                "goes_no_later",
                events=("update",),
                of=("kept_until",),
                holds="NEW.{kept_until} <= OLD.{kept_until}",
                message="What a reader typed never stays longer than they were told.",
            ),
        ),
    ),
    Guard(
        "articles.ReportRate",
        frozen=("key", "hour"),
        message="A count belongs to one sender and one hour.",
        deletable=True,
    ),
    Guard(
        "articles.Redaction",
        frozen=("uid", "number", "article", "version", "created_at"),
        message="A removal keeps its number, its article and its version.",
        opened=while_removed("articles.redaction", "order", "declined_reason"),
        also=(
            Freeze(
                ("order", "reason", "proposed_by", "proposed_at", "places_sha256"),
                when="OLD.{state} <> 'draft'",
                message="A proposed removal is frozen: decline it and propose another.",
            ),
            Freeze(
                ("approved_by", "carried_out_at", "notice"),
                when="OLD.{state} <> 'proposed'",
                message="Who approved a removal, and when, is never changed.",
            ),
            Freeze(
                ("declined_by", "declined_at", "declined_reason"),
                when="OLD.{state} NOT IN ('draft', 'proposed')",
                message="How a removal was decided is never changed.",
            ),
        ),
        delete_message="A removal is never deleted: that words went stays known.",
        checks=(
            RowCheck(
                "begins_before_it_is_carried_out",
                events=("insert",),
                holds="NEW.{state} <> 'carrying-out'",
                message="A removal is proposed before it is carried out.",
            ),
            RowCheck(
                "version_of_its_article",
                events=("insert",),
                holds="EXISTS (SELECT 1 FROM {articles.ArticleVersion} version"
                " WHERE version.id = NEW.{version} AND version.article_id = NEW.{article})",
                message="Words are removed from a version of that article.",
            ),
            RowCheck(
                "next_step",
                events=("update",),
                of=("state",),
                holds=REMOVAL_STEPS,
                message="A removal goes from draft to proposed, then it is carried out or declined, and never back.",
            ),
        ),
    ),
    Guard(
        "articles.RedactionPlace",
        frozen=("uid", "redaction", "table", "row_uid", "row_key", "column", "start", "end", "chosen"),
        message="A place of a removal is never changed.",
        also=(
            Freeze(
                ("removed", "measured_sha256"),
                when="NOT " + OF_PLACE % ("OLD", "= 'draft'"),
                message="The places of a proposed removal are frozen: decline it and propose another.",
            ),
        ),
        # What was measured is forgotten once it has served: from a short text's hash the words can be guessed.
        opened=Opening(("measured_sha256",), when=OF_PLACE % ("OLD", "= 'carrying-out'")),
        delete_message="A place of a removal is never deleted.",
        checks=(
            RowCheck(
                "before_it_is_carried_out",
                events=("insert",),
                holds=OF_PLACE % ("NEW", "<> 'carrying-out'"),
                message="What a removal names is settled before it is carried out.",
            ),
        ),
    ),
    Guard(
        "articles.RedactedVersion",
        frozen=ALL,
        message="What a removal did to a version is never changed.",
        delete_message="What a removal did to a version is never deleted.",
        checks=(
            RowCheck(
                "while_it_is_carried_out",
                events=("insert",),
                holds=OF_PLACE % ("NEW", "IN ('carrying-out', 'carried-out')"),
                message="Only a removal that is carried out changes a version.",
            ),
        ),
    ),
    *(
        Guard(f"articles.{model}", frozen=("uid",), message=GIVEN_ONCE, deletable=True)
        for model in ("Outlet", "Section", "Contributor", "Tag", "Media", "Byline", "ArticleLink")
    ),
)
