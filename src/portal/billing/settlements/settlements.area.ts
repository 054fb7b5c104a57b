import type { Area } from '../../kit/console-area.ts';
import { proposeMonthForm, proposeMonthPage } from './propose-month.pages.ts';
import { feeInvoiceDownload, statementDownload } from './settlement.downloads.ts';
import { correctForm, holdForm, proposeForm, rejectForm, releaseForm } from './settlement.forms.ts';
import {
  correctPage,
  holdPage,
  proposePage,
  rejectPage,
  releasePage,
  settlementPage,
} from './settlement.pages.ts';
import { settlementsPage } from './settlements.pages.ts';

/** What each company is billed and paid for a month: review, proposal, statement. */
export const settlementsArea: Area = {
  pages: [
    settlementsPage,
    settlementPage,
    proposePage,
    rejectPage,
    holdPage,
    releasePage,
    correctPage,
    proposeMonthPage,
  ],
  forms: [proposeForm, rejectForm, holdForm, releaseForm, correctForm, proposeMonthForm],
  downloads: [statementDownload, feeInvoiceDownload],
};
