"""Photos before they are sent."""

import io

from PIL import Image
from playwright.sync_api import Page, expect

GPS_INFO = 0x8825


def photo_with_place() -> bytes:
    """A large photo that says where it was taken."""
    image = Image.new("RGB", (4000, 3000), "green")
    exif = Image.Exif()
    exif[0x010F] = "Camera of somebody"
    exif.get_ifd(GPS_INFO)[1] = "N"
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", exif=exif)
    return buffer.getvalue()


def test_photo_is_made_smaller_and_says_nothing_of_place_or_camera(page: Page) -> None:
    page.goto("/ui/")
    field = page.locator("[data-file-field]").first.locator("input[type=file]")

    field.set_input_files({"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": photo_with_place()})
    expect(page.locator(".file-field__preview canvas")).to_be_visible()
    chosen = field.evaluate("async (input) => [...new Uint8Array(await input.files[0].arrayBuffer())]")

    image = Image.open(io.BytesIO(bytes(chosen)))
    assert image.size == (2048, 1536)
    assert dict(image.getexif()) == {}


def test_photo_can_be_removed_again(page: Page) -> None:
    page.goto("/ui/")
    field = page.locator("[data-file-field]").first
    field.locator("input[type=file]").set_input_files(
        {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": photo_with_place()}
    )

    field.locator(".file-field__preview button").click()

    expect(field.locator(".file-field__preview")).to_have_count(0)
    assert field.locator("input[type=file]").evaluate("(input) => input.files.length") == 0


def test_file_that_is_no_photo_goes_as_it_is(page: Page) -> None:
    page.goto("/ui/")
    field = page.locator("[data-file-field]").first.locator("input[type=file]")

    field.set_input_files({"name": "note.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 x"})

    expect(page.locator(".file-field__name")).to_have_text("note.pdf")
    assert field.evaluate("async (input) => await input.files[0].text()") == "%PDF-1.7 x"
