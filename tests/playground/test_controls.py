"""Moving the controls of a playground, by mouse and by keyboard."""

import pytest
from playwright.sync_api import Locator, Page, expect

import engine
from tests.playground.harness import Opener, settle

CURVE = "() => document.querySelectorAll('.playground-stage canvas')[1].toDataURL()"


def part(page: Page, name: str, which: str) -> Locator:
    return page.locator(f"#playground-{name}-{which}")


def numbers(page: Page, term: str) -> list[float]:
    texts = page.locator(f"tr[data-term='{term}'] td").all_inner_texts()
    return [float(text.replace("−", "-")) for text in texts]


@pytest.mark.parametrize("name", list(engine.OPTIMIZERS))
def test_sliders_have_the_declared_ranges_and_defaults(opened: Opener, name: str) -> None:
    page = opened(name)
    for hyper in engine.OPTIMIZERS[name].hyper:
        slider = part(page, name, hyper.name)
        low, high, step = (float(slider.get_attribute(key) or "") for key in ("min", "max", "step"))
        if hyper.scale == "log":
            low, high = 10**low, 10**high
        assert (low, high, step) == pytest.approx((hyper.low, hyper.high, hyper.step))
        assert float(part(page, name, f"{hyper.name}-number").input_value()) == hyper.default
    terms = engine.OPTIMIZERS[name].terms
    shown = page.locator("tr[data-term]").evaluate_all("rows => rows.map(r => r.dataset.term)")
    assert shown == ["g", *terms]


def test_a_slider_moves_the_path_but_not_the_field(opened: Opener) -> None:
    page = opened("adagrad")
    before, paints = page.evaluate(CURVE), page.evaluate("() => window.paints")
    part(page, "adagrad", "lr").fill("0.4")
    settle(page)
    assert page.evaluate(CURVE) != before
    assert page.evaluate("() => window.paints") == paints
    assert part(page, "adagrad", "lr-number").input_value() == "0.4"
    end = engine.run("adagrad", "valley", (-5, -2), 50, lr=0.4).points[-1]
    assert numbers(page, "x") == pytest.approx(end.tolist(), abs=5e-5)


def test_the_arrow_keys_move_a_slider(opened: Opener) -> None:
    page = opened("adam")
    part(page, "adam", "beta1").focus()
    page.keyboard.press("ArrowRight")
    expect(part(page, "adam", "beta1-number")).to_have_value("0.901")


def test_epsilon_moves_by_decades(opened: Opener) -> None:
    page = opened("adagrad")
    part(page, "adagrad", "eps").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(part(page, "adagrad", "eps-number")).to_have_value("1e-4")


def test_a_typed_number_is_taken_and_a_wrong_one_is_marked(opened: Opener) -> None:
    page = opened("adagrad")
    entry = part(page, "adagrad", "lr-number")
    entry.fill("2.5")
    expect(part(page, "adagrad", "lr")).to_have_value("2.5")
    entry.fill("fast")
    expect(entry).to_have_attribute("aria-invalid", "true")
    entry.blur()
    expect(entry).to_have_value("2.5")
    expect(entry).not_to_have_attribute("aria-invalid", "true")


@pytest.mark.parametrize(
    ("which", "text", "expected", "stays"),
    [
        ("lr-number", "0x10", "a decimal number such as 0.05 or 1e-3", "0.1"),
        ("steps-number", "2.5", "a whole number from 1 to 5000", "50"),
        ("start-x1", "", "a decimal number from −1000000 to 1000000", "-5"),
    ],
)
def test_an_entry_that_is_not_taken_says_what_would_be(
    opened: Opener, which: str, text: str, expected: str, stays: str
) -> None:
    page = opened("adagrad")
    entry = part(page, "adagrad", which)
    entry.fill(text)
    expect(entry).to_have_attribute("title", expected)
    entry.blur()
    expect(page.get_by_role("status")).to_contain_text(expected)
    expect(page.locator(".playground-notice")).to_contain_text(expected)
    expect(entry).to_have_value(stays)
    part(page, "adagrad", "lr").fill("0.4")
    expect(page.locator(".playground-notice")).to_be_empty()


