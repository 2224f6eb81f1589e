"""Sources, claims, places, evidence and verdicts of the seeds: claims.toml."""

from collections.abc import Iterator
from datetime import datetime

from articles.editing import slug_for
from claims.anchoring import surroundings

from .archive import Archive
from .rows import SeedError, row, uid_of


class Claims:
    """Sources, claims, places, evidence and verdicts: claims.toml."""

    def __init__(self, described: dict, archive: Archive):
        self.described = described
        self.archive = archive

    def source(self, key: str | None) -> list | None:
        """The natural key of a source, or None."""
        if key is not None and key not in self.described["sources"]:
            raise SeedError(f"There is no source “{key}”.")
        return [uid_of("source", key)] if key else None

    def rows(self) -> Iterator[dict]:
        """Every row about claims in an order in which it can be loaded."""
        for key, told in self.described["sources"].items():
            links = {"outlet": self.archive.link("outlet", told.pop("outlet", None))}
            links["parent"] = self.source(told.pop("parent", None))
            yield row("claims.source", uid_of("source", key), slug=slug_for(told["name"]), **links, **told)
        for key, told in self.described["claims"].items():
            yield self._claim(key, told)
        for key, told in self.described["claims"].items():
            yield from self._hung_on(key, told)

    def _claim(self, key: str, told: dict) -> dict:
        ruled = [verdict["published"] for verdict in told.get("verdicts", []) if "published" in verdict]
        same = (
            "statement",
            "said_on",
            "said_precision",
            "context",
            "chosen_because",
            "work_state",
            "checking_note",
        )
        return row(
            "claims.claim",
            uid_of("claim", key),
            slug=slug_for(told["statement"]),
            claimant=self.source(told.get("claimant")),
            shown_as_checking=told["work_state"] in {"researching", "awaiting-reply"},
            checking_since=told.get("checking_since"),
            assigned_to=self.archive.person(told.get("assigned_to")),
            created_by=self.archive.person(told["flagged_by"]),
            created_at=told["flagged"],
            ruled_at=ruled[-1] if ruled else None,
            **{name: told[name] for name in same if name in told},
        )

    def _hung_on(self, key: str, told: dict) -> Iterator[dict]:
        claim = [uid_of("claim", key)]
        for tag in told["tags"]:
            yield row("claims.claimtag", tag=self.archive.link("tag", tag), content_object=claim)
        for order, piece in enumerate(told.get("evidence", []), start=1):
            yield self._evidence(key, order, dict(piece), told)
        for order, place in enumerate(told["places"], start=1):
            yield from self._place(key, order, place, told)
        for number, verdict in enumerate(told.get("verdicts", []), start=1):
            yield from self._verdict(key, number, dict(verdict), told)

    def _evidence(self, key: str, order: int, piece: dict, told: dict) -> dict:
        name, version = piece.pop("key"), piece.pop("version", None)
        resting = [verdict for verdict in told["verdicts"] if _rests_on(verdict, name)]
        found = resting[0]["begun"]
        return row(
            "claims.evidence",
            uid_of("evidence", f"{key} {name}"),
            claim=[uid_of("claim", key)],
            source=self.source(piece.pop("source")),
            version=self.archive.version(version) if version else None,
            accessed_on=found.date(),
            order=order,
            added_by=self.archive.person(told["assigned_to"]),
            created_at=found,
            **piece,
        )

    def _place(self, key: str, order: int, place: dict, told: dict) -> Iterator[dict]:
        words = self.archive.words[place["article"]][-1][1]
        text = words.body_text if place["field"] == "body" else words.headline
        if text.count(place["words"]) != 1:
            raise SeedError(
                f"“{place['words']}” stands {text.count(place['words'])} times in {place['article']}."
            )
        start = text.index(place["words"])
        end = start + len(place["words"])
        prefix, suffix = surroundings(text, start, end)
        appearance, by = uid_of("appearance", f"{key} {order}"), self.archive.person(told["flagged_by"])
        yield row(
            "claims.appearance",
            appearance,
            article=self.archive.link("article", place["article"]),
            claim=[uid_of("claim", key)],
            role=place["role"],
            match="same",
            flagged_by=by,
            confirmed_by=by,
            created_at=told["flagged"],
        )
        yield row(
            "claims.placement",
            uid_of("placement", f"{key} {order}"),
            appearance=[appearance],
            version=self.archive.version(place["article"]),
            field=place["field"],
            start=start,
            end=end,
            exact=place["words"],
            prefix=prefix,
            suffix=suffix,
            decided_by=by,
            created_at=told["flagged"],
        )

    def _verdict(self, key: str, number: int, verdict: dict, told: dict) -> Iterator[dict]:
        uid, rests_on = uid_of("verdict", f"{key} {number}"), verdict.pop("rests_on")
        published, clash = verdict.pop("published", None), verdict.pop("clash_version", None)
        state = "superseded" if "ended" in verdict else "published" if published else "proposed"
        yield row(
            "claims.verdict",
            uid,
            claim=[uid_of("claim", key)],
            number=number,
            rating=[verdict.pop("rating")],
            publication_state=state,
            proposed_by=self.archive.person("checker"),
            proposed_at=verdict.pop("proposed"),
            approved_by=self.archive.person("editor") if published else None,
            published_at=published,
            ended_at=verdict.pop("ended", None),
            created_at=verdict.pop("begun"),
            explanation=verdict.pop("explanation", "").strip(),
            clash_version=self.archive.version(clash) if clash else None,
            **verdict,
        )
        for piece in told["evidence"]:
            if _rests_on({"rests_on": rests_on}, piece["key"]):
                evidence = [uid_of("evidence", f"{key} {piece['key']}")]
                yield row("claims.verdictevidence", verdict=[uid], evidence=evidence)
        if published:
            yield self._approval(uid, published)

    def _approval(self, verdict: str, at: datetime) -> dict:
        user = self.archive.person("editor")
        return row(
            "claims.approval",
            uid_of("approval", verdict),
            verdict=[verdict],
            user=user,
            decision="approved",
            at=at,
        )


def _rests_on(verdict: dict, key: str) -> bool:
    """Whether the verdict rests on the piece of evidence of that key."""
    return verdict["rests_on"] == "all" or key in verdict["rests_on"]
