"""Edits of where posts are: their files and their addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from walk.post_edits import FEWEST, any_post, link, some
from walk.registry import edit

if TYPE_CHECKING:
    from walk.model import Model, Post


def _give_file(model: Model, post: Post, file: str) -> str:
    """Rename a post's file, unless another has that name in upper or lower case."""
    taken = {other.file.casefold() for other in model.posts if other is not post}
    if file == post.file or file.casefold() in taken | {name.casefold() for name in model.pages}:
        return ""
    said, post.file = f"{post.file} -> {file}", file
    return f"{said} at {post.address}"


@edit()
def rename_file(model: Model) -> str:
    post, number = any_post(model), model.number()
    stems = [f"ren-{number}", f"sub/ren-{number}", f"with space {number}", post.stem.upper()]
    suffix = post.file.removeprefix(post.stem)
    return _give_file(model, post, model.random.choice(stems) + suffix)


@edit(2)
def change_syntax(model: Model) -> str:
    post = any_post(model)
    return _give_file(model, post, post.stem + (".md" if post.file.endswith(".rst") else ".rst"))


@edit(2)
def swap_files(model: Model) -> str:
    one, two = model.random.sample(model.posts, 2)
    if one.file[-3:] != two.file[-3:]:
        return ""
    one.file, two.file = two.file, one.file
    return f"{one.file} {two.file}"


@edit(4)
def change_permalink(model: Model) -> str:
    post, number = any_post(model), model.number()
    host = "https://openinfra.dev/blog/"
    upper = host + post.address.rpartition("/blog/")[2].upper()
    urls = ["", f"{host}new-{number}", f"root-{number}", f"{host}x/new-{number}", upper]
    post.url = model.random.choice(urls)
    return f"{post.file} {post.url!r}"


@edit(3)
def swap_addresses(model: Model) -> str:
    one, two = model.random.sample(model.posts, 2)
    one.url, two.url = two.url, one.url
    return f"{one.file} {one.url!r}, {two.file} {two.url!r}"


@edit(4)
def claim_a_rivals_path(model: Model) -> str:
    one, two = model.random.sample(model.posts, 2)
    two.url = one.address
    return f"{two.file} wants {one.file}'s {two.url}"


@edit(3)
def end_a_rivalry(model: Model) -> str:
    claimed: dict[str, Post] = {}
    for post in model.posts:
        other = claimed.setdefault(post.address, post)
        if other is not post:
            return _withdraw(model, model.random.choice([post, other]))
    return ""


def _withdraw(model: Model, post: Post) -> str:
    how = model.random.choice(["delete", "move", "hide", "draft"])
    if how == "delete" and len(model.posts) > FEWEST:
        model.posts.remove(post)
    elif how == "hide":
        post.hidden = True
    elif how == "draft":
        post.draft = True
    else:
        post.url = f"https://openinfra.dev/blog/moved-{model.number()}"
    return f"{post.file} {how}"


@edit(3)
def change_aliases(model: Model) -> str:
    post, other, number = any_post(model), any_post(model), model.number()
    names = [f"/old/{number}", f"/blog/was-{number}", "/shared-alias", "/guide", "/blog/category"]
    names.append("/blog/" + other.address.rpartition("/blog/")[2].strip("/"))
    post.aliases = model.random.sample(names, model.random.randint(0, 2))
    return f"{post.file} {post.aliases}"


@edit(2)
def link_alias(model: Model) -> str:
    """Let a post refer to another by an alias."""
    other = some(model, lambda post: post.aliases)
    if other is None:
        return ""
    post = any_post(model)
    post.body.append(link("by alias", f"https://openinfra.dev{other.aliases[0]}"))
    return f"{post.file} {post.body[-1].markdown}"
