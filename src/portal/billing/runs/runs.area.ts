import type { Area } from '../../kit/console-area.ts';
import { runLive, runningLive } from './runs.live.ts';
import { retryForms, startRunForm, stopRunForm } from './runs.forms.ts';
import { retryOnePage, retryPage, runPage, runsPage, startRunPage, stopRunPage } from './runs.pages.ts';

/** Pages of runs. */
export const runsArea: Area = {
  pages: [runsPage, startRunPage, runPage, stopRunPage, retryPage, retryOnePage],
  forms: [startRunForm, stopRunForm, ...retryForms],
  lives: [runningLive, runLive],
};
