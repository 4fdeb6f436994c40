"""scikit-learn's conventions without scikit-learn: settings are the arguments of `__init__`, kept under their names."""

from __future__ import annotations

import inspect
from typing import Any, Self


class Estimator:
    """`get_params`, `set_params` and a repr that shows how to make the same one again; `sklearn.base.clone` works."""

    @classmethod
    def _settings(cls) -> dict[str, Any]:
        """The settings' names and defaults."""
        return {name: p.default for name, p in inspect.signature(cls).parameters.items()}

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """Every setting by its name."""
        return {name: getattr(self, name) for name in self._settings()}

    def set_params(self, **settings: Any) -> Self:
        """Change settings by name. Raises ValueError for a name that is none."""
        for name, value in settings.items():
            if name not in self._settings():
                raise ValueError(
                    f"{type(self).__name__} has no setting {name!r}; it has {', '.join(self._settings())}"
                )
            setattr(self, name, value)
        return self

    def __repr__(self) -> str:
        defaults = self._settings()
        told = (f"{name}={value!r}" for name, value in self.get_params().items() if value != defaults[name])
        return f"{type(self).__name__}({', '.join(told)})"

    def _fitted(self, name: str) -> Any:
        """What fitting left under `name`. Raises ValueError before."""
        try:
            return getattr(self, name)
        except AttributeError:
            raise ValueError(f"this {type(self).__name__} has learnt nothing yet; call fit first") from None
