"""The state in the address: links that set a playground, and the address that follows it."""

import pytest
from playwright.sync_api import Page, expect

from tests.playground.harness import Opener, settle

LINK = "#adagrad:lr=0.4&steps=30&start=-4,-1.5&objective=bowl&step=7"


def value(page: Page, place: str) -> str:
    return page.locator(f"#playground-{place}").input_value()


def fragment(page: Page) -> str:
    return str(page.evaluate("() => location.hash"))


def expect_fragment(page: Page, text: str) -> None:
    page.wait_for_function("(text) => location.hash === text", arg=text, timeout=5000)


def test_a_link_sets_everything(opened: Opener) -> None:
    page = opened("adagrad", fragment=LINK)
    assert value(page, "adagrad-lr-number") == "0.4"
    assert value(page, "adagrad-steps-number") == "30"
    assert value(page, "adagrad-start-x1") == "-4"
    assert value(page, "adagrad-start-x2") == "-1.5"
    assert value(page, "adagrad-objective") == "bowl"
    expect(page.locator("caption")).to_have_text("Step 7 of 30")


def test_a_new_fragment_is_followed_without_reloading(opened: Opener) -> None:
    page = opened("adagrad", fragment="#adagrad:lr=0.4")
    page.evaluate("() => { location.hash = 'adagrad:eps=0.01'; }")
    expect(page.locator("#playground-adagrad-eps-number")).to_have_value("0.01")
    assert value(page, "adagrad-lr-number") == "0.1"


def test_the_address_follows_without_usual_values_or_history(opened: Opener) -> None:
    page = opened("adagrad")
    length = page.evaluate("() => history.length")
    page.locator("#playground-adagrad-lr").fill("0.4")
    expect_fragment(page, "#adagrad:lr=0.4")
    page.locator("#playground-adagrad-objective").select_option("beale")
    expect_fragment(page, "#adagrad:lr=0.4&objective=beale")
    page.locator("#playground-adagrad-step").fill("5")
    expect_fragment(page, "#adagrad:lr=0.4&objective=beale&step=5")
    assert page.evaluate("() => history.length") == length
    page.reload()
    settle(page)
    assert value(page, "adagrad-objective") == "beale"
    page.get_by_role("button", name="Reset").click()
    expect_fragment(page, "")


def test_playgrounds_of_a_page_share_the_address(opened: Opener) -> None:
    page = opened("rmsprop", "adadelta", fragment="#rmsprop:gamma=0.5")
    page.locator("#playground-adadelta-rho").fill("0.8")
    expect_fragment(page, "#rmsprop:gamma=0.5;adadelta:rho=0.8")
    page.reload()
    settle(page)
    assert value(page, "rmsprop-gamma-number") == "0.5"
    assert value(page, "adadelta-rho-number") == "0.8"


def test_a_section_anchor_still_scrolls_and_changes_no_playground(opened: Opener) -> None:
    page = opened("sgd", "momentum", fragment="#sgd:lr=0.4")
    page.evaluate("() => { location.hash = 'about-momentum'; }")
    settle(page)
    assert value(page, "sgd-lr-number") == "0.4"
    assert fragment(page) == "#about-momentum"
    assert page.evaluate("() => scrollY") > 100


def test_a_link_scrolls_to_its_playground(opened: Opener) -> None:
    page = opened("sgd", "momentum", fragment="#momentum:lr=0.02")
    page.wait_for_function("() => scrollY > 100")


@pytest.mark.parametrize(
    "fragment",
    [
        "#adagrad:lr=fast&steps=-3&start=1&objective=nowhere&step=x",
        "#adagrad:",
        "#adagrad:&&=&lr",
        "#adagrad:lr=%E0%A4%A&lr=&start=Infinity,1",
        "#adagrad:lr=1e999",
        "#nobody:lr=3",
        "#;;:",
    ],
)
def test_nonsense_leaves_the_usual_values(opened: Opener, fragment: str) -> None:
    page = opened("adagrad", fragment=fragment)
    assert value(page, "adagrad-lr-number") == "0.1"
    assert value(page, "adagrad-steps-number") == "50"
    assert value(page, "adagrad-start-x1") == "-5"
    assert value(page, "adagrad-objective") == "valley"
    expect(page.locator(".playground-outcome")).to_contain_text("After 50 steps")
