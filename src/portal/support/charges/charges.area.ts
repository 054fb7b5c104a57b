import type { Area } from '../../kit/console-area.ts';
import { chargePage } from './charge.pages.ts';
import { explainPage } from './explain.pages.ts';

/** One purchase, and where its figures come from. */
export const chargesArea: Area = { pages: [chargePage, explainPage] };
