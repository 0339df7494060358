"""The language of the window: Chinese as written in the code, or a translation of it.

One language for a whole process, chosen before any other module of `ui` is imported: words that
stand in tables are translated while their module is imported. No thread of its own; `choose` and
`install` belong to the main thread, `tr` may be called from any.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import resources

if TYPE_CHECKING:
    from PySide6.QtCore import QCoreApplication, QTranslator

SOURCE: Final = "zh"
LANGUAGES: Final[Mapping[str, str]] = {SOURCE: "中文", "en": "English"}
"""Each language by its own name: whoever reads it must find it whatever the window speaks."""
WORDS: Final = "words"
"""The context of words that belong to no class and to no table."""


class _Tongue:
    """What this process speaks."""

    code = SOURCE
    translator: QTranslator | None = None


def choose(code: str) -> None:
    """Speak that language from now on; one that is not known is a ValueError."""
    if code not in LANGUAGES:
        raise ValueError(code)
    translator = None
    if code != SOURCE:
        # Words are the command line's too, which speaks Chinese here and must not wait for Qt.
        from PySide6.QtCore import QTranslator  # noqa: PLC0415

        translator = QTranslator()
        if not translator.load(str(resources.path(f"i18n/{code}.qm"))):
            raise ValueError(code)
    _Tongue.code, _Tongue.translator = code, translator


def chosen() -> str:
    """Return the code of the language that is spoken."""
    return _Tongue.code


def install(app: QCoreApplication) -> None:
    """Let the application's own `tr` speak it too."""
    if _Tongue.translator is not None:
        app.installTranslator(_Tongue.translator)


def tr(text: str, context: str = WORDS) -> str:
    """Return the text in the language of the window; without a translation the text itself."""
    translator = _Tongue.translator
    return (translator.translate(context, text) or text) if translator is not None else text


def tr_table(context: str, words: Mapping[str, str]) -> dict[str, str]:
    """Return a table of words in the language of the window; its name is its context."""
    return {code: tr(word, context) for code, word in words.items()}
