"""Words of many scripts are shaped; no font, no box."""

import unicodedata

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import UserError
from engine.plaintext import character_name, plain_text
from scenes import typefaces
from scenes.lettering import Lettering
from scenes.shaping import extents, shaped
from scenes.typefaces import FONT, faces, other_files, require_faces, spread

LETTERING = Lettering(1.0)
SCRIPTS = {
    "Latin": "Příliš žluťoučký kůň",
    "Vietnamese": "Tốc độ học",
    "Cyrillic": "Метод моментов",
    "Greek": "Μέθοδος κλίσης",
    "Arabic": "خوارزمية الانحدار",
    "Hebrew": "ירידה במורד",
    "Korean": "경사 하강법",
    "Japanese": "勾配降下法のしくみ",
    "Chinese": "梯度下降法",
    "Thai": "การไล่ระดับ",
    "Devanagari": "प्रवणता अवरोहण",
}


def ink(words, **more):
    left, top, right, bottom = extents(shaped(plain_text(words), **more))
    return np.array([right - left, top, bottom])


def has(letters):
    return any(face.sets(letters) for face in faces())


def pixels(words, bold=False):
    surface = LETTERING.text(words, 40, "#ffffff", bold=bold).surface
    surface.flush()
    shape = surface.get_height(), surface.get_stride() // 4, 4
    return np.ndarray(shape, np.uint8, bytes(surface.get_data()))[..., 3]


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("script", SCRIPTS)
def test_a_title_is_set_or_the_character_is_named(script, bold):
    words = SCRIPTS[script]
    lacking = [letter for letter in words if not has(letter)]
    if lacking:
        with pytest.raises(UserError) as told:
            LETTERING.text(words, 40, "#ffffff", bold=bold)
        assert character_name(lacking[0])[4:] in str(told.value)
        assert "apt-get install fonts-noto" in str(told.value)
    else:
        assert pixels(words, bold).max() == 255


@pytest.mark.parametrize("words", ["Příliš", "Tốc độ", "Май", "Μέθοδος", "경사", "ガウス"])
def test_composed_and_decomposed_words_look_the_same(words):
    apart = unicodedata.normalize("NFD", words)
    assert apart != words
    assert (pixels(apart) == pixels(words)).all()


def test_marks_stand_on_their_letters():
    assert ink("é")[1] < ink("e")[1] - 10
    assert ink("x\u0302")[1] < ink("x")[1] - 10
    assert ink("x\u0302")[0] < ink("x")[0] + 10
    assert ink("x\u0302")[0] == pytest.approx(extents(shaped("x\u0302y")[:2])[2] - 100, abs=8)


@pytest.mark.skipif(not has("مدرسة"), reason="no font here has Arabic")
def test_arabic_is_joined_and_goes_from_right_to_left():
    joined, apart = ink("سلس"), ink("س\u200cل\u200cس")
    assert joined[0] < apart[0] - 10
    first, last = shaped("ان"), shaped("نا")
    assert [g.outline for g in first] != [g.outline for g in last][::-1]
    by_place = sorted(shaped("اب"), key=lambda glyph: glyph.x)
    alone = shaped("ا")[0]
    assert by_place[-1].outline == alone.outline, "alef, the first letter, is at the right"


@pytest.mark.skipif(not has("שלום"), reason="no font here has Hebrew")
def test_english_in_hebrew_goes_from_left_to_right():
    places = {glyph.outline: glyph.x for glyph in shaped("שלום ab")}
    first, second = (shaped(letter)[0].outline for letter in "ab")
    assert places[first] < places[second]
    assert all(places[second] < x for one, x in places.items() if one not in (first, second))


def test_ligatures_and_words_without_ink():
    assert len(shaped("fi")) == 2
    for words in ("", " ", "\u200b", "\u00a0", "\u3000"):
        sprite = LETTERING.text(words, 30, "#ffffff")
        assert sprite.width == sprite.height == 0


def test_one_script_of_a_text_is_in_one_font():
    families = {face.family for face, _ in spread("Dvořák and Dijkstra")}
    assert len(families) == 1
    assert FONT not in families or has("ř")
    assert [face.family for face, _ in spread("Adam 学习率 η → −0.5")] == [FONT]


def test_usual_characters_are_in_the_films_own_font():
    """What course texts have had until now needs no other font, so that films stay the same."""
    usual = "AZaz09 àéîöüñç ÄÖÜß αβγδεηθλμπσω жяЖЯ −×÷±≈≠≤≥∞√∂∇∑∈ ←↑→↓⇒ “”‘’…–—· 学习率，。（）"
    assert [face.family for face, _ in spread(usual)] == [FONT]
    require_faces(usual + "10⁻⁶ x²")
    assert other_files(usual) == ()


def test_colored_pictures_do_not_count(monkeypatch):
    """A font of bitmaps has no outlines: a film would show nothing."""
    row = ["Noto Color Emoji", "80", "100", "0", "True", "False", "/x/emoji.ttf", "1f600-1f64f"]
    own = next(fields for fields in typefaces._listed() if fields[0] == FONT)
    monkeypatch.setattr(typefaces, "_listed", lambda: (own, row))
    typefaces.faces.cache_clear()
    typefaces.spread.cache_clear()
    try:
        with pytest.raises(UserError, match=r"U\+1F600 GRINNING FACE"):
            require_faces("A smile 😀")
    finally:
        monkeypatch.undo()
        typefaces.faces.cache_clear()
        typefaces.spread.cache_clear()


@pytest.mark.parametrize(
    ("letter", "said"),
    [
        ("\U000f0000", "(U+F0000)"),
        ("\U00016800", "U+16800 BAMUM LETTER PHASE-A NGKUE MFON"),
        ("\ud800", "(U+D800)"),
        ("字\u0f90", "U+0F90"),
    ],
)
def test_what_no_font_has_is_named(letter, said):
    if has(letter):
        pytest.skip("a font here has it")
    with pytest.raises(UserError) as told:
        LETTERING.text(f"A {letter} b", 30, "#ffffff")
    assert said in str(told.value)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=12), st.booleans())
def test_any_text_is_set_or_refused(text, bold):
    try:
        sprite = LETTERING.text(text, 20, "#ffffff", bold=bold)
    except UserError as error:
        said = str(error)
    else:
        said = "U+"
        assert sprite.text == plain_text(text)
        assert sprite.width == pytest.approx(20 * LETTERING.width(text, bold=bold), abs=0.2)
    assert "U+" in said


SETTABLE = "aé字ا ب שה x\u0302\u200d\u200c한ไदि½⁻²ﬁ\u0301→😀'&<"


@settings(max_examples=40, deadline=None)
@given(st.text(SETTABLE, max_size=10))
def test_words_that_are_set_have_no_glyph_of_a_missing_character(text):
    try:
        require_faces(plain_text(text))
    except UserError:
        return
    boxes = {shaped("\U000f0000x")[0].outline} if has("\U000f0000") else set()
    assert not boxes & {glyph.outline for glyph in shaped(plain_text(text))}


def test_without_a_list_of_fonts_a_missing_character_is_still_no_box(monkeypatch):
    monkeypatch.setattr(typefaces, "_listed", lambda: ())
    monkeypatch.setattr("scenes.shaping.faces", lambda bold=False: ())
    monkeypatch.setattr("scenes.shaping.spread", lambda text, bold=False: ())
    shaped.cache_clear()
    with pytest.raises(UserError, match="no font on this computer"):
        shaped("a\U000e1000b")
    assert len(shaped("abc")) == 3
    shaped.cache_clear()
