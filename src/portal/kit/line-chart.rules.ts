/** A line of a chart: points from left to right, in units of the axes. */
export interface ChartLine {
  readonly kind: 'now' | 'before';
  readonly points: readonly (readonly [x: number, y: number])[];
}

interface LineChart {
  readonly lines: readonly ChartLine[];
  /** Labelled places on the axes. */
  readonly xTicks: readonly (readonly [x: number, label: string])[];
  readonly yTicks: readonly (readonly [y: number, label: string])[];
}

const WIDTH = 720;
const HEIGHT = 260;
const [LEFT, RIGHT, TOP, BOTTOM] = [56, 24, 16, 28];
const style = `text{font:12px sans-serif;fill:#51606f}.now{stroke:#17496f;stroke-width:2.5;fill:none}.before{stroke:#7d8b98;stroke-width:1.5;stroke-dasharray:5 4;fill:none}.grid{stroke:#d9e0e6}
@media (prefers-color-scheme:dark){text{fill:#a9b6c2}.now{stroke:#8cc3ee}.before{stroke:#8795a3}.grid{stroke:#3a4753}}`;

/** Lines from zero as an SVG for `<img>`, a document of its own. The dashed line is what the other is compared with. */
export function lineChart({ lines, xTicks, yTicks }: LineChart): string {
  const all = lines.flatMap(({ points }) => points);
  const [maxX, maxY] = [
    Math.max(1, ...all.map(([x]) => x), ...xTicks.map(([x]) => x)),
    Math.max(1, ...all.map(([, y]) => y), ...yTicks.map(([y]) => y)),
  ];
  const left = (x: number) => (LEFT + (x / maxX) * (WIDTH - LEFT - RIGHT)).toFixed(1);
  const top = (y: number) => (HEIGHT - BOTTOM - (y / maxY) * (HEIGHT - TOP - BOTTOM)).toFixed(1);
  const parts = [
    ...yTicks.flatMap(([y, label]) => [
      `<path class="grid" d="M${LEFT} ${top(y)}H${WIDTH - RIGHT}"/>`,
      `<text x="${LEFT - 8}" y="${(Number(top(y)) + 4).toFixed(1)}" text-anchor="end">${label}</text>`,
    ]),
    ...xTicks.map(
      ([x, label]) => `<text x="${left(x)}" y="${HEIGHT - 8}" text-anchor="middle">${label}</text>`,
    ),
    ...lines.map(
      ({ kind, points }) =>
        `<path class="${kind}" d="M${points.map(([x, y]) => `${left(x)} ${top(y)}`).join('L')}"/>`,
    ),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}"><style>${style}</style>${parts.join('')}</svg>`;
}
