// Measures the page as it is laid out, and returns what is wrong with the blog's parts of it, and how
// much was looked at. What colours.js defines comes before it.

const SLACK = 1; // pixels; layout works in fractions of them
const SCROLLING = 8; // furo gives the boxes around tables all of the width, and a padding

const partsOfBlog = [...document.querySelectorAll('[class^="blog-"], [class*=" blog-"]')];

const named = element => `${element.tagName.toLowerCase()}.${element.className}`;
const described = node => {
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    return `${named(element)} in ${named(element.parentElement)}: ${node.textContent.trim().slice(0, 60)}`;
};

const isBox = node => node.nodeType === Node.ELEMENT_NODE;

function isShown(element) {
    const rect = element.getBoundingClientRect();
    // Text for screen readers only is one pixel large.
    return style(element).visibility === 'visible' && rect.width > 1 && rect.height > 1;
}

// On a phone, sidebars wait beside the screen.
const isOnScreen = ({left, right}) => right > 0 && left < window.innerWidth;
const roots = partsOfBlog.filter(part => !part.parentElement.closest('[class^="blog-"], [class*=" blog-"]')
    && isShown(part) && isOnScreen(part.getBoundingClientRect()));

function scrolls(element) {
    return ['auto', 'scroll'].includes(style(element).overflowX);
}

/** Return every shown element of the blog and every text in it, without what a reader scrolls to. */
function* shownNodes(root) {
    for (const child of root.childNodes) {
        if (child.nodeType === Node.TEXT_NODE && child.textContent.trim()) {
            yield child;
        } else if (isBox(child) && isShown(child)) {
            yield child;
            if (!scrolls(child)) yield* shownNodes(child);
        }
    }
}

function rectsOf(node) {
    if (isBox(node)) return [node.getBoundingClientRect()];
    const range = document.createRange();
    range.selectNodeContents(node);
    return [...range.getClientRects()];
}

const FRAMED = '.blog-posts > li, td, th';

/**
 * Return the left and right edge that a node has to keep within: those of the box that cuts it
 * or has a frame, or of what the theme puts the blog into. Headings and tables of some themes
 * hang out by a negative margin; so may they, and what they hold.
 */
function edges(node, root) {
    let [hangsLeft, hangsRight] = [0, 0];
    for (let box = node; box !== root.parentElement; box = box.parentElement) {
        if (box.nodeType === Node.TEXT_NODE) continue;
        const {overflowX, borderRightWidth, marginLeft, marginRight} = style(box);
        const holds = box !== node && box.getBoundingClientRect();
        if (holds && (['hidden', 'clip'].includes(overflowX) || box.matches(FRAMED))) {
            return [holds.left, holds.right - parseFloat(borderRightWidth)];
        }
        hangsLeft += Math.min(0, parseFloat(marginLeft));
        hangsRight += Math.min(0, parseFloat(marginRight));
    }
    const around = root.parentElement;
    const {paddingLeft, paddingRight} = style(around);
    const rect = around.getBoundingClientRect();
    return [
        Math.max(0, rect.left + parseFloat(paddingLeft) + hangsLeft),
        rect.right - parseFloat(paddingRight) - hangsRight,
    ];
}

function findOutside() {
    const found = [];
    for (const root of roots) {
        for (const node of [root, ...shownNodes(root)]) {
            const [left, right] = edges(node, root);
            const slack = isBox(node) && scrolls(node) ? SCROLLING : SLACK;
            if (rectsOf(node).some(rect => rect.left < left - slack || rect.right > right + slack)) {
                found.push(described(node));
            }
        }
    }
    return found;
}

const overlap = (one, other) =>
    one.left < other.right - SLACK && other.left < one.right - SLACK &&
    one.top < other.bottom - SLACK && other.top < one.bottom - SLACK;

/** Return posts and terms that lie on each other, and parts of one that do. */
function findOverlapping() {
    const found = [];
    for (const list of document.querySelectorAll('.blog-posts, .blog-terms, .blog-posts > li')) {
        const items = [...list.children].filter(isShown);
        items.forEach((item, number) => {
            for (const other of items.slice(number + 1)) {
                if (overlap(item.getBoundingClientRect(), other.getBoundingClientRect())) {
                    found.push(`${described(item)} and ${described(other)}`);
                }
            }
        });
    }
    return found;
}

/** Return the items that have a bullet, or room for one, before them. */
function findBullets() {
    return [...document.querySelectorAll('.blog-posts > li, .blog-terms > li')]
        .filter(item => {
            const list = item.parentElement;
            const indent = item.getBoundingClientRect().left - list.parentElement.getBoundingClientRect().left;
            const marker = getComputedStyle(item, '::before').content;
            return style(item).listStyleType !== 'none' || !['none', 'normal'].includes(marker)
                || (!list.matches('.blog-titles') // which has a line there
                    && list.firstElementChild === item && Math.abs(indent) > SLACK);
        })
        .map(described);
}

/** Return the posts in lists that are no article with one heading and one link to the post. */
function findUnnamed() {
    return [...document.querySelectorAll('.blog-posts > li')]
        .filter(item => item.querySelectorAll(':scope > article > :is(h2, h3, h4, h5, h6) a').length !== 1
            || item.querySelector('a[href="#"]'))
        .map(described);
}

function contrast(element) {
    const behind = backgroundOf(element);
    const [red, green, blue, alpha] = channels(style(element).color);
    let opacity = alpha;
    for (let box = element; box; box = box.parentElement) opacity *= parseFloat(style(box).opacity);
    const [one, other] = [luminance(over([red, green, blue, opacity], behind)), luminance(behind)];
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

const READ = '.blog-title, .blog-byline, .blog-excerpt, .blog-pager, .blog-terms, .blog-profile, '
    + '.blog-archive .rubric, .blog-empty';

/** Return the blog's own texts that stand out too little from what is behind them. */
function findPale() {
    const found = [];
    let count = 0;
    for (const part of document.querySelectorAll(READ)) {
        for (const node of shownNodes(part)) {
            if (node.nodeType !== Node.TEXT_NODE || !isShown(node.parentElement)) continue;
            count += 1;
            const value = contrast(node.parentElement);
            if (value < 4.5) found.push(`${value.toFixed(2)}: ${described(node)}`);
        }
    }
    return [found, count];
}

const still = document.createElement('style');
still.textContent = '*, ::before, ::after { transition: none !important; animation: none !important }';
document.head.append(still);

const [pale, texts] = findPale();
const page = document.scrollingElement;
const wide = {outside: findOutside(), overlapping: findOverlapping(), width: page.scrollWidth};

// The rest is the theme's own: at 390 pixels classic keeps its sidebar beside the text and is wider
// than the window on every page, and the breadcrumbs of sphinx_rtd_theme do not break long words.
const shown = roots.map(root => root.style.display);
roots.forEach(root => { root.style.display = 'none'; });
const alone = Math.max(page.scrollWidth, page.clientWidth);
roots.forEach((root, number) => { root.style.display = shown[number]; });

return {
    overflow: Math.max(0, wide.width - alone),
    outside: wide.outside,
    overlapping: wide.overlapping,
    bullets: findBullets(),
    unnamed: findUnnamed(),
    pale,
    texts,
    behind: luminance(backgroundOf(roots[0])),
    roots: roots.length,
};
