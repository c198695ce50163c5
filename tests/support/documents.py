"""The OpenAPI document as the application serves it."""

from typing import Any

from app.web import assembly
from tests.support.routes import application

DOCUMENT: dict[str, Any] = assembly.openapi_document(application())
