/** Formats ascending whole numbers as ranges: 1, 2, 3, 31 → `1–3`, `31`. */
export function rangesOf(values: readonly number[]): string[] {
  const ranges: [number, number][] = [];
  for (const value of values) {
    const last = ranges.at(-1);
    if (last && last[1] === value - 1) last[1] = value;
    else ranges.push([value, value]);
  }
  return ranges.map(([first, last]) => (first === last ? String(first) : `${first}–${last}`));
}
