import type { Area } from '../area.ts';

/** Pages of lines. */
export const linesArea: Area = { pages: [] };
