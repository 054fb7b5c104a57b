/** Hundredths of a point are finer than any printer. */
export function short(points: number): number {
  return Math.round(points * 100) / 100;
}
