import type { Area } from '../area.ts';

/** Pages of settlements. */
export const settlementsArea: Area = { pages: [] };
