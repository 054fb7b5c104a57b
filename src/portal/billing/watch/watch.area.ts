import type { Area } from '../../kit/console-area.ts';
import { holdForm, releaseForm, resumeForm, suspendForm } from './watch.forms.ts';
import {
  holdPage,
  releasePage,
  resumePage,
  suspendPage,
  watchedCompanyPage,
  watchPage,
} from './watch.pages.ts';

/** Companies and services that put charges on bills that nobody asked for. */
export const watchArea: Area = {
  pages: [watchPage, watchedCompanyPage, holdPage, releasePage, suspendPage, resumePage],
  forms: [holdForm, releaseForm, suspendForm, resumeForm],
};
