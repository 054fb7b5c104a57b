import { addCaseNote } from '../../cases/add-case-note.ts';
import { subscriberOutcomes } from '../../cases/case.rules.ts';
import { closeCase } from '../../cases/close-case.ts';
import { reportPurchase } from '../../cases/report-purchase.ts';
import { readPurchaseRef } from '../../purchases/find-purchase-subject.ts';
import { MAX_MESSAGE } from '../../shared/message-text.rules.ts';
import { defineForm } from '../kit/define-form.ts';
import { choiceField, optional, textField } from '../kit/form-fields.ts';
import { casePage, reportPage } from './cases.pages.ts';

/** Reports a purchase. A second report leads to the case of the first. */
export const reportForm = defineForm({
  name: 'my.report-form',
  path: '/my/purchases/:id/report',
  permission: 'cases:report',
  fields: {
    text: optional(textField({ label: 'my.report.text', maxLength: MAX_MESSAGE, isMultiline: true })),
  },
  submit: (deps, { actor, params, input }) =>
    reportPurchase(deps, actor, { purchase: readPurchaseRef(params['id'] ?? ''), text: input.text }),
  done: ({ number, isNew }) => ({
    to: `/my/cases/${number}`,
    flash: isNew ? 'my.report.done' : 'my.report.done-before',
  }),
  page: reportPage,
});

/** Tells the support centre more. */
export const noteForm = defineForm({
  name: 'my.case-note',
  path: '/my/cases/:number/note',
  permission: 'cases:write',
  fields: { text: textField({ label: 'my.case.note', maxLength: MAX_MESSAGE, isMultiline: true }) },
  submit: (deps, { actor, params, input }) =>
    addCaseNote(deps, actor, { number: params['number'] ?? '', text: input.text }),
  done: ({ number }) => ({ to: `/my/cases/${number}`, flash: 'my.case.note-done' }),
  page: casePage,
});

/** Ends a report, for good. */
export const closeForm = defineForm({
  name: 'my.case-close',
  path: '/my/cases/:number/close',
  permission: 'cases:write',
  fields: { outcome: choiceField('my.case.close-reason', subscriberOutcomes) },
  submit: (deps, { actor, params, input }) =>
    closeCase(deps, actor, { number: params['number'] ?? '', outcome: input.outcome }),
  done: ({ number }) => ({ to: `/my/cases/${number}`, flash: 'my.case.closed' }),
  page: casePage,
});
