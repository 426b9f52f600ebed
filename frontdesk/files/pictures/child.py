"""The process that decodes pictures: it bounds itself, writes them anew without metadata, and previews.

It knows nothing of the application: no settings, no database, no language.
"""

import sys
import warnings

import msgspec

from frontdesk.core.sandbox import bound

from .task import Outcome, Task

# What each family becomes: the format to save, its extension, and the modes that it holds.
_TARGETS = {
    "jpeg": ("JPEG", "jpg"), "heif": ("JPEG", "jpg"), "png": ("PNG", "png"), "gif": ("GIF", "gif"),
    "webp": ("WEBP", "webp"), "bmp": ("PNG", "png"), "tiff": ("PNG", "png"),
}  # fmt: skip
_FORMATS = {"heif": "HEIF"}
_PLAIN = {"JPEG": ("RGB", "L"), "PNG": ("RGB", "RGBA", "L", "P"), "WEBP": ("RGB", "RGBA")}
_OPTIONS = {
    "JPEG": {"quality": 90, "optimize": True}, "PNG": {"compress_level": 6}, "WEBP": {"quality": 88, "method": 3},
    "GIF": {},
}  # fmt: skip
_LARGEST_PROFILE = 64 * 1024


class TooMuch(Exception):
    """The picture asks more than it may."""


def main() -> None:
    task = msgspec.json.decode(sys.stdin.buffer.read(), type=Task)
    bound(task.memory_bytes, task.cpu_seconds, task.output_bytes)
    warnings.simplefilter("ignore")
    try:
        outcome = _pdf(task) if task.family == "pdf" else _picture(task)
    except BaseException:
        outcome = Outcome()
    sys.stdout.buffer.write(msgspec.json.encode(outcome))
    sys.stdout.buffer.flush()


def _opened(task: Task):
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = task.pixels
    if task.family == "heif":
        import pillow_heif

        pillow_heif.register_heif_opener(thumbnails=False)
    wanted = _FORMATS.get(task.family, task.family.upper())
    picture = Image.open(task.path, formats=[wanted])
    if picture.width * picture.height > task.pixels:
        raise TooMuch
    return picture


def _picture(task: Task) -> Outcome:
    from PIL import ImageOps

    picture = _opened(task)
    form, extension = _TARGETS[task.family]
    frames = getattr(picture, "n_frames", 1) if task.family in ("gif", "webp", "png") else 1
    if frames > 1:
        _check_frames(task, picture, frames)
        first = _save_moving(task, picture, form if form != "PNG" else "WEBP")
        extension = extension if form != "PNG" else "webp"
    else:
        first = ImageOps.exif_transpose(picture)
        first = _plain(first, form)
        first.save(f"{task.folder}/original", form, **_OPTIONS[form], **_profile(picture))
    return Outcome(first.width, first.height, extension, _previews(task, first))


def _check_frames(task: Task, picture, frames: int) -> None:
    if frames > task.frames or frames * picture.width * picture.height > task.frame_pixels:
        raise TooMuch


def _save_moving(task: Task, picture, form: str):
    """Every frame anew; the first one is the preview."""
    from PIL import ImageSequence

    made, lasting = [], []
    for frame in ImageSequence.Iterator(picture):
        made.append(frame.convert("RGBA"))
        lasting.append(int(frame.info.get("duration", 100)) or 100)
    options = {"save_all": True, "append_images": made[1:], "duration": lasting, "loop": 0}
    if form == "GIF":
        options["disposal"] = 2
    made[0].save(f"{task.folder}/original", form, **_OPTIONS[form], **options)
    return made[0]


def _plain(picture, form: str):
    """The pixels in a mode that the format holds, without anything else that came with them."""
    if form == "GIF":
        plain = picture.convert("RGBA").convert("P") if picture.mode not in ("P", "L") else picture.copy()
    else:
        modes = _PLAIN[form]
        see_through = "A" in picture.mode or "transparency" in picture.info
        target = "RGBA" if see_through and "RGBA" in modes else "RGB"
        plain = picture.copy() if picture.mode in modes and not see_through else _onto_white(picture, target)
    kept = picture.info.get("transparency") if plain.mode == "P" else None
    plain.info = {} if kept is None else {"transparency": kept}
    return plain


def _onto_white(picture, mode: str):
    from PIL import Image

    if mode == "RGB" and ("A" in picture.mode or "transparency" in picture.info):
        over = picture.convert("RGBA")
        ground = Image.new("RGB", over.size, "white")
        ground.paste(over, mask=over.getchannel("A"))
        return ground
    return picture.convert(mode)


def _profile(picture) -> dict:
    """The colours' profile, without which a photo would look different; it says nothing about who took it."""
    profile = picture.info.get("icc_profile")
    fits = profile and len(profile) <= _LARGEST_PROFILE and picture.mode in ("RGB", "RGBA", "L")
    return {"icc_profile": profile} if fits else {}


def _previews(task: Task, picture) -> tuple[int, ...]:
    from PIL import Image

    current = picture if picture.mode in ("RGB", "RGBA") else picture.convert("RGBA" if _clear(picture) else "RGB")
    for width in sorted(task.widths, reverse=True):
        current = current.copy()
        current.thumbnail((width, width), Image.Resampling.LANCZOS, reducing_gap=2.0)
        current.info = {}
        current.save(f"{task.folder}/{width}.webp", "WEBP", quality=80, method=3)
    return task.widths


def _clear(picture) -> bool:
    return "A" in picture.mode or "transparency" in picture.info


def _pdf(task: Task) -> Outcome:
    """The first page as a picture; the document itself stays as it is."""
    import pypdfium2

    document = pypdfium2.PdfDocument(task.path)
    page = document[0]
    width, height = page.get_size()
    scale = max(task.widths) / max(width, height, 1)
    picture = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    return Outcome(picture.width, picture.height, "", _previews(task, picture))


if __name__ == "__main__":
    main()
