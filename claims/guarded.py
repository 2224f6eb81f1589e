"""What the database refuses for the tables of claims and verdicts."""

from articles.opening import while_removed
from newsroom.core.guards import ALL, Freeze, Guard, RowCheck, all_but, register

GIVEN_ONCE = "uid and number are given once: addresses, feeds and exports rest on them."
CITED = (
    "EXISTS (SELECT 1 FROM {claims.VerdictEvidence} link JOIN {claims.Verdict} verdict ON verdict.id = link.verdict_id"
    " WHERE link.evidence_id = OLD.{id} AND verdict.publication_state <> 'draft')"
)
WORDS_STAND = (
    "NEW.{start} IS NULL OR EXISTS (SELECT 1 FROM {articles.ArticleVersion} version WHERE version.id = NEW.{version}"
    " AND substr(CASE NEW.{field} WHEN 'headline' THEN version.headline WHEN 'standfirst' THEN version.standfirst"
    " ELSE version.body_text END, NEW.{start} + 1, NEW.{end} - NEW.{start}) = NEW.{exact})"
)
OWN_ARTICLE = (
    "EXISTS (SELECT 1 FROM {articles.ArticleVersion} version JOIN {claims.Appearance} appearance"
    " ON appearance.article_id = version.article_id"
    " WHERE version.id = NEW.{version} AND appearance.id = NEW.{appearance})"
)
NEXT_STEPS = (
    "NEW.{publication_state} = OLD.{publication_state}"
    " OR (OLD.{publication_state} = 'draft' AND NEW.{publication_state} = 'proposed')"
    " OR (OLD.{publication_state} = 'proposed' AND NEW.{publication_state} IN ('returned', 'published'))"
    " OR (OLD.{publication_state} = 'published' AND NEW.{publication_state} IN ('superseded', 'retracted'))"
)

register(
    Guard(
        "claims.Source",
        frozen=("uid", "number"),
        message=GIVEN_ONCE,
        delete_message="A source is never deleted: claims and evidence name it.",
    ),
    Guard(
        "claims.Claim",
        frozen=("uid", "number"),
        message=GIVEN_ONCE,
        delete_message="A claim is declined or merged, never deleted.",
    ),
    Guard(
        "claims.Appearance",
        frozen=("uid", "article", "claim"),
        message="An appearance never moves: take it off and flag the other words.",
        delete_message="An appearance is never deleted: mark it as a different claim.",
    ),
    Guard(
        "claims.Placement",
        frozen=all_but("anchor", "decided_by", "why", "ended_at"),
        message="A placement never moves: end it and place the claim anew.",
        opened=while_removed(
            "claims.placement", "start", "end", "exact", "prefix", "suffix", follows=("version",)
        ),
        delete_message="A placement is never deleted: detach it.",
        checks=(
            RowCheck(
                "words_stand_there",
                of=("version", "field", "start", "end", "exact"),
                holds=WORDS_STAND,
                message="The words do not stand at this place of that version.",
            ),
            RowCheck(
                "version_of_its_article",
                events=("insert",),
                holds=OWN_ARTICLE,
                message="The version belongs to another article than the appearance.",
            ),
        ),
    ),
    Guard(
        "claims.Evidence",
        frozen=("uid", "claim"),
        message="Evidence stays with its claim.",
        opened=while_removed(
            "claims.evidence",
            "level_reason",
            "title",
            "quote",
            "summary",
            "locator",
            "url",
            "event",
            "origin",
        ),
        also=(
            Freeze(
                all_but("captured", "captured_sha256"),
                when=CITED,
                message="A proposed verdict rests on this evidence: add a new piece instead of changing it.",
            ),
        ),
        deletable="NOT " + CITED,
        delete_message="A proposed verdict rests on this evidence: it stays.",
    ),
    Guard(
        "claims.Verdict",
        frozen=("uid", "claim", "number", "proposed_by"),
        message="A verdict keeps its claim, its number and its proposer.",
        opened=while_removed(
            "claims.verdict",
            "qualifier",
            "finding",
            "explanation",
            "known",
            "unknown",
            "would_settle",
            "clash_words",
            "clash_against",
            "end_reason",
            follows=("clash_version",),
        ),
        also=(
            Freeze(
                all_but(
                    "publication_state",
                    "proposed_at",
                    "approved_by",
                    "published_at",
                    "ended_at",
                    "end_reason",
                ),
                when="OLD.{publication_state} <> 'draft'",
                message="A proposed verdict is frozen: send it back and draft another.",
            ),
            Freeze(
                ("proposed_at",), when="OLD.{proposed_at} IS NOT NULL", message="A verdict is proposed once."
            ),
            Freeze(
                ("approved_by", "published_at"),
                when="OLD.{published_at} IS NOT NULL",
                message="Who approved a verdict, and when, is never changed.",
            ),
            Freeze(
                ("ended_at", "end_reason"),
                when="OLD.{ended_at} IS NOT NULL",
                message="How a verdict ended is never changed.",
            ),
        ),
        delete_message="A verdict is never deleted: its history is public.",
        checks=(
            RowCheck(
                "next_step",
                events=("update",),
                of=("publication_state",),
                holds=NEXT_STEPS,
                message="A verdict goes from draft to proposed, then to published or sent back, and never back.",
            ),
        ),
    ),
    Guard(
        "claims.VerdictEvidence",
        frozen=ALL,
        message="What a verdict rests on is never changed.",
        delete_message="What a verdict rests on is never changed.",
        checks=(
            RowCheck(
                "evidence_of_the_same_claim",
                events=("insert",),
                holds="EXISTS (SELECT 1 FROM {claims.Verdict} verdict JOIN {claims.Evidence} evidence"
                " ON evidence.claim_id = verdict.claim_id"
                " WHERE verdict.id = NEW.{verdict} AND evidence.id = NEW.{evidence})",
                message="The evidence was found for another claim.",
            ),
            # Fixtures load a verdict, then what it rests on, then its approvals: this is the order it must keep.
            RowCheck(
                "before_the_approval",
                events=("insert",),
                holds="NOT EXISTS (SELECT 1 FROM {claims.Approval} approval"
                " WHERE approval.{claims.Approval.verdict} = NEW.{verdict})",
                message="Somebody has decided on this verdict already: what it rests on is settled.",
            ),
        ),
    ),
    Guard(
        "claims.Approval",
        frozen=ALL,
        message="An approval is never changed.",
        opened=while_removed("claims.approval", "note"),
        delete_message="An approval is never deleted.",
        checks=(
            RowCheck(
                "second_person",
                events=("insert",),
                holds="EXISTS (SELECT 1 FROM {claims.Verdict} verdict"
                " WHERE verdict.id = NEW.{verdict} AND verdict.proposed_by_id <> NEW.{user})",
                message="Somebody other than the proposer must approve a verdict.",
            ),
        ),
    ),
    Guard(
        "claims.VerdictCorrection",
        frozen=ALL,
        message="Which verdict asked for a correction is never changed.",
        delete_message="Which verdict asked for a correction is never deleted.",
        checks=(
            RowCheck(
                "correction_of_that_article",
                events=("insert",),
                holds="EXISTS (SELECT 1 FROM {articles.Correction} correction"
                " WHERE correction.id = NEW.{correction} AND correction.article_id = NEW.{article})",
                message="The correction belongs to another article.",
            ),
        ),
    ),
    Guard(
        "claims.Rating",
        frozen=("slug",),
        message="A rating keeps its short name: addresses and exports rest on it. Retire it and add another.",
        delete_message="A rating is retired, never deleted: old verdicts keep it.",
    ),
)
