"""What must never be shown, and how it is kept from being shown."""

from collections.abc import Callable, Iterable, Iterator

from pydantic import BaseModel, SecretStr

from settings import Settings
from warehouse import Warehouse

Mask = Callable[[str], str]


def mask_of(settings: Settings, warehouse: Warehouse | None = None) -> Mask:
    """A function that puts asterisks where any secret of `settings` or `warehouse` stands in a text."""
    return masking([*_secrets(settings), *(warehouse.secrets if warehouse else ())])


def masking(secrets: Iterable[str]) -> Mask:
    """A function that puts asterisks where one of `secrets` stands in a text."""
    # The longest first: of two secrets one may begin with the other.
    known = sorted({secret for secret in secrets if secret.strip()}, key=len, reverse=True)

    def mask(text: str) -> str:
        for secret in known:
            text = text.replace(secret, "********")
        return text

    return mask


def _secrets(part: BaseModel) -> Iterator[str]:
    for name in type(part).model_fields:
        value = getattr(part, name)
        if isinstance(value, SecretStr):
            yield value.get_secret_value()
        elif isinstance(value, BaseModel):
            yield from _secrets(value)
        elif isinstance(value, tuple):
            yield from (one.get_secret_value() for one in value if isinstance(one, SecretStr))
