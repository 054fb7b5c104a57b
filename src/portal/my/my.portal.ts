import { definePortal } from '../kit/define-portal.ts';
import { cancelForm, revokeForm } from './agreements.forms.ts';
import {
  cancelPage,
  consentPage,
  consentsPage,
  revokePage,
  subscriptionPage,
  subscriptionsPage,
} from './agreements.pages.ts';
import { invoiceCsv, invoicePdf } from './invoices.downloads.ts';
import { closeForm, noteForm, reportForm } from './cases.forms.ts';
import { casePage, reportPage } from './cases.pages.ts';
import { enquiryForm, messageForm } from './enquiries.forms.ts';
import { enquiriesPage, enquiryPage, messagePage } from './enquiries.pages.ts';
import { invoicePage, invoicesPage } from './invoices.pages.ts';
import { limitsForms } from './limits.forms.ts';
import { limitsPages } from './limits.pages.ts';
import { myAudience } from './my-audience.ts';
import { overviewPage } from './overview.pages.ts';
import { receiptPdf } from './purchases.downloads.ts';
import { peopleForms } from './people.forms.ts';
import { peoplePages } from './people.pages.ts';
import { purchasePage, purchasesPage } from './purchases.pages.ts';
import { declineRequestForm } from './requests.forms.ts';
import { declineRequestPage, ownRequestLive, ownRequestPage, ownRequestsPage } from './requests.pages.ts';
import { signingIn } from './signing-in.ts';

/** The subscriber's own site: what did I pay, to whom, why, and how do I stop it. */
export const myPortal = definePortal({
  name: 'my',
  listener: 'public',
  audience: myAudience,
  tagline: 'my.tagline',
  foot: 'my.foot',
  home: '/my',
  pages: [
    overviewPage,
    invoicesPage,
    invoicePage,
    purchasesPage,
    purchasePage,
    ownRequestsPage,
    ownRequestPage,
    declineRequestPage,
    subscriptionsPage,
    subscriptionPage,
    cancelPage,
    consentsPage,
    consentPage,
    revokePage,
    enquiriesPage,
    enquiryPage,
    messagePage,
    reportPage,
    casePage,
    ...limitsPages,
    ...peoplePages,
    ...signingIn.pages,
  ],
  forms: [
    cancelForm,
    revokeForm,
    declineRequestForm,
    messageForm,
    enquiryForm,
    reportForm,
    noteForm,
    closeForm,
    ...limitsForms,
    ...peopleForms,
    ...signingIn.forms,
  ],
  lives: [ownRequestLive],
  downloads: [invoicePdf, invoiceCsv, receiptPdf],
});
