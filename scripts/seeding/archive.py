"""People, papers, tags and articles of the seeds: archive.toml and the texts."""

from collections.abc import Iterator
from datetime import datetime

from articles.editing import slug_for
from articles.importing.plain import read_articles
from articles.words import Words
from newsroom.core.hygiene import fold_key

from .rows import SEEDS, SeedError, row, uid_of

# Django's mark for "no password opens this"; the account is closed besides.
NO_PASSWORD = "!"  # noqa: S105 - it is none


class Archive:
    """People, outlets, tags and articles: archive.toml and the texts."""

    def __init__(self, described: dict):
        self.described = described
        self.words: dict[str, list] = {key: self._words(key) for key in described["articles"]}

    def _words(self, key: str) -> list:
        return [self._read(name) for name in self.described["articles"][key]["texts"]]

    def _read(self, name: str) -> tuple:

        data = (SEEDS / name).read_bytes()
        parsed = read_articles(data, name=name)
        if len(parsed.articles) != 1 or parsed.refusals:
            raise SeedError(f"{name} does not hold exactly one article: {parsed.refusals}")
        found = parsed.articles[0]
        return found, Words.clean(found.headline.text, "", found.body()), parsed

    def person(self, key: str | None) -> list | None:
        """The natural key of a person, or None."""
        return [self.described["people"][key]["username"]] if key else None

    def link(self, kind: str, key: str | None) -> list | None:
        """The natural key of a row that has a uid, or None."""
        if key is not None and key not in self.described[f"{kind}s"]:
            raise SeedError(f"There is no {kind} “{key}”.")
        return [uid_of(kind, key)] if key else None

    def version(self, key: str, number: int = 0) -> list:
        """The natural key of an article's version, the newest unless a number is given."""
        return [uid_of("version", f"{key} {number or len(self.words[key])}")]

    def rows(self) -> Iterator[dict]:
        """Every row of the archive in an order in which it can be loaded."""
        for key, told in self.described["people"].items():
            yield self._person(key, **told)
        for kind, label in {"outlet": "articles.outlet", "section": "articles.section"}.items():
            for key, told in self.described[f"{kind}s"].items():
                yield row(label, uid_of(kind, key), slug=slug_for(told["name"]), **told)
        for key, told in self.described["contributors"].items():
            user = self.person(told.get("user"))
            yield row("articles.contributor", uid_of("contributor", key), name=told["name"], user=user)
        for key, told in self.described["tags"].items():
            yield self._tag(key, **told)
        for key, told in self.described["articles"].items():
            yield self._article(key, told)
        for key, told in self.described["articles"].items():
            yield from self._versions(key, told)
            yield from self._around(key, told)
            for order, correction in enumerate(told.get("corrections", []), start=1):
                yield self._correction(key, order, dict(correction))

    def _person(self, key: str, username: str, display_name: str, joined: datetime) -> dict:
        return row(
            "core.user",
            uid_of("person", key),
            username=username,
            display_name=display_name,
            date_joined=joined,
            password=NO_PASSWORD,
            is_active=False,
        )

    def _tag(self, key: str, name: str, slug: str = "", alias_of: str | None = None) -> dict:
        return row(
            "articles.tag",
            uid_of("tag", key),
            name=name,
            slug=slug or slug_for(name),
            key=fold_key(name),
            alias_of=self.link("tag", alias_of),
        )

    def _article(self, key: str, told: dict) -> dict:
        words = self.words[key][-1][1]
        entered = told["entered"]
        return row(
            "articles.article",
            uid_of("article", key),
            outlet=self.link("outlet", told["outlet"]),
            section=self.link("section", told["section"]),
            slug=slug_for(words.headline),
            headline=words.headline,
            state="published",
            printed_date=told["printed_date"],
            printed_precision=told["printed_precision"],
            printed_obtained=told["printed_obtained"],
            sort_date=told["printed_date"],
            public_from=told["public_from"],
            first_published_at=told["public_from"],
            changed_at=entered[-1] if len(entered) > 1 else None,
            imported_at=entered[0] if told.get("imported") else None,
            created_at=entered[0],
            live_version=self.version(key),
            latest_version=self.version(key),
        )

    def _versions(self, key: str, told: dict) -> Iterator[dict]:
        reasons = told.get("reasons", [""])
        for number, (found, words, parsed) in enumerate(self.words[key], start=1):
            yield row(
                "articles.articleversion",
                self.version(key, number)[0],
                article=self.link("article", key),
                number=number,
                author=self.person(told["entered_by"]),
                created_at=told["entered"][number - 1],
                reason=reasons[number - 1],
                furniture="\n".join(printed.text for printed in found.furniture),
                origin_name=parsed.name,
                origin_sha256=parsed.sha256,
                **words.columns(),
            )
            yield row(
                "articles.publication",
                uid_of("publication", f"{key} {number}"),
                article=self.link("article", key),
                version=self.version(key, number),
                public_from=told["public_from"] if number == 1 else told["entered"][number - 1],
                by=self.person(told["entered_by"]),
                created_at=told["entered"][number - 1],
            )

    def _around(self, key: str, told: dict) -> Iterator[dict]:
        found = self.words[key][-1][0]
        for order, (name, printed) in enumerate(
            zip(told.get("bylines", []), found.bylines, strict=True), start=1
        ):
            yield row(
                "articles.byline",
                uid_of("byline", f"{key} {name}"),
                article=self.link("article", key),
                contributor=self.link("contributor", name),
                order=order,
                printed_as=printed.text,
            )
        for order, teaser in enumerate(found.teasers, start=1):
            yield row(
                "articles.articlelink",
                uid_of("link", f"{key} {order}"),
                article=self.link("article", key),
                target=self.link("article", self._headed(teaser.text)),
                text=teaser.text,
                order=order,
            )
        for tag in told.get("tags", []):
            keys = {"tag": self.link("tag", tag), "content_object": self.link("article", key)}
            yield row("articles.articletag", **keys)

    def _correction(self, key: str, order: int, told: dict) -> dict:
        proposed, published = told.pop("proposed"), told.pop("published")
        by = self.person(told.pop("proposed_by"))
        return row(
            "articles.correction",
            uid_of("correction", f"{key} {order}"),
            article=self.link("article", key),
            **self._quoted("was", key, **told.pop("was")),
            **self._quoted("now", key, **told.pop("now")),
            version=self.version(key, told.pop("goes_live")),
            state="published",
            created_at=proposed,
            written_by=by,
            proposed_by=by,
            proposed_at=proposed,
            approved_by=self.person(told.pop("approved_by")),
            published_at=published,
            **told,
        )

    def _quoted(self, which: str, key: str, version: int, field: str, words: str) -> dict:
        """Words at their one place in a version of the article, as columns of a correction."""
        printed = self.words[key][version - 1][1]
        text = printed.body_text if field == "body" else getattr(printed, field)
        if text.count(words) != 1:
            raise SeedError(f"“{words}” stands {text.count(words)} times in version {version} of {key}.")
        start = text.index(words)
        return {
            f"{which}_version": self.version(key, version),
            f"{which}_field": field,
            f"{which}_start": start,
            f"{which}_end": start + len(words),
            f"{which}_exact": words,
        }

    def _headed(self, headline: str) -> str | None:
        return next((key for key, words in self.words.items() if words[-1][1].headline == headline), None)
