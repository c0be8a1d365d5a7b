"""Smaller copies of pictures, made by Pillow, which the extra ``images`` installs.

They hold no metadata: photos tell where they were taken.
"""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import TYPE_CHECKING, Final

import imagesize
import PIL
from PIL import Image, ImageCms, features

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_FORMATS: Final = ("JPEG", "PNG", "WEBP")
_QUALITY: Final = 70
#: The tag of the Exif standard that says how a photo lies; its values -> what puts it right.
_ORIENTATION: Final = 0x0112
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

#: What decides, besides a file and a width, about the bytes of a copy.
MADE_BY: Final = (_QUALITY, PIL.__version__, features.version("webp"))


def encoded_copies(file: Path, widths: Sequence[int]) -> list[bytes]:
    """Return a picture in WebP, in some widths, or nothing where only the file itself will do.

    It is broken, moves, is transparent, or has colours for a printer, of a palette or of more
    than eight bits; or the copies are no smaller.

    :param widths: the largest last.
    """
    try:
        with warnings.catch_warnings():
            # Pillow warns of metadata, and of sizes that are never decoded here.
            warnings.simplefilter("ignore")
            copies = [_encoded(image) for image in _resized(file, widths)]
    except Exception:  # noqa: BLE001 -- Pillow raises what its parsers stumble upon
        return []
    return copies if copies and len(copies[-1]) < file.stat().st_size else []


def _resized(file: Path, widths: Sequence[int]) -> Iterator[Image.Image]:
    with Image.open(file, formats=_FORMATS) as image:
        # A JPEG file of several pictures, the first of which is shown, has a name of its own.
        is_photo = image.format in {"JPEG", "MPO"}
        if not is_photo and (
            getattr(image, "is_animated", False) or image.getexif().get(_ORIENTATION, 1) != 1
        ):
            return  # Browsers do not agree on how such files lie.
        # JPEG is decoded in about the size that is needed, and at least in that.
        image.draft(image.mode, (widths[-1], widths[-1]))
        shown = _opaque(image)
    if shown is None:
        return
    if is_photo and (turn := _TURNS.get(imagesize.get_info(file).rotation)) is not None:
        shown = shown.transpose(turn)
    profile = image.info.get("icc_profile")
    for width in widths:
        size = width, max(round(shown.height * width / shown.width), 1)
        resized = shown.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
        yield _in_srgb(resized, profile) if profile else resized


def _opaque(image: Image.Image) -> Image.Image | None:
    """Return a picture without its alpha channel, or ``None`` if that or its colours matter."""
    if image.mode in {"RGB", "L"} and "transparency" not in image.info:
        image.load()
        return image
    is_opaque = image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255)
    return image.convert("RGB") if is_opaque else None


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """Return a picture with the colours that browsers show where no profile says otherwise."""
    own, srgb = ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB")
    converted = ImageCms.profileToProfile(image, own, srgb, outputMode="RGB")
    assert converted is not None
    return converted


def _encoded(image: Image.Image) -> bytes:
    image.info = {}
    data = BytesIO()
    image.save(data, "WEBP", quality=_QUALITY)
    return data.getvalue()
