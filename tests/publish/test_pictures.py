"""Pictures and files beside a lesson text: found, looked at, and addressed."""

import os
import re
import unicodedata
from urllib.parse import unquote

import pytest
from PIL import Image

from engine import UserError
from publish.pictures import read_picture
from publish.text import read_lesson_text

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    "{0}>{1}</svg>"
)
BOX = 'viewBox="0 0 300 150"'


@pytest.fixture
def folder(tmp_path):
    """A lesson's folder with some files."""
    folder = tmp_path / "lesson"
    (folder / "more").mkdir(parents=True)
    Image.new("RGB", (40, 30)).save(folder / "plot.png")
    Image.new("RGB", (40, 30)).save(folder / "more" / "my plot ü.png")
    (folder / "data.csv").write_text("a,b\n" * 500)
    (folder / "paper.pdf").write_bytes(b"%PDF-1.4\n")
    (tmp_path / "outside.png").write_bytes((folder / "plot.png").read_bytes())
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "lesson.toml").write_text("")
    return folder


def attributes(html: str) -> dict[str, str]:
    return dict(re.findall(r'([a-z]+)="([^"]*)"', re.findall("<img [^>]*>", html)[0]))


def test_a_picture_has_words_and_a_size(folder, shown):
    assert attributes(shown("![A plot](plot.png)")) == {
        "src": "../files/lesson/plot.png",
        "alt": "A plot",
        "width": "40",
        "height": "30",
    }


def test_a_picture_alone_is_a_figure_and_its_title_the_caption(folder, shown):
    html = shown('![A *plot*](plot.png "The **loss** of $x_1$")')
    assert re.fullmatch(
        r'<figure class="picture"><img [^>]*alt="A plot"[^>]*>'
        r"<figcaption>The <strong>loss</strong> of <math>.*</math></figcaption></figure>\n",
        html,
    )
    assert "title=" not in html
    assert "<p>" in shown("In a line ![plot](plot.png).")


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("{width=50%}", {"class": "width-50", "width": "40", "height": "30"}),
        ("{width=20}", {"width": "20", "height": "15"}),
        ('{ width="20px" }', {"width": "20", "height": "15"}),
    ],
)
def test_a_picture_can_be_made_smaller(folder, shown, written, wanted):
    html = shown(f"![plot](plot.png){written}")
    assert "<figure" in html
    assert "{" not in html
    found = attributes(html)
    assert {key: found.get(key) for key in wanted} == wanted


@pytest.mark.parametrize(
    "address",
    [
        "<more/my plot ü.png>",
        "more/my%20plot%20%C3%BC.png",
        "./more/my%20plot%20ü.png",
        unicodedata.normalize("NFD", "<more/my plot ü.png>"),
    ],
)
def test_names_with_blanks_and_letters_of_any_script(folder, shown, address):
    found = attributes(shown(f"![plot]({address})"))
    assert unquote(found["src"]) == "../files/lesson/more/my plot ü.png"
    assert found["src"].isascii()


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("![](plot.png)", "has no words for those who do not see it"),
        ("![ ](plot.png)", "has no words"),
        ("![a](plt.png)", "did you mean 'plot.png'"),
        ("![a](Plot.png)", "it is called 'plot.png'"),
        ("![a](More/x.png)", "it is called 'more'"),
        ("![a](more)", "is a folder"),
        ("![a](../outside.png)", "not in the lesson's folder"),
        ("![a](more/../../outside.png)", "not in the lesson's folder"),
        ("![a](/etc/x.png)", "not in the lesson's folder"),
        ("![a](https://example.org/a.png)", "pages load nothing from elsewhere"),
        ("![a](//example.org/a.png)", "pages load nothing from elsewhere"),
        ("![a](data:image/png;base64,AAAA)", "pages load nothing from elsewhere"),
        (r"![a](more\plot.png)", r"write / in place of \\"),
        ("![a](link.png)", "a link out of the lesson's folder"),
        ("![a](.hidden.png)", "is hidden"),
        ("![a](data.csv)", "pictures are PNG, JPEG, SVG, WebP and GIF"),
        ("![a](plot.png){width=200%}", "expected 1% to 100%"),
        ("![a](plot.png){width=0}", "at least 1"),
        ("## A ![a](plot.png)", "a picture cannot stand in a heading"),
        ("[a](data.cvs)", "did you mean 'data.csv'"),
        ("[a](Data.csv)", "it is called 'data.csv'"),
        ("[a](../outside.png)", "not in the lesson's folder"),
        ("[a](more/)", "is a folder"),
        ("[a](//example.org)", "write https: before it"),
        ("[a](ftp://example.org)", "web addresses"),
        ("[a](other)", "the page of that lesson is 'other.html'"),
        ("[a](../other/en.md)", "not in the lesson's folder"),
        ("[a](other.md)", "the page of that lesson is 'other.html'"),
        ("[a][b]\n\n[b]: dota.csv", "did you mean 'data.csv'"),
    ],
)
def test_mistakes_of_pictures_and_links(folder, shown, text, part):
    (folder / "link.png").symlink_to("../outside.png")
    (folder / ".hidden.png").write_bytes((folder / "plot.png").read_bytes())
    with pytest.raises(UserError, match=r"en\.md, line 5: ") as caught:
        shown(text)
    assert re.search(part, str(caught.value))


def test_a_link_within_the_folder_is_followed(folder, shown):
    (folder / "same.png").symlink_to("plot.png")
    assert attributes(shown("![a](same.png)"))["width"] == "40"


