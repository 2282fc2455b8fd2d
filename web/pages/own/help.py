"""帮助: the manual in the product, a page per chair, with its pictures."""

import re

from fastapi import APIRouter, Depends
from fastapi.responses import FileResponse
from markdown_it import MarkdownIt
from markupsafe import Markup
from starlette.responses import Response

from domain.limits.limit import day_of
from flows.people.visible_clues import NotForYou
from flows.upkeep.manual import BY_SLUG, CHAPTERS, INDEX, PICTURES, chapter_text, chapters_of
from web.request.desk import AtDesk, signed_in
from web.request.render import page

router = APIRouter(dependencies=[Depends(signed_in)])
TABLE = (
    '<div class="scroll" tabindex="0" role="region" aria-label="表格，可以左右滚动">'
    '<table class="table">'
)
MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
MARKDOWN.add_render_rule("table_open", lambda *_: TABLE)
MARKDOWN.add_render_rule("table_close", lambda *_: "</table></div>")
CHAPTER = re.compile(r'href="(\w+)\.md"')
KEPT_FOR = "private, max-age=3600"


@router.get("/help")
def index(desk: AtDesk) -> Response:
    """The manual's first page, one's own chapters on top."""
    return _chapter(desk, INDEX, "使用手册")


@router.get("/help/{slug}")
def chapter(desk: AtDesk, slug: str) -> Response:
    """The chapter for a chair."""
    if slug not in BY_SLUG:
        raise NotForYou("手册里没有这一页")
    return _chapter(desk, slug, BY_SLUG[slug].title)


@router.get("/help/pictures/{name}")
def picture(desk: AtDesk, name: str) -> Response:
    """A picture of the manual."""
    known = {one.name: one for one in PICTURES.iterdir()} if PICTURES.is_dir() else {}
    if name not in known:
        raise NotForYou("手册里没有这张图")
    return FileResponse(known[name], headers={"Cache-Control": KEPT_FOR})


def _chapter(desk: AtDesk, slug: str, title: str) -> Response:
    text = chapter_text(slug, desk.office.rules, day_of(desk.now))
    return page(
        desk.request,
        "own/chapter.html",
        slug=slug,
        title=title,
        chapters=CHAPTERS,
        own=chapters_of(desk.actor.roles),
        text=Markup(as_html(text)),
    )


def as_html(text: str) -> str:
    """A chapter's Markdown as HTML: nothing but what Markdown knows, links within the product."""
    lines = (one for one in text.splitlines() if not one.startswith("<!--"))
    found: str = MARKDOWN.render("\n".join(lines))
    found = CHAPTER.sub(_address, found)
    return found.replace('src="pictures/', 'loading="lazy" src="/help/pictures/')


def _address(found: re.Match[str]) -> str:
    """The link to another chapter, from wherever the reader is."""
    return 'href="/help"' if found[1] == INDEX else f'href="/help/{found[1]}"'
