"""Edits of what surrounds the posts: pages, options, images, the roster."""

from __future__ import annotations

from typing import TYPE_CHECKING

from walk.model import CATEGORIES, picture
from walk.post_edits import any_post
from walk.registry import edit

if TYPE_CHECKING:
    from random import Random

    from walk.model import Model, Options

#: Documents that stand in the place of a generated page.
PLACES = (
    "category/community.md",
    "category/community/index.md",
    "category/index.md",
    "author/ada-quill.md",
    "author.md",
    "tag/t1.md",
    "tag/index.md",
    "year/2021.md",
    "year/2022/index.md",
    "year.md",
    "category/openstack/page/2.md",
    "author/cy-young/page/2/index.md",
)
_SOMEWHERE: dict[str, list[str]] = {
    "guide": ["blog-categories.html", "blog-archive.html"],
    "blog/**": ["blog-tags.html", "blog-feeds.html"],
}
#: What conf.py may say.
CONF: dict[str, tuple[object, ...]] = {
    "openinfra_blog_slugs": ("slug", "kebab"),
    "openinfra_blog_timezone": ("UTC", "Pacific/Auckland", "America/Los_Angeles"),
    "openinfra_blog_date_format": (None, "short", "d MMM y"),
    "openinfra_blog_paginate": (0, 1, 2, 5),
    "openinfra_blog_reading_time": (False, True),
    "openinfra_blog_title": ("", "T1", "T & 2"),
    "openinfra_blog_feed_length": (20, 3, 0),
    "openinfra_blog_feed_content": ("full", "summary"),
    "openinfra_blog_feeds": (("atom", "rss", "json"), ("rss",), ()),
    "openinfra_blog_term_feeds": (("atom",), ("rss", "json"), ()),
    "openinfra_blog_feed_unlisted": (False, True),
    "openinfra_blog_feed_paths": ({}, {"rss": "/rss.xml"}),
    "openinfra_blog_redirect_map": ("_redirects", "map.json", None),
    "openinfra_blog_schedule": ("schedule.json", None),
    "openinfra_blog_preview": (False, False, True),
    "openinfra_blog_future": ("withhold", "publish"),
    "openinfra_blog_canonical": ("site", "source"),
    "openinfra_blog_twitter": ("", "@site"),
    "openinfra_blog_permalink": ("{slug}", "{slug}", "{year}/{slug}", "file"),
    "openinfra_blog_media": ({"/img/": "img"}, {"/img/": "https://example.org/i/"}, {}),
    "openinfra_blog_css": (True, False),
    "templates_path": ([], ["_templates"]),
    "openinfra_blog_thumbnails": (True, False),
    "project": ("Walked", "Walked & more"),
    "exclude_patterns": ([], ["blog/post-1*"]),
    "html_copy_source": (True, False),
    "html_sidebars": ({}, {"**": ["blog-recent.html", "blog-author.html"]}, _SOMEWHERE),
    "html_baseurl": ("https://docs.example.org/", "https://docs.example.org/en/", ""),
}


@edit(5)
def change_an_option(model: Model) -> str:
    name = model.random.choice(list(CONF))
    model.conf[name] = model.random.choice(CONF[name])
    return f"{name} = {model.conf[name]!r}"


@edit(5)
def restore_an_option(model: Model) -> str:
    """Set an option back, so that most of the walk goes over a site with everything on."""
    changed = [name for name in CONF if model.conf.get(name, CONF[name][0]) != CONF[name][0]]
    if not changed:
        return ""
    name = model.random.choice(changed)
    model.conf[name] = CONF[name][0]
    return f"{name} = {model.conf[name]!r}"


