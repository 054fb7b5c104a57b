import type { Area } from '../area.ts';

/** Pages of approvals. */
export const approvalsArea: Area = { pages: [] };
