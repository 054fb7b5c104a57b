import type { Area } from '../area.ts';

/** Pages of books and records. */
export const recordsArea: Area = { pages: [] };
