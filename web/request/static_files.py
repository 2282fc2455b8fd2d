"""Style sheets and scripts, ours and in `vendor` others', cached for ever under their version."""

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from web.request.paths import STATIC

FOR_EVER = "public, max-age=31536000, immutable"


class Assets(StaticFiles):
    """Files whose address changes with their content."""

    def __init__(self) -> None:
        super().__init__(directory=STATIC)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, for ever."""
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = FOR_EVER
        return response
