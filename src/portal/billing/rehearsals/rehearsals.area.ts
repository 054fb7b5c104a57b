import type { Area } from '../../kit/console-area.ts';
import { startForm } from './rehearsals.forms.ts';
import { comparisonPage, rehearsalPage, rehearsalsPage } from './rehearsals.pages.ts';

/** What a close and its settlements would come to, before they are real. */
export const rehearsalsArea: Area = {
  pages: [rehearsalsPage, rehearsalPage, comparisonPage],
  forms: [startForm],
};
