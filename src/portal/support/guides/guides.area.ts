import type { Area } from '../../kit/console-area.ts';
import { guidePage, guidesPage } from './guides.pages.ts';

/** Short guides for the most usual calls, in Markdown files that the carrier changes. */
export const guidesArea: Area = { pages: [guidesPage, guidePage] };
