"""Addresses from one page to another, relative, so that the site works in any folder."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Links:
    """Addresses as seen from one page.

    Args:
        root: way from the page to the root of its language, such as ``../../`` or nothing.
        top: way from the page to the root of the site, where assets lie.
        assets: published name of each asset.
        files: whether pages are opened as files, where a folder shows no page of its own.
    """

    root: str
    top: str
    assets: dict[str, str]
    files: bool = False

    def url(self, path: str) -> str:
        """Return the address of a page below the language's root, such as ``cases/`` or ``about/#x``."""
        page, mark, anchor = path.partition("#")
        if self.files and (page.endswith("/") or not page):
            page += "index.html"
        return (f"{self.root}{page}" or "./") + mark + anchor

    def asset(self, name: str) -> str:
        """Return the address of an asset."""
        return f"{self.top}assets/{self.assets[name]}"

    @classmethod
    def at(cls, path: str, lang_dir: str, assets: dict[str, str], files: bool = False) -> Links:
        """Return the addresses as seen from a page.

        Args:
            path: the page below its language's root, ``cases/x/``.
            lang_dir: the language's folder below the site, ``en/`` or nothing.
            assets: published names.
            files: see the class.
        """
        root = "../" * path.count("/")
        return cls(root, root + "../" * lang_dir.count("/"), assets, files)
