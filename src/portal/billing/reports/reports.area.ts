import type { Area } from '../area.ts';

/** Pages of reports. */
export const reportsArea: Area = { pages: [] };
