import type { Area } from '../area.ts';

/** Pages of collections. */
export const collectionsArea: Area = { pages: [] };
