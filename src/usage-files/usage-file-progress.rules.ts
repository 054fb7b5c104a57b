import type { UsageFile } from './usage-file.entity.ts';

type Facts = Pick<UsageFile, 'state' | 'isPartial' | 'throughRow' | 'rowCount'>;

/** Percent of a file that are behind a step of its work, and how much the step takes. */
const whole = { checking: [20, 40], releasing: [60, 40], charging: [60, 40] } as const;
const partial = { ...whole, charging: [20, 80] } as const;

/** How far a file is, in percent: reading is a fifth; a row is checked and charged, of a partial file both at once. */
export function progressOf({ state, isPartial, throughRow, rowCount }: Facts): number {
  if (state === 'done' || state === 'refused') return 100;
  if (state === 'received' || rowCount == null) return 0;
  const [behind, share] = (isPartial ? partial : whole)[state];
  return behind + Math.floor((share * Math.min(throughRow, rowCount)) / Math.max(rowCount, 1));
}
