import type { Area } from '../../kit/console-area.ts';
import { approveForm, rejectForm } from './approvals.forms.ts';
import { approvalPage, approvalsPage, approvePage, rejectPage } from './approvals.pages.ts';
import { settlementMonthForm, settlementMonthPage } from './settlement-month.pages.ts';

/** What waits for a second person, and the decision. */
export const approvalsArea: Area = {
  pages: [approvalsPage, approvalPage, approvePage, rejectPage, settlementMonthPage],
  forms: [approveForm, rejectForm, settlementMonthForm],
};