@pytest.mark.parametrize("text", ["−1.5e-3", "+2", ".5", "3."])
def test_every_way_to_write_a_decimal_is_taken(opened: Opener, text: str) -> None:
    page = opened("adagrad")
    entry = part(page, "adagrad", "start-x1")
    entry.fill(text)
    entry.blur()
    assert float(entry.input_value()) == float(text.replace("−", "-"))


def test_a_number_beyond_the_slider_is_taken(opened: Opener) -> None:
    page = opened("adagrad")
    part(page, "adagrad", "lr-number").fill("9")
    settle(page)
    end = engine.run("adagrad", "valley", (-5, -2), 50, lr=9).points[-1]
    assert numbers(page, "x") == pytest.approx(end.tolist(), abs=5e-5)
    expect(part(page, "adagrad", "lr")).to_have_value("4")
    entry = part(page, "adagrad", "lr-number")
    expect(entry).to_have_attribute("title", "Beyond the slider, which goes from 0 to 4")
    expect(entry).to_have_attribute("data-beyond", "")
    entry.fill("3")
    expect(entry).not_to_have_attribute("data-beyond", "")


def start_of(page: Page, name: str) -> list[float]:
    texts = [part(page, name, f"start-x{axis}").input_value() for axis in (1, 2)]
    return [float(text.replace("−", "-")) for text in texts]


def test_the_start_is_set_by_click_drag_keys_and_numbers(opened: Opener) -> None:
    page = opened("sgd")
    box = page.locator(".playground-stage").bounding_box()
    assert box is not None
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.click(*middle)
    clicked = start_of(page, "sgd")
    assert clicked != [-5, -2]
    assert clicked == pytest.approx([-1.25, 0], abs=0.3)

    page.mouse.move(*middle)
    page.mouse.down()
    page.mouse.move(middle[0] + 60, middle[1] - 60, steps=3)
    page.mouse.up()
    dragged = start_of(page, "sgd")
    across, up = dragged[0] - clicked[0], dragged[1] - clicked[1]
    assert across > 0.5
    assert up == pytest.approx(across, rel=0.02)

    page.locator(".playground-handle").focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+ArrowDown")
    moved = start_of(page, "sgd")
    assert moved[0] == pytest.approx(dragged[0] - 0.05, abs=0.02)
    assert moved[1] == pytest.approx(dragged[1] - 0.5, abs=0.02)

    part(page, "sgd", "start-x1").fill("2")
    part(page, "sgd", "start-x2").fill("−1.5")
    settle(page)
    handle = page.locator(".playground-handle").bounding_box()
    assert handle is not None
    assert handle["x"] > middle[0]
    assert start_of(page, "sgd") == [2, -1.5]


def test_keys_pressed_within_one_frame_all_count(opened: Opener) -> None:
    page = opened("sgd")
    press = "new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true })"
    page.locator(".playground-handle").evaluate(
        f"(handle) => {{ for (let i = 0; i < 4; i++) handle.dispatchEvent({press}); }}"
    )
    assert start_of(page, "sgd") == pytest.approx([-5 + 4 * 0.05, -2], abs=0.001)


def test_while_the_start_is_dragged_the_view_stays(opened: Opener) -> None:
    page = opened("sgd", hyper={"lr": 0.49})
    paints = page.evaluate("() => window.paints")
    handle = page.locator(".playground-handle").bounding_box()
    stage = page.locator(".playground-stage").bounding_box()
    assert handle is not None
    assert stage is not None
    page.mouse.move(handle["x"] + 16, handle["y"] + 16)
    page.mouse.down()
    page.mouse.move(stage["x"] + 100, stage["y"] + stage["height"] + 50, steps=4)
    settle(page)
    assert start_of(page, "sgd")[1] == pytest.approx(-3, abs=0.05)
    assert page.evaluate("() => window.paints") == paints
    page.mouse.up()


