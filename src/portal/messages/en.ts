import { componentsEn } from './components-en.ts';
import { myContactEn } from './my-contact-en.ts';
import { myLimitsEn } from './my-limits-en.ts';
import { myRequestsEn } from './my-requests-en.ts';
import { myPasskeysEn } from './my-passkeys-en.ts';
import { myEn } from './my-en.ts';
import { accountsEn } from './accounts-en.ts';
import { answersEn } from './answers-en.ts';
import { billingEn } from './billing-en.ts';
import { checkoutEn } from './checkout-en.ts';
import { developersEn } from './developers-en.ts';
import { explainEn } from './explain-en.ts';
import { kitEn } from './kit-en.ts';
import { orderEn } from './order-en.ts';
import { supportEn } from './support-en.ts';
import { companiesEn } from './companies-en.ts';
import { companyEn } from './company-en.ts';
import { mySignInEn } from './my-sign-in-en.ts';
import type { Messages } from './ja.ts';

/** English texts of the pages. */
export const en: Messages = {
  ...myEn,
  ...myContactEn,
  ...myRequestsEn,
  ...myLimitsEn,
  ...developersEn,
  ...kitEn,
  ...explainEn,
  ...componentsEn,
  ...answersEn,
  ...checkoutEn,
  ...orderEn,
  ...accountsEn,
  ...mySignInEn,
  ...myPasskeysEn,

  'page.service': 'Pay with your line',
  'page.sandbox': 'This is a trial: nothing here is sold, charged or sent to anybody.',
  'page.skip': 'Skip to content',
  'page.language': 'Language',
  'page.contact': 'Contact',
  'page.safe': 'Your carrier runs this page. The seller never sees your password.',
  'page.request': 'Reference number',

  'problem.forged-request.title': 'This page has expired',
  'problem.forged-request.text':
    'For your security, we did not accept the form. Please allow cookies, open the previous page again and try again.',
  'problem.not-found.title': 'Page not found',
  'problem.not-found.text': 'Check the address. The page may have moved or ended.',
  'problem.not-found.text-checkout': 'Check the address, or start again on the seller’s site.',
  'problem.service-unavailable.title': 'We are very busy right now',
  'problem.service-unavailable.text': 'Please wait a moment and try again.',
  'problem.bad-request.title': 'We could not accept this request',
  'problem.bad-request.text': 'Please go back and try again.',
  'problem.internal-error.title': 'Something went wrong',
  'problem.internal-error.text': 'We are sorry. Please try again later.',
  'problem.back': 'Back to the page',

  ...companiesEn,
  ...companyEn,
  ...billingEn,
  ...supportEn,
};
