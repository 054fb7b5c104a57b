import type { Area } from '../area.ts';

/** Pages of staff accounts. */
export const peopleArea: Area = { pages: [] };
