import type { Area } from '../area.ts';

/** Pages of companies. */
export const companiesArea: Area = { pages: [] };
