import type { FigureAddress } from '../../explanations/figure-address.rules.ts';
import type { ViewFrame } from '../kit/define-page.ts';

/** The frame of a page that explains figures, with the addresses of such pages in its own console. */
export interface ExplainFrame extends ViewFrame {
  explainHref(address: FigureAddress): string;
}
