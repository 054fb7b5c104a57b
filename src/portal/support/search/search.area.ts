import type { Area } from '../../kit/console-area.ts';
import { searchPage } from './search.pages.ts';

/** The one search box, and what it finds. */
export const searchArea: Area = { pages: [searchPage] };
