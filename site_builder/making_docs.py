"""The documentation's pages, made when they are not kept from an earlier build.

Where nothing changed, their files are only read to say so: neither Markdown nor colours are even imported.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from site_builder.caching import Store, key_of
from site_builder.docs.files import Docs
from site_builder.units import Shared


@dataclass(frozen=True, slots=True)
class MadeDocs:
    """The documentation's files: `keys` stand for the content of each; `held` has them where no store keeps them."""

    key: str
    keys: Mapping[str, str]
    store: Store
    held: Mapping[str, bytes] | None

    def files(self) -> Mapping[str, bytes]:
        """What each file holds."""
        if self.held is not None:
            return self.held
        kept: Mapping[str, bytes] | None = self.store.get("docs-pages", self.key)
        return kept or {}


def make_docs(shared: Shared, common: str, store: Store) -> MadeDocs | None:
    """The documentation of a site that has one; `common` stands for what all pages depend on.

    Raises InputError where something is wrong in it.
    """
    docs = shared.site.docs
    if docs is None:
        return None
    key = key_of("docs", common, docs.key)
    known: tuple[dict[str, str], frozenset[str]] | None = store.get("docs", key)
    if known is not None and all((docs.setting.root / name).exists() for name in known[1]):
        return MadeDocs(key, known[0], store, None)
    return _made(docs, shared, key, store)


def _made(docs: Docs, shared: Shared, key: str, store: Store) -> MadeDocs:
    from site_builder.docs.whole import written
    from site_builder.rendering.docs import DocsRenderer

    pages = written(docs, shared.site.config.base_path)
    files = DocsRenderer(shared.site, shared.compiled).docs_files(docs, pages)
    keys = {name: key_of(data) for name, data in files.items()}
    kept = store.put("docs-pages", key, files) and store.put("docs", key, (keys, pages.outside))
    return MadeDocs(key, keys, store, None if kept else files)
