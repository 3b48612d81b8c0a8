"""Indexes come in generations, one after another, behind two aliases: one is read, the other is written."""

import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from elasticsearch import BadRequestError, NotFoundError

from search.indexes.elasticsearch.client import answering, patient
from search.indexes.elasticsearch.mapping import FILLING, REFRESHED, body
from vectorizer.models import EncoderModel

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*")  # what Elasticsearch and Kafka both take
_NUMBERED = re.compile(r"-\d{4,}$")
_ALREADY = "resource_already_exists_exception"
LONGEST_NAME = 200  # bytes; Elasticsearch takes 255, with the number and the ending


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Generation:
    """One index of a model's paintings. The aliases say which is in use."""

    number: int
    name: str


def read_alias(model_name: str) -> str:
    """What searches ask. Raises ValueError for a model whose name can't be an index's."""
    name = f"{settings.INDEX_PREFIX}-{model_name}".lower()
    if not _NAME.fullmatch(name) or len(name) > LONGEST_NAME:
        raise ValueError(
            f"No index can be called {name!r}: letters, digits, '.', '-' and '_' are, up to {LONGEST_NAME} of them. "
            "Rename the artifact, or see PENDANT_INDEX_PREFIX."
        )
    return name


def write_alias(model_name: str) -> str:
    """What sinks write into."""
    return f"{read_alias(model_name)}-write"


def is_generation(name: str) -> bool:
    """Whether this names one index, and not an alias."""
    return _NUMBERED.search(name) is not None


def create(model: EncoderModel) -> Generation:
    """A new, empty generation that nobody reads or writes yet. Raises IndexUnavailable."""
    last = max((generation.number for generation in _all(model)), default=0)
    while True:
        last += 1
        generation = Generation(number=last, name=f"{read_alias(model.name)}-{last:04d}")
        with answering():
            try:
                patient().indices.create(index=generation.name, **body(model.card))
            except BadRequestError as problem:
                if problem.error != _ALREADY:  # else somebody else has just made one of this number
                    raise
            else:
                return generation


def current(model: EncoderModel) -> Generation | None:
    """The one that is read; None before the first was made. Raises IndexUnavailable."""
    return max(_behind(model, read_alias(model.name)), default=None)


def written(model: EncoderModel) -> Generation | None:
    """The one that sinks write into; the same as the current one, unless somebody moved an alias by hand."""
    return max(_behind(model, write_alias(model.name)), default=None)


def others(model: EncoderModel) -> list[Generation]:
    """Those that are not read, the oldest first. Raises IndexUnavailable."""
    now = current(model)
    return [generation for generation in _all(model) if generation != now]


def unfinished(model: EncoderModel) -> list[Generation]:
    """Those that were begun and never moved to: nobody has ever read them. Raises IndexUnavailable."""
    found = []
    for generation in _all(model):
        with answering():
            try:
                aliases = patient().indices.get_alias(index=generation.name).body[generation.name]["aliases"]
                kept = patient().indices.get_settings(index=generation.name, name="index.refresh_interval").body
            except NotFoundError:
                continue
        if not aliases and kept[generation.name]["settings"]["index"]["refresh_interval"] == FILLING:
            found.append(generation)
    return found


def move(model: EncoderModel, to: Generation) -> None:
    """Searches and sinks use this generation from now on: both aliases in one step, so that no question fails.

    It is searchable first, and refreshed from now on. Raises IndexUnavailable.
    """
    read, write = read_alias(model.name), write_alias(model.name)
    with answering():
        patient().indices.put_settings(index=to.name, settings={"index": {"refresh_interval": REFRESHED}})
        patient().indices.refresh(index=to.name)
        moved = [
            {"remove": {"index": generation.name, "alias": alias}}
            for alias in (read, write)
            for generation in _behind(model, alias)
            if generation != to
        ]
        added = [{"add": {"index": to.name, "alias": alias}} for alias in (read, write)]
        patient().indices.update_aliases(actions=[*moved, *added])


def delete(generation: Generation) -> None:
    """Remove a generation; one that is gone already is no problem.

    Raises ValueError for one that an alias names: it is in use. Raises IndexUnavailable.
    """
    with answering():
        try:
            aliases = patient().indices.get_alias(index=generation.name).body
            if aliases[generation.name]["aliases"]:
                raise ValueError(f"The index {generation.name} is in use: move the aliases to another one first.")
            patient().indices.delete(index=generation.name)
        except NotFoundError:
            return


def forget(model: EncoderModel) -> None:
    """Remove all that there is of a model. Raises IndexUnavailable."""
    for generation in _all(model):
        with answering():
            patient().indices.delete(index=generation.name, ignore_unavailable=True)


def mapping_of(generation: Generation) -> dict[str, Any]:
    """Its fields, as the server has them. Raises IndexUnavailable."""
    with answering():
        found = patient().indices.get_mapping(index=generation.name).body
    return dict(found[generation.name]["mappings"])


def refresh(generation: Generation) -> None:
    """What was written is found from now on. Raises IndexUnavailable."""
    with answering():
        patient().indices.refresh(index=generation.name)


def count(generation: Generation) -> int:
    """How many paintings it holds, those that were written a moment ago, too. Raises IndexUnavailable."""
    refresh(generation)
    with answering():
        return int(patient().count(index=generation.name)["count"])


def _all(model: EncoderModel) -> list[Generation]:
    """Of this model alone, the oldest first."""
    with answering():
        found = patient().indices.get_alias(index=f"{read_alias(model.name)}-*")
    return _named(model, found.body)


def _behind(model: EncoderModel, alias: str) -> list[Generation]:
    with answering():
        try:
            return _named(model, patient().indices.get_alias(name=alias).body)
        except NotFoundError:
            return []


def _named(model: EncoderModel, names: object) -> list[Generation]:
    """The generations among these indexes: another model's name may begin with this one's."""
    pattern = re.compile(re.escape(read_alias(model.name)) + r"-(\d{4,})")
    matches = (pattern.fullmatch(name) for name in names)  # type: ignore[attr-defined]
    return sorted(Generation(number=int(match[1]), name=match[0]) for match in matches if match)
