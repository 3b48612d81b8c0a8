"""Models whose changes reach the journal by every way that Django's ORM has of changing a row."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models

from gallery import journal
from gallery.journal import Kind


class JournaledQuerySet(models.QuerySet[Any]):
    """Bulk operations that write to the journal. Raw SQL does not."""

    def painting_ids(self) -> set[int]:
        """The paintings whose public document these rows are part of."""
        ids = self.order_by().values_list(self.model.painting_lookup, flat=True)
        return {id_ for id_ in ids if id_ is not None}

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        rows = list(objs)
        for row in rows:
            row.derive()
        with journal.writing():
            created = super().bulk_create(rows, *args, **kwargs)
            self._record([row.pk for row in created], Kind.CREATED)
        return created

    def bulk_update(self, objs: Iterable[Any], fields: Iterable[str], batch_size: int | None = None) -> int:
        rows = list(objs)
        with journal.writing():  # Django's own bulk_update goes through update() below
            return super().bulk_update(rows, fields, batch_size=batch_size)

    def update(self, **kwargs: Any) -> int:
        with journal.writing():
            keys = list(self.order_by().values_list("pk", flat=True))
            self._record(keys, Kind.CHANGED)
            count = super().update(**kwargs)
            self._record(keys, Kind.CHANGED)
        return count

    def delete(self) -> tuple[int, dict[str, int]]:
        with journal.writing():
            journal.record(self.painting_ids(), self.model.kind_of_delete)
            return super().delete()

    update.alters_data = True  # type: ignore[attr-defined]
    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]

    def _record(self, keys: list[int], kind: Kind) -> None:
        """Record the paintings of the rows with these keys; other rows than paintings only change theirs."""
        kind = kind if self.model.painting_lookup == "pk" else Kind.CHANGED
        for start in range(0, len(keys), journal.ROWS_AT_ONCE):
            rows = self.model._base_manager.filter(pk__in=keys[start : start + journal.ROWS_AT_ONCE])
            journal.record(rows.painting_ids(), kind)


class Journaled(models.Model):
    """A row that is part of the public document of paintings, found by `painting_lookup`."""

    painting_lookup: ClassVar[str]
    kind_of_delete: ClassVar[Kind] = Kind.CHANGED
    #: Fields that only the code that derives them writes: saving a row that was read earlier leaves them alone.
    kept_fields: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        created = self._state.adding
        self.derive()
        with journal.writing():
            if not created:
                journal.record(self.rows().painting_ids(), Kind.CHANGED)
                if self.kept_fields:
                    kwargs["update_fields"] = self._written_fields(kwargs.get("update_fields"))
            super().save(*args, **kwargs)
            is_new_painting = created and self.painting_lookup == "pk"
            journal.record(self.rows().painting_ids(), Kind.CREATED if is_new_painting else Kind.CHANGED)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with journal.writing():
            journal.record(self.rows().painting_ids(), self.kind_of_delete)
            return super().delete(*args, **kwargs)

    def derive(self) -> None:
        """Set the fields that follow from others (sort keys, slugs, years); called before a whole row is written."""

    def rows(self) -> JournaledQuerySet:
        """This row as a query."""
        return self.__class__._base_manager.filter(pk=self.pk)  # type: ignore[return-value]

    def _written_fields(self, asked: Iterable[str] | None) -> list[str]:
        if asked is not None:
            return list(asked)
        fields = [field.name for field in self._meta.concrete_fields if not field.primary_key]
        return [name for name in fields if name not in self.kept_fields]
