"""Which properties the portal's objects have at an instant: they come, change their type, and go."""

from collections import defaultdict

from sandbox.records.schema import FIELDS, Field

Fields = dict[str, Field]


class Catalogue:
    """Definitions over time. A property that is gone is shown nowhere; its values come back with it."""

    def __init__(self) -> None:
        self._begins: dict[str, Fields] = {
            kind: {field.name: field for field in fields} for kind, fields in FIELDS.items()
        }
        self._events: dict[str, list[tuple[int, str, Field | None]]] = defaultdict(list)
        self._known: dict[tuple[str, int], Fields] = {}

    def define(self, at: int, object_type: str, field: Field) -> None:
        """From `at` on there is such a property, or it is of that type."""
        self._tell(at, object_type, field.name, field)

    def drop(self, at: int, object_type: str, name: str) -> None:
        """From `at` on there is none of that name."""
        self._tell(at, object_type, name, None)

    def fields(self, object_type: str, now: int) -> Fields:
        """All definitions of an object at `now`, by name."""
        events = self._events.get(object_type)
        if not events:
            return self._begins[object_type]
        key = (object_type, now)
        if key not in self._known:
            self._known[key] = self._replayed(object_type, now)
        return self._known[key]

    def _replayed(self, object_type: str, now: int) -> Fields:
        fields = dict(self._begins[object_type])
        for at, name, field in self._events[object_type]:
            if at > now:
                break
            if field is None:
                fields.pop(name, None)
            else:
                fields[name] = field
        return fields

    def _tell(self, at: int, object_type: str, name: str, field: Field | None) -> None:
        self._events[object_type].append((at, name, field))
        self._events[object_type].sort(key=lambda event: event[0])
        self._known.clear()
