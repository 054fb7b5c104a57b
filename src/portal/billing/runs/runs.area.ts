import type { Area } from '../area.ts';
import { runningLive } from './runs.live.ts';
import { startRunForm, stopRunForm } from './runs.forms.ts';
import { runPage, runsPage, startRunPage, stopRunPage } from './runs.pages.ts';

/** Pages of runs. */
export const runsArea: Area = {
  pages: [runsPage, startRunPage, runPage, stopRunPage],
  forms: [startRunForm, stopRunForm],
  lives: [runningLive],
};