@edit(4)
def change_the_template(model: Model) -> str:
    parts = (
        "{{ post.title }}",
        "{{ post.date }}",
        "{{ post.excerpt }}",
        "{% for it in post.tags %}<a href='{{ pathto(it.page) if it.page }}'>{{ it.label }}"
        " {{ it.count }}</a>{% endfor %}",
        "{{ parts.byline }}",
        "{{ nothing }}",
        "{% if %}",
    )
    model.conf["templates_path"] = ["_templates"]
    model.item = "\n".join(model.random.sample(parts, 2))
    return f"item.html: {model.item!r}"


@edit(3)
def change_the_roster(model: Model) -> str:
    names, random = {"ada": "Ada Quill", "cy": "Cy Young", "deep": "Deep Thought"}, model.random
    key = random.choice(list(names))
    facts = {
        "bio": f"Bio {random.randrange(99)}.",
        "role": f"Editor {random.randrange(9)}",
        "picture": random.choice(["/img/a.png", "/img/b.png", "https://example.org/p.png"]),
        "slug": f"slug-{random.randrange(9)}",
    }
    chosen = random.sample(list(facts), random.choice([0, 1, 1, 2]))
    model.roster[key] = {"name": names[key]} | {name: facts[name] for name in chosen}
    if random.random() < 0.3:
        del model.roster[random.choice(list(model.roster))]
    return str(model.roster)


@edit(3)
def change_the_categories(model: Model) -> str:
    random, categories = model.random, model.categories
    known = {category["id"] for category in categories}
    how = random.choice(["shuffle", "rename", "describe", "add", "drop"])
    if how == "shuffle":
        random.shuffle(categories)
    elif how == "describe":
        random.choice(categories)["description"] = f"About {random.randrange(9)}"
    elif how == "rename":
        category = random.choice(categories)
        label = category["text"].partition(" (")[0]
        category["text"] = label + random.choice(["", f" ({random.randrange(9)})"])
    elif how == "drop" and len(categories) > 1:
        categories.remove(random.choice(categories))
    else:
        missing = [{"id": id_, "text": text} for text, id_ in CATEGORIES.items()]
        missing = [category for category in missing if category["id"] not in known]
        categories[:0] = missing[:1]
    return f"{how} {[category['text'] for category in categories]}"


def _options(random: Random) -> Options:
    """Return options of a directive, drawn at random."""
    options: Options = {}

    def perhaps(chance: float, name: str, *values: str) -> None:
        if random.random() < chance:
            options[name] = random.choice(values)

    perhaps(0.25, "show", "categories", "authors", "tags", "years", "feeds", "profiles")
    if not options:
        perhaps(0.6, "group-by", "category", "author", "tag", "year", "month", "none")
        perhaps(0.5, "sort", "newest", "oldest", "title")
        perhaps(0.7, "style", "cards", "cards", "compact", "titles", "table")
        perhaps(0.3, "excerpts", "on", "off")
        perhaps(0.2, "fields", "picture, title", "tags, updated, title")
        perhaps(0.5, "paginate", "1", "2", "3", "4")
    perhaps(0.15, "tags", "t1", "T two", "nix", "t1, t3")
    perhaps(0.15, "authors", "ada-quill", "Cy Young", "nobody")
    perhaps(0.15, "categories", "Community", "OpenStack", "Odd Label")
    perhaps(0.15, "years", "2020", "2021", "2022, 2023", "2099")
    perhaps(0.2, "limit", "1", "2", "5", "9")
    perhaps(0.2, "offset", "0", "1", "3", "9")
    perhaps(0.2, "empty", f"Nothing {random.randrange(9)}")
    return options


@edit(6)
def change_a_listing(model: Model) -> str:
    number = model.random.randrange(len(model.listings))
    model.listings[number] = _options(model.random)
    # Two listings of one page cannot both be divided into pages.
    for options in model.listings[3:]:
        options.pop("paginate", None)
    return f"{number} {model.listings[number]}"


@edit(2)
def retitle_the_archive(model: Model) -> str:
    if model.archive is not None:
        model.archive = f"Blog {model.random.randrange(99)}"
    return model.archive or ""


