import type { Area } from '../../kit/console-area.ts';
import {
  closeForm,
  companyForm,
  giveForm,
  mergeForm,
  noteForm,
  placeForm,
  reopenForm,
  takeForm,
} from './acts.forms.ts';
import {
  closePage,
  companyPage,
  givePage,
  mergePage,
  notePage,
  placePage,
  reopenPage,
} from './acts.pages.ts';
import { casePage } from './case.pages.ts';
import { mailForm, mailPreviewForm } from './mail.forms.ts';
import { mailPage } from './mail.pages.ts';
import { newCaseForm } from './new-case.forms.ts';
import { newCasePage } from './new-case.pages.ts';
import { casesPage } from './queue.pages.ts';

/** What people turned to the support centre with, and what is done about it. */
export const casesArea: Area = {
  pages: [
    casesPage,
    casePage,
    newCasePage,
    notePage,
    closePage,
    reopenPage,
    givePage,
    mergePage,
    placePage,
    companyPage,
    mailPage,
  ],
  forms: [
    newCaseForm,
    takeForm,
    noteForm,
    closeForm,
    reopenForm,
    giveForm,
    mergeForm,
    placeForm,
    companyForm,
    mailPreviewForm,
    mailForm,
  ],
};
