import type { Area } from '../../kit/console-area.ts';
import { teamPage } from './team.pages.ts';

/** How much the support centre does, and who. */
export const teamArea: Area = { pages: [teamPage] };
