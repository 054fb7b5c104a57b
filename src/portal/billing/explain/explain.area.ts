import type { Area } from '../../kit/console-area.ts';
import { explainPage } from './explain.pages.ts';

/** Where a number comes from: reached from the numbers on other pages. */
export const explainArea: Area = { pages: [explainPage] };
