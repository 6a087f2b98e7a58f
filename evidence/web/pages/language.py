"""The language switch: for who is signed in it is kept with the account, else in a cookie."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import Form
from fastapi.responses import Response

from evidence.messages import Language
from evidence.model.account import Capability
from evidence.web.pages.sign_in import local_path
from evidence.web.routing import PageRouter
from evidence.web.security.cookies import put_language
from evidence.web.visit import CurrentVisit

router = PageRouter()


@router.post("/ngon-ngu", Capability.PUBLIC)
def choose_language(
    visit: CurrentVisit, language: Annotated[Language, Form()], tiep: Annotated[str, Form()] = ""
) -> Response:
    """From now on pages speak that language; back to the page it was chosen on."""
    if visit.account is not None:
        visit.archive.accounts.change(replace(visit.account, language=language))
    response = visit.redirect(local_path(tiep) or visit.home())
    put_language(visit.request, response, language.value)
    return response
