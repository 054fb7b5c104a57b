import type { Area } from '../../kit/console-area.ts';
import { endForm, holdForm, mailCodeForm, unlockForm } from './id.forms.ts';
import { endPage, holdPage, idPage, mailCodePage, unlockPage } from './id.pages.ts';
import { issueForm, issuePage, passwordForm, passwordPage } from './password.pages.ts';

/** One issued ID, and what is done for its person. */
export const idsArea: Area = {
  pages: [idPage, holdPage, unlockPage, endPage, mailCodePage, passwordPage, issuePage],
  forms: [holdForm, unlockForm, endForm, mailCodeForm, passwordForm, issueForm],
};
