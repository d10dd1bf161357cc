"""A short look with WebKitGTK: a quote typed in, its rule, its link."""

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from tests.conftest import Site
from tests.e2e.words import FAMILY, IN_GRACE, LATE, link, money

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

START = 90
"""Seconds that Python may take to start."""


def total(driver: webdriver.WebKitGTK) -> str:
    """The total on the page, empty while there is none; the driver's `text` would lose its no-break spaces."""
    found = driver.find_elements(By.CSS_SELECTOR, "#quote-output .sheet:not(.stale) tr.total td")
    return (found[0].get_attribute("textContent") or "") if found else ""


def test_a_quote_by_link_and_by_hand(webkit: webdriver.WebKitGTK, site: Site) -> None:
    wait = WebDriverWait(webkit, START)
    webkit.get(f"{site.url}/fr/{FAMILY}/{link(IN_GRACE)}")
    wait.until(lambda driver: total(driver) == money("fr", "585.21"))
    on = webkit.find_element(By.ID, "field-on")
    on.send_keys(Keys.CONTROL, "a")
    on.send_keys(LATE["on"])
    wait.until(lambda driver: total(driver) == money("fr", "600.00"))
    wait.until(lambda driver: driver.current_url.endswith(link(LATE)))
    rule = webkit.find_element(By.CSS_SELECTOR, "#quote-output a.line-rule").get_attribute("href") or ""
    assert webkit.find_elements(By.ID, rule.rpartition("#")[2])
