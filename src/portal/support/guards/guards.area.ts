import type { Area } from '../../kit/console-area.ts';
import { blockForm, blocksPage, limitForm, limitsPage } from './guards.pages.ts';
import { lineCheckForm, lineCheckPage } from './line-check.pages.ts';

/** What is set for a line on somebody's word: limits and blocked companies; and whether an address is on it. */
export const guardsArea: Area = {
  pages: [limitsPage, blocksPage, lineCheckPage],
  forms: [limitForm, blockForm, lineCheckForm],
};
