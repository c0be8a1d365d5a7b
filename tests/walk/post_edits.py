"""Edits of the posts themselves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from walk.model import AUTHORS, LABELS, SHAPES, TAGS, Block
from walk.registry import edit

if TYPE_CHECKING:
    from collections.abc import Callable

    from walk.model import Model, Post

#: Fewer posts than this are not left, and no more than the other added.
FEWEST, MOST = 5, 10


def some(model: Model, fits: Callable[[Post], object] = lambda _post: True) -> Post | None:
    """Return one of the posts that fit."""
    found = [post for post in model.posts if fits(post)]
    return model.random.choice(found) if found else None


def any_post(model: Model) -> Post:
    """Return one of the posts."""
    return model.random.choice(model.posts)


def link(text: str, target: str) -> Block:
    """Return a link, which reST can only make to an address."""
    return Block(f"[{text}]({target})", f"`{text} <{target}>`__" if "://" in target else text)


def role(kind: str, name: str) -> Block:
    """Return a reference to a post or a term."""
    return Block(f"{{blog:{kind}}}`{name}`", f":blog:{kind}:`{name}`")


def image(path: str, words: str = "i") -> Block:
    """Return an image."""
    return Block(f"![{words}]({path})", f".. image:: {path}\n   :alt: {words}")


def heading(level: int, text: str) -> Block:
    """Return a heading, with a text below it."""
    return Block(f"{'#' * level} {text}\n\ntext", f"{text}\n{'=' * 30}\n\ntext")


def _link_to_a_post(model: Model) -> Block:
    other, random = any_post(model), model.random
    return random.choice(
        [
            link("own", other.address),
            link("own", other.address.replace(".dev", ".org") + "/"),
            link("file", other.file),
            link("", other.file),
            link("gone", f"https://openinfra.dev/blog/addr-{random.randrange(model.serial + 4)}"),
            link("category", "https://openinfra.dev/blog/category/community"),
            link("author", "https://openinfra.dev/blog/author/ada-quill"),
            role("post", other.stem),
            role("tag", "t1"),
            role("author", "Cy Young"),
            role("category", "Odd Label"),
        ]
    )


@edit(8)
def lengthen_body(model: Model) -> str:
    post, random = any_post(model), model.random
    words = f"Added words {random.randrange(10 ** random.randint(1, 9))}."
    block = random.choice(
        [
            Block(words, words),
            heading(4, "Four"),
            heading(1, "Top"),
            heading(2, post.title),
            image("/img/b.png"),
            image("pics/a.png"),
            link("bare", "openstack.org"),
            *(_link_to_a_post(model) for _chance in range(6)),
        ]
    )
    post.body.append(block)
    if len(post.body) > 5:
        del post.body[1]
    return f"{post.file} {block.markdown!r}"


@edit()
def shorten_body(model: Model) -> str:
    post = some(model, lambda post: len(post.body) > 1)
    return f"{post.file} {post.body.pop().markdown!r}" if post else ""


@edit()
def lengthen_below_the_excerpt(model: Model) -> str:
    post = any_post(model)
    text = "filler " * 60 + f"Late {model.random.randrange(9999)}"
    post.body = [*post.body[:4], Block(text, text)]
    return post.file


@edit()
def lead_with(model: Model) -> str:
    post = any_post(model)
    raw = '<img src="https://example.org/r.png" alt="r">'
    choices = [
        image("/img/a.png", "lead"),
        image("pics/a.png", "near"),
        image("/img/missing.png"),
        image("https://example.org/c.png"),
        Block(raw, f".. raw:: html\n\n   {raw}"),
        Block("Lead text.", "Lead text."),
    ]
    post.body.insert(0, model.random.choice(choices))
    if len(post.body) > 5:
        del post.body[2]
    return f"{post.file} {post.body[0].markdown!r}"


@edit(2)
def choose_a_picture(model: Model) -> str:
    post = any_post(model)
    choices = ["", "/img/a.png", "/img/b.png", "pics/a.png", "https://example.org/own.png"]
    post.image = model.random.choice(choices)
    return f"{post.file} {post.image!r}"


@edit()
def divide_by_more(model: Model) -> str:
    post, more = any_post(model), Block("<!-- more -->", ".. more")
    if more in post.body:
        post.body.remove(more)
    else:
        post.body.insert(model.random.randint(0, len(post.body)), more)
    return post.file


@edit(4)
def retitle(model: Model) -> str:
    post = any_post(model)
    post.title = f"Title {model.number()} {model.random.choice(SHAPES)}"
    return f"{post.file} {post.title!r}"


@edit(4)
def redate(model: Model) -> str:
    post, other = any_post(model), any_post(model)
    post.date = model.random.choice([model.moment(), model.moment(), other.date])
    return f"{post.file} {post.date}"


@edit(1)
def undate(model: Model) -> str:
    post = any_post(model)
    post.date = None if post.date else model.moment()
    return f"{post.file} {post.date}"


@edit(2)
def schedule(model: Model) -> str:
    post = any_post(model)
    soon = datetime.fromtimestamp(model.now, UTC) + timedelta(days=model.random.randrange(1, 90))
    post.date = model.random.choice([soon, soon, datetime(2099, 1, 1, tzinfo=UTC)])
    return f"{post.file} {post.date}"


@edit(2)
def expire(model: Model) -> str:
    post = any_post(model)
    soon = datetime.fromtimestamp(model.now, UTC) + timedelta(days=model.random.randrange(1, 90))
    post.expires = model.random.choice(["", "2022-01-01", f"{soon:%Y-%m-%d}"])
    return f"{post.file} {post.expires}"


@edit()
def update(model: Model) -> str:
    post = any_post(model)
    post.updated = model.random.choice([None, model.moment()])
    return f"{post.file} {post.updated}"


@edit(4)
def recategorise(model: Model) -> str:
    post = any_post(model)
    post.categories = model.random.sample([*LABELS, "Rare"], model.random.randint(0, 3))
    return f"{post.file} {post.categories}"


@edit(4)
def retag(model: Model) -> str:
    post = any_post(model)
    post.tags = model.random.sample([*TAGS, "x"], model.random.randint(0, 3))
    return f"{post.file} {post.tags}"


@edit()
def change_author(model: Model) -> str:
    post = any_post(model)
    post.author = model.random.choice([*AUTHORS, "", "Some One", "Deep Thought "])
    return f"{post.file} {post.author!r}"


@edit(4)
def hide_or_show(model: Model) -> str:
    post = some(model, lambda post: post.hidden) if model.random.random() < 0.5 else None
    post = post or any_post(model)
    post.hidden = not post.hidden
    return f"{post.file} {post.hidden}"


@edit(4)
def draft_or_publish(model: Model) -> str:
    post = some(model, lambda post: post.draft) if model.random.random() < 0.6 else None
    post = post or any_post(model)
    post.draft = not post.draft
    return f"{post.file} {post.draft}"


@edit()
def delete(model: Model) -> str:
    if len(model.posts) <= FEWEST:
        return ""
    post = any_post(model)
    model.posts.remove(post)
    return post.file


@edit()
def add(model: Model) -> str:
    if len(model.posts) >= MOST:
        return ""
    post = model.new_post()
    model.posts.append(post)
    return f"{post.file} at {post.address}"


@edit()
def change_excerpt(model: Model) -> str:
    post, number = any_post(model), model.number()
    post.excerpt = model.random.choice(["", f"Excerpt {number} & <b>"])
    post.description = model.random.choice(["", f'Description {number} "q"'])
    return post.file


@edit()
def feature(model: Model) -> str:
    post = any_post(model)
    post.featured = not post.featured
    return f"{post.file} {post.featured}"


@edit(2)
def break_front_matter(model: Model) -> str:
    post = some(model, lambda post: not post.raw)
    if post is None:
        return ""
    head = "---\ntemplateKey: blog-post\n"
    choices = [f'{head}title: "x\n---\n\nSecret.\n', f"{head}date: soon\n---\n\nSecret.\n"]
    post.raw = model.random.choice([*choices, "Just a page now\n===============\n\ntext\n"])
    return f"{post.file} {post.raw[:50]!r}"


@edit(4)
def mend_front_matter(model: Model) -> str:
    post = some(model, lambda post: post.raw)
    if post is None:
        return ""
    post.raw = ""
    return post.file
