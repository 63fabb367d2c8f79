"""What every part of an edition is made of: frozen values and bilingual names."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_-]*$")]
"""An identifier that may become part of a file name: letters, digits, hyphen, underscore."""

PeriodId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$")]
"""As a name, but a year is one too."""

Percent = Annotated[float, Field(ge=0, le=100)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Frozen(BaseModel):
    """A value that refuses unknown keys and cannot be changed after it was read."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _known_keys(cls, data: object) -> object:
        """Pydantic's own message for an extra key does not say which keys there are."""
        allowed = [field.alias or name for name, field in cls.model_fields.items()]
        for key in data if isinstance(data, dict) else ():
            if key not in allowed:
                told = {"key": str(key), "value": f"{data[key]!r:.80}", "allowed": ", ".join(allowed)}
                message = "unknown key '{key}' (value {value}); allowed: {allowed}"
                raise PydanticCustomError("unknown_key", message, told)
        return data


class Text(Frozen):
    """The same words in English and Chinese."""

    en: Words
    zh: Words

    def __getitem__(self, lang: str) -> str:
        return {"en": self.en, "zh": self.zh}[lang]
