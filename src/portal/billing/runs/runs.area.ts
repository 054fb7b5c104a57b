import type { Area } from '../area.ts';

/** Pages of runs. */
export const runsArea: Area = { pages: [] };
