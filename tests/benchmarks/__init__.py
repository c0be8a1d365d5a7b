"""What the blog costs over the same pages in plain Sphinx, and beside ABlog.

Sites with the same posts, the same theme and the same ordinary pages are built in turn:

*plain*
    is the floor: Sphinx and MyST-Parser alone, the posts as pages outside of every toctree.
*pages*
    is the same folder with ``sphinx_openinfra_blog``: posts with head, byline and neighbours,
    the archive, and the pages of the categories, authors and years; no feeds.
*blog*
    has everything on: also three feeds with full content, a feed for each category and author,
    redirects, their map and the schedule.
*ablog*
    holds the same posts in the form that ABlog wants, with its full feed.

Each run builds all of them: *cold* without anything of an earlier build, *no-op* right after it,
and *one edit* after a sentence was added to one post.  Each build is a process of its own, and
the time is the CPU time of that process and its children, so another program on the machine
disturbs it less than it would disturb a clock.  All sites run with the same settings of Python's
garbage collector: Python's own, or what ``--conf`` adds to the conf.py of each.  The sites take
turns within a run, in the other direction in every second run, and a ratio compares two builds
of the same run.  With several ``--jobs`` each site is built with all of them before the next
one's turn.
"""

from __future__ import annotations
