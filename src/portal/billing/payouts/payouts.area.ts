import type { Area } from '../area.ts';

/** Pages of payouts. */
export const payoutsArea: Area = { pages: [] };