@edit(2)
def remove_or_restore_the_archive(model: Model) -> str:
    model.archive = "Blog" if model.archive is None else None
    return str(model.archive)


@edit(6)
def take_a_place(model: Model) -> str:
    """Write a document of the name of a generated page."""
    place = model.random.choice(PLACES)
    stem = place.removesuffix(".md").removesuffix("/index")
    if {f"{stem}.md", f"{stem}/index.md"} & model.pages.keys() - {place}:
        return ""
    listing = "\n\n```{blog}\n:paginate: 2\n:style: cards\n```"
    text = f"# Mine {model.random.randrange(99)}\n\ntext" + model.random.choice(["", listing])
    model.pages[place] = f"{text}\n"
    return place


@edit(5)
def give_a_place_back(model: Model) -> str:
    taken = [place for place in PLACES if place in model.pages]
    if not taken:
        return ""
    place = model.random.choice(taken)
    del model.pages[place]
    return place


@edit(3)
def make_or_remove_a_page(model: Model) -> str:
    """Let ordinary pages, and such as become posts, come and go, perhaps at a post's path."""
    random = model.random
    name = random.choice(["about.md", "extra.md", f"addr-{random.randint(1, 9)}.md"])
    if any(post.file == name for post in model.posts):
        return ""
    if name in model.pages and random.random() < 0.5:
        del model.pages[name]
        return f"{name} gone"
    head = f"---\ntitle: Was a page\ndate: 2021-0{random.randint(1, 9)}-01\n---\n\n"
    text = random.choice([f"# Page {random.randrange(99)}\n\ntext\n", f"{head}text\n"])
    model.pages[name] = text
    return f"{name} {text[:12]!r}"


@edit(3)
def change_an_image(model: Model) -> str:
    name = model.random.choice(["img/a.png", "img/b.png", "img/missing.png", "blog/pics/a.png"])
    if name in model.images and name != "img/a.png" and model.random.random() < 0.4:
        del model.images[name]
        return f"{name} gone"
    model.images[name] = picture(model.random.randrange(200))
    return name


@edit(4)
def refer_from_the_guide(model: Model) -> str:
    """Let an ordinary page refer to posts and show images."""
    post = any_post(model)
    path = post.file.replace(" ", "%20")
    name = post.address.rpartition("/blog/")[2].strip("/")
    choices = [
        f"Guide {model.random.randrange(99)}.",
        f"[file](blog/{path})",
        f"[](blog/{path})",
        f"{{doc}}`/blog/{name}`",
        f"{{doc}}`text <blog/{post.stem}>`",
        f"{{download}}`blog/{post.file}`",
        "See {doc}`blog/index`.",
        "![guide](img/a.png)",
    ]
    model.guide.append(model.random.choice(choices))
    if len(model.guide) > 5:
        del model.guide[1]
    return repr(model.guide[-1])


@edit(4)
def refer_by_a_role(model: Model) -> str:
    post = any_post(model)
    choices = [
        f"{{blog:post}}`{post.stem}`",
        f"{{blog:post}}`addr-{model.random.randrange(model.serial + 2)}`",
        "{blog:tag}`t1` {blog:tag}`T two`",
        "{blog:author}`cy-young` {blog:author}`Bea O’Hara`",
        "{blog:author}`deep-thought` {blog:author}`x <ada>`",
        "{blog:category}`Odd Label` {blog:category}`Rare`",
        "{blog:category}`category-Aa1` {blog:category}`community`",
    ]
    model.references.append(model.random.choice(choices))
    if len(model.references) > 5:
        del model.references[1]
    return repr(model.references[-1])


@edit(2)
def let_time_pass(model: Model) -> str:
    days = model.random.randint(1, 40)
    model.now += days * 86_400
    return f"{days} days"


@edit(1)
def change_nothing(model: Model) -> str:
    return f"{len(model.posts)} posts"
