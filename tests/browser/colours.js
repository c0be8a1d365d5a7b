// Colours as they are seen.

const style = element => getComputedStyle(element);

/** Return a computed colour as [red, green, blue, alpha]. */
const context = Object.assign(document.createElement('canvas'), {width: 1, height: 1})
    .getContext('2d', {willReadFrequently: true});
const known = new Map();
function channels(colour) {
    if (!known.has(colour)) known.set(colour, painted(colour));
    return known.get(colour);
}
function painted(colour) {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = context.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
}

const over = ([r, g, b, a], [red, green, blue]) =>
    [r * a + red * (1 - a), g * a + green * (1 - a), b * a + blue * (1 - a), 1];

/** Return what lies behind an element; what is behind all of them is the browser's own. */
function backgroundOf(element) {
    const layers = [];
    for (let box = element; box; box = box.parentElement) {
        const layer = channels(style(box).backgroundColor);
        layers.push(layer);
        if (layer[3] === 1) break;
    }
    return layers.reverse().reduce((below, layer) => over(layer, below), channels('canvas'));
}

function luminance([red, green, blue]) {
    const [r, g, b] = [red, green, blue]
        .map(value => value / 255)
        .map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
