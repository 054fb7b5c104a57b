import type { Area } from '../../kit/console-area.ts';
import { blockForm, blocksPage, limitForm, limitsPage } from './guards.pages.ts';
import { lineCheckForm, lineCheckPage } from './line-check.pages.ts';
import { listedForm, listedPage } from './listed.pages.ts';
import { supportLimitForm, supportLimitPage } from './support-limit.pages.ts';
import { undoForm, undoPage } from './undo.pages.ts';

/** What is set for a line on somebody's word: limits, blocks and lists; and whether an address is on it. */
export const guardsArea: Area = {
  pages: [limitsPage, blocksPage, listedPage, supportLimitPage, undoPage, lineCheckPage],
  forms: [limitForm, blockForm, listedForm, supportLimitForm, undoForm, lineCheckForm],
};
