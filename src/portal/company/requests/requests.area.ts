import type { Area } from '../../kit/console-area.ts';
import { newRequestForm, withdrawForm } from './requests.forms.ts';
import { newRequestPage, requestLive, requestPage, requestsPage, withdrawPage } from './requests.pages.ts';

/** What the company asks people to pay. */
export const requestsArea: Area = {
  // `new` before what an address names.
  pages: [requestsPage, newRequestPage, requestPage, withdrawPage],
  forms: [newRequestForm, withdrawForm],
  lives: [requestLive],
};