def test_another_objective_brings_its_usual_start(opened: Opener) -> None:
    page = opened("adam")
    choice = part(page, "adam", "objective")
    assert choice.locator("option").all_inner_texts() == [
        "Valley", "Bowl", "Rosenbrock", "Himmelblau", "Beale",
    ]  # fmt: skip
    choice.select_option("beale")
    assert start_of(page, "adam") == [1, 2]
    settle(page)
    end = engine.run("adam", "beale", (1, 2), 50).points[-1]
    assert numbers(page, "x") == pytest.approx(end.tolist(), abs=5e-5)
    choice.select_option("valley")
    assert start_of(page, "adam") == [-5, -2]


def test_the_step_slider_shows_the_numbers_of_a_step(opened: Opener) -> None:
    page = opened("adam")
    ours = engine.run("adam", "valley", (-5, -2), 50)
    for step in (1, 7):
        part(page, "adam", "step").fill(str(step))
        settle(page)
        assert page.locator("caption").inner_text() == f"Step {step} of 50"
        assert numbers(page, "g") == pytest.approx(ours.gradients[step - 1].tolist(), abs=5e-5)
        for term, values in ours.terms.items():
            assert numbers(page, term) == pytest.approx(values[step - 1].tolist(), abs=5e-5)
    part(page, "adam", "step").fill("0")
    settle(page)
    assert page.locator("tr[data-term='m'] td").all_inner_texts() == ["–", "–"]
    assert numbers(page, "x") == [-5, -2]


def test_pointing_at_the_curve_shows_that_step_and_leaving_goes_back(opened: Opener) -> None:
    page = opened("adam")
    box = page.locator(".playground-chart").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 52 + (box["width"] - 64) * 0.2, box["y"] + 50)
    expect(page.locator("caption")).to_have_text("Step 10 of 50")
    page.mouse.move(5, 5)
    expect(page.locator("caption")).to_have_text("Step 50 of 50")
    page.mouse.click(box["x"] + 52, box["y"] + 50)
    page.mouse.move(5, 5)
    expect(page.locator("caption")).to_have_text("Step 0 of 50")


def test_pointing_at_a_dot_of_the_path_shows_its_step(opened: Opener) -> None:
    page = opened("adagrad", fragment="#adagrad:lr=2&steps=5")
    place = page.locator(".playground-handle").bounding_box()
    part(page, "adagrad", "start-x1").fill("-3")
    settle(page)
    moved = page.locator(".playground-handle").bounding_box()
    assert place is not None
    assert moved is not None
    unit = (moved["x"] - place["x"]) / 2
    page.mouse.move(moved["x"] + 16 + 2 * unit, moved["y"] + 16 - 2 * unit)
    expect(page.locator("caption")).to_have_text("Step 1 of 5")


def test_reset_brings_back_what_the_page_began_with(opened: Opener) -> None:
    page = opened("rmsprop", hyper={"lr": 0.3, "gamma": 0.95}, steps=40)
    before = page.evaluate(CURVE)
    part(page, "rmsprop", "gamma").fill("0.5")
    part(page, "rmsprop", "objective").select_option("bowl")
    part(page, "rmsprop", "steps-number").fill("12")
    page.get_by_role("button", name="Reset").click()
    settle(page)
    assert part(page, "rmsprop", "gamma-number").input_value() == "0.95"
    assert part(page, "rmsprop", "lr-number").input_value() == "0.3"
    assert part(page, "rmsprop", "steps-number").input_value() == "40"
    assert part(page, "rmsprop", "objective").input_value() == "valley"
    assert page.evaluate(CURVE) == before


@pytest.mark.parametrize(("language", "words"), [("en", "Diverged at step"), ("zh", "步发散")])
def test_a_divergence_is_told_in_words(opened: Opener, language: str, words: str) -> None:
    page = opened("sgd", language=language, objective="rosenbrock", hyper={"lr": 0.1})
    expect(page.locator(".playground-outcome")).to_contain_text(words)
    steps = engine.run("sgd", "rosenbrock", (-5, -2), 50, lr=0.1).steps
    expect(page.locator(".playground-outcome")).to_contain_text(str(steps + 1))
