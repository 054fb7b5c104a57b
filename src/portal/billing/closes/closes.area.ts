import type { Area } from '../area.ts';

/** Pages of closes. */
export const closesArea: Area = { pages: [] };
