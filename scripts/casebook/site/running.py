"""Running MkDocs: for a build, for a preview, for each further language."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import mkdocs.commands.build
import mkdocs.commands.serve
import mkdocs.config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort

__all__ = ["Abort", "build", "build_language", "serve"]

if TYPE_CHECKING:
    from casebook.site.plugin import CasebookPlugin


def build(config_file: Path, site_dir: Path | None = None, **changes: Any) -> None:
    """Run MkDocs.

    Args:
        config_file: ``mkdocs.yml``.
        site_dir: folder to write, that of the configuration by default.
        changes: options of this plugin that differ from the configuration.

    Raises:
        Abort: something is wrong with a case, a schema or a page.
    """
    config = _load(config_file, site_dir, changes)
    # Pages written by hand name cases of the library; with other cases in their place they lead nowhere.
    config.strict = "cases" not in changes
    mkdocs.commands.build.build(config)


def serve(config_file: Path, address: str, **changes: Any) -> None:
    """Serve the site and show what has changed whenever a file does."""
    _load(config_file, None, changes)  # MkDocs keeps the plugin, and loads the configuration again for each build
    host, _, port = address.rpartition(":")
    mkdocs.commands.serve.serve(str(config_file), dev_addr=f"{host or '127.0.0.1'}:{port}")


def _load(config_file: Path, site_dir: Path | None, changes: dict[str, Any]) -> MkDocsConfig:
    given = {"site_dir": str(site_dir)} if site_dir else {}
    config = mkdocs.config.load_config(str(config_file), **given)
    cast("CasebookPlugin", config.plugins["casebook"]).changes = changes
    return config


def build_language(first: MkDocsConfig, lang: str, own: CasebookPlugin, plugin: CasebookPlugin) -> None:
    """Build a further language.

    Args:
        first: configuration of the first language.
        lang: the further one.
        own: its plugin.
        plugin: that of the first language.

    Raises:
        SystemExit: it could not be built.
    """
    # MkDocs begins by emptying its folder, and others may have begun to write to that of the language.
    with tempfile.TemporaryDirectory() as emptied:
        # Without plugins: MkDocs would hand us the first language's own, which is at work.
        config = mkdocs.config.load_config(first.config_file_path, site_dir=emptied, plugins=[])
        own.load_config({**plugin.config, "lang": lang})
        for name, other in first.plugins.items():
            config.plugins[name] = own if other is plugin else other
        if first.site_url:
            config.site_url = f"{first.site_url.rstrip('/')}/{lang}/"
        config.strict = first.strict
        try:
            mkdocs.commands.build.build(config)
        except Abort as stop:  # it has said why; a trace of calls would say no more
            raise SystemExit(stop.exit_code) from None
