"""Ids that are none, made into ids: only mistakes ask for that."""

from site_builder.addresses import slug

__all__ = ["slug", "slug_advice"]


def slug_advice(written: str) -> str:
    """The advice to write that id."""
    return f"write `{slug(written)}`" if slug(written) else "write an id such as `support-time`"
