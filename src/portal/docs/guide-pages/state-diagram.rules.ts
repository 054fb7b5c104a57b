import { escapeHtml } from '../../../shared/html.rules.ts';
import type { Transitions } from '../../../shared/state-machine.rules.ts';

const BOX = { width: 112, height: 36 };
const GAP = { x: 24, y: 52 };
/** Room on the left for the arrows that leave out a state. */
const LEFT = 24;
const EDGE = 2;
const HEAD = 6;

interface Place {
  readonly column: number;
  readonly row: number;
  readonly x: number;
  readonly y: number;
}

/**
 * Draws the states of a thing and what may follow each, from the table that the service itself obeys. The longest way runs down on the
 * left, other ends stand beside its end.
 */
export function drawStates<State extends string>(
  moves: Transitions<State>,
  { start, label }: { readonly start: State; readonly label: string },
): string {
  const way = longestWay(moves, start);
  const others = (Object.keys(moves) as State[]).filter((state) => !way.includes(state));
  const last = way.length - 1;
  const places = new Map<State, Place>([
    ...way.map((state, row) => [state, placeAt(0, row)] as const),
    ...others.map((state, index) => [state, placeAt(index + 1, last)] as const),
  ]);
  const width = LEFT + (others.length + 1) * (BOX.width + GAP.x) - GAP.x + EDGE;
  const height = last * (BOX.height + GAP.y) + BOX.height + 2 * EDGE;
  const arrows = [...places].flatMap(([from, place]) =>
    moves[from].map((to) => drawArrow(place, places.get(to)!, arrivalsAt(moves, way, to).indexOf(from))),
  );
  const boxes = [...places].map(([state, { x, y }]) => {
    const kind = state === start ? 'start' : moves[state].length === 0 ? 'end' : 'between';
    return `<rect class="state-${kind}" x="${x}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="8"/><text x="${x + BOX.width / 2}" y="${y + BOX.height / 2 + 5}">${escapeHtml(state)}</text>`;
  });
  return `<svg class="states" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escapeHtml(label)}">${arrows.join('')}${boxes.join('')}</svg>`;
}

/** The states on the longest way from the start; of equal ones the first in the order of the table. */
function longestWay<State extends string>(moves: Transitions<State>, state: State): State[] {
  let longest: State[] = [];
  for (const next of moves[state]) {
    const way = longestWay(moves, next);
    if (way.length > longest.length) longest = way;
  }
  return [state, ...longest];
}

/** The states on the way that lead to a state, from the top: their arrows arrive beside each other. */
function arrivalsAt<State extends string>(
  moves: Transitions<State>,
  way: readonly State[],
  to: State,
): State[] {
  return way.filter((from) => moves[from].includes(to));
}

function placeAt(column: number, row: number): Place {
  return {
    column,
    row,
    x: LEFT + column * (BOX.width + GAP.x),
    y: EDGE + row * (BOX.height + GAP.y),
  };
}

function drawArrow(from: Place, to: Place, nth: number): string {
  if (to.column > 0) return arrowAside(from, to, nth);
  if (to.row === from.row + 1) {
    const x = from.x + BOX.width / 2;
    return line(`M${x} ${from.y + BOX.height}V${to.y - HEAD}`) + headDown(x, to.y);
  }
  // Past the states between them, on the left.
  const [y1, y2] = [from.y + BOX.height / 2, to.y + BOX.height / 2];
  const path = `M${from.x} ${y1}H${LEFT / 3}V${y2}H${to.x - HEAD}`;
  return line(path) + head(`M${to.x} ${y2}l${-HEAD} ${-HEAD / 1.5}v${HEAD * 1.333}z`);
}

/** To the right, then down. */
function arrowAside(from: Place, to: Place, nth: number): string {
  const x = to.x + BOX.width / 2 + 12 - nth * 24;
  return line(`M${from.x + BOX.width} ${from.y + BOX.height / 2}H${x}V${to.y - HEAD}`) + headDown(x, to.y);
}

const line = (d: string) => `<path class="state-line" d="${d}"/>`;
const head = (d: string) => `<path class="state-head" d="${d}"/>`;
const headDown = (x: number, y: number) => head(`M${x} ${y}l${-HEAD / 1.5} ${-HEAD}h${HEAD * 1.333}z`);
