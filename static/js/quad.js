// Quadrilaterals in a picture: four corners [x, y] in thousandths of its width and height, clockwise from the top left.
// Nothing here knows of a page. What leaves these functions can always be searched by: convex, not too small, inside.

export const FULL = 1000;
export const WHOLE = [[0, 0], [FULL, 0], [FULL, FULL], [0, FULL]];

const LEAST_AREA = 10_000; // a hundredth of the picture
const LEAST_TURN = 4_000; // twice the area that a corner makes with its neighbours: below it, three lie nearly on a line
const ROUNDING = 1_000; // what an area may lose when a corner is rounded

const SQUARE = WHOLE;

export const rectangle = (left, top, right, bottom) => [[left, top], [right, top], [right, bottom], [left, bottom]];

export const same = (one, other) => one.flat().every((number, index) => number === other.flat()[index]);

// How far b → c turns away from a → b, clockwise: twice the area of the triangle.
const turn = (a, b, c) => (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0]);

const area = ([a, b, c, d]) => (turn(a, b, c) + turn(a, c, d)) / 2;

export const share = (quad) => area(quad) / FULL ** 2;

export function bounds(quad) {
  const xs = quad.map(([x]) => x), ys = quad.map(([, y]) => y);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

export const isUpright = (quad) => same(quad, rectangle(...bounds(quad)));

export function isSound(quad) {
  const inside = quad.flat().every((number) => number >= 0 && number <= FULL);
  const turns = quad.every((corner, index) => turn(corner, quad[(index + 1) % 4], quad[(index + 2) % 4]) >= LEAST_TURN);
  return inside && turns && area(quad) >= LEAST_AREA;
}

export function contains(quad, point) {
  return quad.every((corner, index) => turn(corner, quad[(index + 1) % 4], point) >= 0);
}

// The quadrilateral with one corner moved as near to the target as the others let it come.
export function withCorner(quad, index, target) {
  const [after, opposite, before] = [1, 2, 3].map((step) => quad[(index + step) % 4]);
  const rules = [ // each grows linearly with the corner's place, and must not be negative
    (place) => turn(before, place, after) - LEAST_TURN - ROUNDING,
    (place) => turn(place, after, opposite) - LEAST_TURN - ROUNDING,
    (place) => turn(opposite, before, place) - LEAST_TURN - ROUNDING,
    (place) => turn(before, place, after) + turn(before, after, opposite) - 2 * (LEAST_AREA + ROUNDING),
  ];
  const room = rules.reduce(clipped, SQUARE);
  if (!room.length) return quad;
  const place = nearest(room, target).map(Math.round);
  const moved = quad.map((corner, other) => (other === index ? place : corner));
  return isSound(moved) ? moved : quad;
}

// The quadrilateral moved, as far as it stays in the picture.
export function shifted(quad, across, down) {
  const [left, top, right, bottom] = bounds(quad);
  const x = Math.round(Math.min(Math.max(across, -left), FULL - right));
  const y = Math.round(Math.min(Math.max(down, -top), FULL - bottom));
  return quad.map((corner) => [corner[0] + x, corner[1] + y]);
}

// The upright rectangle between two points; null where it is too small.
export function drawn(one, other) {
  const [left, right] = [one[0], other[0]].map(inPicture).sort((a, b) => a - b);
  const [top, bottom] = [one[1], other[1]].map(inPicture).sort((a, b) => a - b);
  const quad = rectangle(left, top, right, bottom);
  return isSound(quad) ? quad : null;
}

const inPicture = (number) => Math.round(Math.min(Math.max(number, 0), FULL));

// The part of a convex polygon in which a rule isn't negative.
function clipped(polygon, rule) {
  return polygon.flatMap((point, index) => {
    const next = polygon[(index + 1) % polygon.length];
    const [here, there] = [rule(point), rule(next)];
    const kept = here >= 0 ? [point] : [];
    if ((here < 0) !== (there < 0)) kept.push(between(point, next, here / (here - there)));
    return kept;
  });
}

// The point of a convex polygon that is nearest to a target: the target itself where it lies inside.
function nearest(polygon, target) {
  if (polygon.every((corner, index) => turn(corner, polygon[(index + 1) % polygon.length], target) >= 0)) return target;
  const places = polygon.map((start, index) => onSide(start, polygon[(index + 1) % polygon.length], target));
  return places.reduce((best, place) => (distance(place, target) < distance(best, target) ? place : best));
}

function onSide(start, end, target) {
  const [x, y] = [end[0] - start[0], end[1] - start[1]];
  const length = x * x + y * y;
  const along = length ? ((target[0] - start[0]) * x + (target[1] - start[1]) * y) / length : 0;
  return between(start, end, Math.min(Math.max(along, 0), 1));
}

const between = (start, end, along) => [0, 1].map((axis) => start[axis] + along * (end[axis] - start[axis]));

const distance = (one, other) => Math.hypot(one[0] - other[0], one[1] - other[1]);
