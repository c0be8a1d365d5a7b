"""Pages and their heads, generated pages included."""

from __future__ import annotations

from .context import PageContexts, add_static_path, add_template_path, source_name
from .frame import frame_document
from .generated import GeneratedPage, GeneratedPages
from .images import complete_images
from .item_templates import ItemTemplates
from .place import PagePlace, place_state
from .render import page_context
from .share import copy_share_image, share_copy, site_images
from .template_use import TemplateUse

__all__ = [
    "GeneratedPage",
    "GeneratedPages",
    "ItemTemplates",
    "PageContexts",
    "PagePlace",
    "TemplateUse",
    "add_static_path",
    "add_template_path",
    "complete_images",
    "copy_share_image",
    "frame_document",
    "page_context",
    "place_state",
    "share_copy",
    "site_images",
    "source_name",
]
