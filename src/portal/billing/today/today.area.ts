import type { Area } from '../../kit/console-area.ts';
import { todayPage } from './today.pages.ts';

/** The first page: what was done, what waits, what comes next. */
export const todayArea: Area = { pages: [todayPage] };
