"""What people do on the pages, for locust: two seconds between two pages, each as its role works."""

from __future__ import annotations

import random
import re

import gevent
from locust import HttpUser, constant, events, task
from locust.env import Environment

from tests.bench.people import WARM
from tests.support.service import PASSWORD

QUERIES = (
    "cải cách hành chính",
    "cai cach",
    "chuyển đổi số",
    "kế hoạch 2025",
    "615/KH-S03",
    "kh s12",
    '"tinh giản biên chế"',
    "loai:KH tham nhũng",
)
DOCUMENT = re.compile(r'href="(/van-ban/[0-9a-f]{64})')


@events.test_start.add_listener  # type: ignore[untyped-decorator]
def leave_signing_in_out(environment: Environment, **_named: object) -> None:
    """Passwords cost a quarter of a second each on purpose, once a day."""
    gevent.spawn_later(WARM, environment.stats.reset_all)


class Person(HttpUser):
    """Somebody signed in."""

    abstract = True
    wait_time = constant(2)
    account = ""

    def on_start(self) -> None:
        page = self.client.get("/dang-nhap", name="dang-nhap").text
        token = re.search(r'name="csrf" content="([0-9a-f]{64})"', page)
        form = {"name": self.account, "password": PASSWORD, "csrf": token[1] if token else ""}
        self.client.post("/dang-nhap", data=form, name="dang-nhap")

    @task(3)
    def search(self) -> None:
        page = self.client.get("/tra-cuu", params={"q": random.choice(QUERIES)}, name="tra-cuu").text
        hits = DOCUMENT.findall(page)
        if hits:
            self.client.get(random.choice(hits), name="van-ban")

    @task(1)
    def overview(self) -> None:
        self.client.get("/", name="tong-quan")


class Appraiser(Person):
    """Goes from one unclear finding to the next."""

    account, weight = "hoa", 3

    @task(6)
    def judge(self) -> None:
        unit = f"S{random.randrange(20):02}"
        item = f"{unit}/{random.randint(1, 8)}.{random.randint(1, 8)}/kh"
        self.client.get("/tham-dinh", params={"don-vi": unit, "ket-luan": "tat-ca", "muc": item}, name="tham-dinh")


class Head(Person):
    """Looks over units."""

    account, weight = "lanh", 1

    @task(3)
    def look_at_unit(self) -> None:
        self.client.get(f"/don-vi/S{random.randrange(59):02}", name="don-vi")


class UnitStaff(Person):
    """Looks after the own folder."""

    account, weight = "s03", 2

    @task(4)
    def look_at_own(self) -> None:
        self.client.get("/don-vi/S03", name="don-vi")