@pytest.mark.parametrize(
    ("ending", "mode", "clear"),
    [
        ("png", "RGB", False),
        ("png", "RGBA", True),
        ("jpg", "RGB", False),
        ("jpeg", "L", False),
        ("webp", "RGB", False),
        ("gif", "P", False),
        ("PNG", "LA", True),
    ],
)
def test_kinds_of_pictures(tmp_path, ending, mode, clear):
    path = tmp_path / f"picture.{ending}"
    Image.new(mode, (31, 17)).save(path)
    picture = read_picture(path)
    assert (picture.width, picture.height, picture.clear) == (31, 17, clear)


def test_a_turned_photograph_has_the_size_that_is_seen(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (40, 20)).save(tmp_path / "photo.jpg", exif=exif)
    picture = read_picture(tmp_path / "photo.jpg")
    assert (picture.width, picture.height) == (20, 40)


@pytest.mark.parametrize(
    ("opening", "size"),
    [
        (BOX, (300, 150)),
        ('width="60" height="40"', (60, 40)),
        (f'width="100" {BOX}', (100, 50)),
        (f'height="2in" {BOX}', (384, 192)),
        (f'width="100%" height="100%" {BOX}', (300, 150)),
        ('width="72pt" height="25.4mm"', (96, 96)),
        ('viewBox="-10,-10,20.4,10.2"', (20, 10)),
    ],
)
def test_sizes_of_drawings(tmp_path, opening, size):
    path = tmp_path / "drawing.svg"
    path.write_text(SVG.format(opening, '<path d="M0 0"/>'))
    picture = read_picture(path)
    assert (picture.width, picture.height, picture.clear) == (*size, True)


@pytest.mark.parametrize(
    "inside",
    [
        '<use href="#a"/>',
        '<image xlink:href="data:image/png;base64,AA=="/>',
        '<rect fill="url(#shade)"/>',
        '<a href="https://example.org"><text>x</text></a>',
        "<style>text { fill: red }</style>",
        "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>",
        "<!-- <script/> -->",
    ],
)
def test_drawings_that_pages_show(tmp_path, inside):
    path = tmp_path / "drawing.svg"
    path.write_text(f'<?xml version="1.0"?>\n{SVG.format(BOX, inside)}')
    assert read_picture(path).width == 300


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<rect onclick="alert(1)"/>',
        '<image href="https://example.org/a.png"/>',
        '<image xlink:href="other.png"/>',
        '<use href="sprites.svg#a"/>',
        '<a href="javascript:alert(1)"><text>x</text></a>',
        '<rect fill="url(https://example.org/a.svg#b)"/>',
        "<style>@import 'a.css'; text { fill: red }</style>",
        "<style>text { src: url( 'https://example.org/font.woff2' ) }</style>",
        "<foreignObject><iframe src='x'/></foreignObject>",
    ],
)
def test_drawings_that_act_or_load_are_told(tmp_path, inside):
    path = tmp_path / "drawing.svg"
    path.write_text(SVG.format(BOX, inside))
    with pytest.raises(UserError, match=r"the drawing (holds|takes)"):
        read_picture(path)


@pytest.mark.parametrize(
    ("name", "content", "part"),
    [
        ("a.png", b"words", "no whole PNG picture"),
        ("a.png", b"", "no whole PNG picture"),
        ("a.svg", b"words", "no SVG drawing"),
        ("a.svg", b"<html></html>", "no SVG drawing"),
        ("a.svg", SVG.format("", "").encode(), "says no size"),
        ("a.svg", b'<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>', "save it as plain SVG"),
        ("a.png", SVG.format(BOX, "").encode(), "let its name end with .svg"),
        ("a.bmp", b"BM", "PNG, JPEG, SVG, WebP and GIF"),
        ("a", b"", "PNG, JPEG, SVG, WebP and GIF"),
    ],
)
def test_files_that_are_no_pictures(tmp_path, name, content, part):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UserError) as caught:
        read_picture(tmp_path / name)
    assert part in str(caught.value)


def test_a_picture_is_of_the_kind_of_its_name_and_whole(tmp_path):
    noise = Image.frombytes("RGB", (64, 64), os.urandom(64 * 64 * 3))
    noise.save(tmp_path / "a.png", format="JPEG")
    with pytest.raises(UserError, match=r"a JPEG file, not PNG; let its name end with \.jpeg"):
        read_picture(tmp_path / "a.png")
    noise.save(tmp_path / "b.png")
    whole = (tmp_path / "b.png").read_bytes()
    (tmp_path / "b.png").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UserError, match="no whole PNG"):
        read_picture(tmp_path / "b.png")


def test_links_to_files_tell_kind_and_size(folder, shown):
    html = shown("[data](data.csv), [paper](paper.pdf#page=2 'T'), [x](https://example.org)")
    assert '<a href="../files/lesson/data.csv" download>data</a>' in html
    assert '<span class="file"> (CSV, 2.0\N{NO-BREAK SPACE}kB)</span>' in html
    assert '<a href="../files/lesson/paper.pdf#page=2" title="T">paper</a>' in html
    assert '<a href="https://example.org">x</a>' in html


def test_a_text_names_its_files_once(folder):
    text = (
        "# T\n\nSee [it](data.csv).\n\n![a](plot.png) ![b](plot.png)\n\n![c](<more/my plot ü.png>)"
    )
    (folder / "en.md").write_text(text, encoding="utf-8")
    files = read_lesson_text(folder / "en.md", "en").files
    assert [file.name for file in files] == ["data.csv", "more/my plot ü.png", "plot.png"]
