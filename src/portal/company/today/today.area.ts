import type { Area } from '../../kit/console-area.ts';
import { newestLive } from './newest.live.ts';
import { todayPage } from './today.pages.ts';

/** The first page: how the business goes now. */
export const todayArea: Area = { pages: [todayPage], lives: [newestLive] };
