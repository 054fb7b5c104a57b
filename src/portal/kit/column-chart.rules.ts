/** A column of a chart, with what it is compared with. */
export interface ChartColumn {
  readonly label: string;
  readonly value: bigint;
  /** As the picture says it: `1,234万円`. */
  readonly text: string;
  /** The same day of last week or last month, in grey behind. */
  readonly before?: bigint;
}

const WIDTH = 720;
const HEIGHT = 220;
const [TOP, BOTTOM] = [28, 26];
const FLOOR = HEIGHT - BOTTOM;
/** Grey and blue that are told apart on a light and a dark ground. */
const style = `text{font:12px sans-serif;fill:#51606f;text-anchor:middle}.now{fill:#17496f}.before{fill:#c9d2da}.axis{stroke:#7d8b98}
@media (prefers-color-scheme:dark){text{fill:#a9b6c2}.now{fill:#8cc3ee}.before{fill:#465463}.axis{stroke:#8795a3}}`;

/**
 * Columns from zero as an SVG for `<img>`, with each figure over its column. It is a document of its own: the styles of the page, and
 * what forbids styles within the page, do not reach it.
 */
export function columnChart(columns: readonly ChartColumn[]): string {
  const highest = columns.reduce((most, { value, before = 0n }) => max(most, max(value, before)), 1n);
  const step = WIDTH / Math.max(columns.length, 1);
  const heightOf = (value: bigint) =>
    Number(((value < 0n ? 0n : value) * 1_000n) / highest) * ((FLOOR - TOP) / 1_000);
  const parts = columns.flatMap(({ label, value, text, before }, index) => {
    const middle = step * (index + 0.5);
    const wide = Math.min(step * 0.56, 64);
    const [now, then] = [heightOf(value), heightOf(before ?? 0n)];
    return [
      ...(before === undefined ? [] : [bar('before', { left: middle - wide * 0.72, wide, high: then })]),
      bar('now', { left: middle - wide * 0.5, wide, high: now }),
      `<text x="${middle.toFixed(1)}" y="${(FLOOR - Math.max(now, then) - 8).toFixed(1)}">${escape(text)}</text>`,
      `<text x="${middle.toFixed(1)}" y="${HEIGHT - 8}">${escape(label)}</text>`,
    ];
  });
  const axis = `<path class="axis" d="M0 ${FLOOR}.5H${WIDTH}"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}"><style>${style}</style>${parts.join('')}${axis}</svg>`;
}

/** The picture as an address: it has the same figures as the page that shows it, without a second request. */
export function chartSource(svg: string): string {
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
}

function bar(kind: string, { left, wide, high }: { left: number; wide: number; high: number }): string {
  return `<rect class="${kind}" x="${left.toFixed(1)}" y="${(FLOOR - high).toFixed(1)}" width="${wide.toFixed(1)}" height="${high.toFixed(1)}"/>`;
}

const max = (one: bigint, other: bigint) => (one > other ? one : other);

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escape = (text: string) => text.replaceAll(/[&<>]/g, (character) => escapes[character]!);
