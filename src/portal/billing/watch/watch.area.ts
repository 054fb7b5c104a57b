import type { Area } from '../../kit/console-area.ts';
import { holdForm, suspendForm } from './watch.forms.ts';
import { holdPage, suspendPage, watchedCompanyPage, watchPage } from './watch.pages.ts';

/** Companies and services that put charges on bills that nobody asked for. */
export const watchArea: Area = {
  pages: [watchPage, watchedCompanyPage, holdPage, suspendPage],
  forms: [holdForm, suspendForm],
};
