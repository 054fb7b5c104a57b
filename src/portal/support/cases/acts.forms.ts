import { addCaseNote } from '../../../cases/add-case-note.ts';
import { askCompany } from '../../../cases/ask-company.ts';
import { caseOutcomes } from '../../../cases/case.rules.ts';
import { closeCase } from '../../../cases/close-case.ts';
import { giveCase } from '../../../cases/give-case.ts';
import { mergeCase } from '../../../cases/merge-case.ts';
import { placeCase } from '../../../cases/place-case.ts';
import { reopenCase } from '../../../cases/reopen-case.ts';
import { takeCase } from '../../../cases/take-case.ts';
import { MAX_MESSAGE } from '../../../shared/message-text.rules.ts';
import type { MessageKey } from '../../messages/translate.ts';
import { defineForm, type Done } from '../../kit/define-form.ts';
import { choiceField, optional, textField } from '../../kit/form-fields.ts';
import { requireLineId } from '../../../lines/search-lines.queries.ts';
import { caseHref } from '../support-links.rules.ts';
import {
  closePage,
  companyPage,
  givePage,
  mergePage,
  notePage,
  placePage,
  reopenPage,
} from './acts.pages.ts';
import { noteAudiences } from './acts.view.rules.ts';
import { casePage } from './case.pages.ts';

interface OfCase {
  readonly params: Readonly<Record<string, string>>;
}

const numberOf = ({ params }: OfCase): string => params['number'] ?? '';

/** Back to the case, with what was done. */
const doneWith =
  (flash: MessageKey) =>
  (_: unknown, request: OfCase): Done => ({ to: caseHref(numberOf(request)), flash });

const words = textField({ label: 'support.case.note.words', maxLength: MAX_MESSAGE, isMultiline: true });

export const takeForm = defineForm({
  name: 'support.case-take-form',
  path: '/support/cases/:number/take',
  permission: 'cases:take',
  fields: {},
  submit: (deps, request) => takeCase(deps, request.actor, { number: numberOf(request) }),
  done: doneWith('support.case.done.take'),
  page: casePage,
});

export const noteForm = defineForm({
  name: 'support.case-note-form',
  path: '/support/cases/:number/note',
  permission: 'cases:take',
  fields: { audience: choiceField('support.case.note.audience', noteAudiences), text: words },
  submit: (deps, request) =>
    addCaseNote(deps, request.actor, { number: numberOf(request), ...request.input }),
  done: doneWith('support.case.done.note'),
  page: notePage,
});

export const closeForm = defineForm({
  name: 'support.case-close-form',
  path: '/support/cases/:number/close',
  permission: 'cases:take',
  fields: { outcome: choiceField('support.case.outcome', caseOutcomes), text: optional(words) },
  submit: (deps, request) => closeCase(deps, request.actor, { number: numberOf(request), ...request.input }),
  done: doneWith('support.case.done.close'),
  page: closePage,
});

export const reopenForm = defineForm({
  name: 'support.case-reopen-form',
  path: '/support/cases/:number/reopen',
  permission: 'cases:take',
  fields: {},
  submit: (deps, request) => reopenCase(deps, request.actor, { number: numberOf(request) }),
  done: doneWith('support.case.done.reopen'),
  page: reopenPage,
});

export const giveForm = defineForm({
  name: 'support.case-give-form',
  path: '/support/cases/:number/give',
  permission: 'cases:take',
  fields: { to: textField({ label: 'support.case.give.to', maxLength: 20 }) },
  submit: (deps, request) =>
    giveCase(deps, request.actor, { number: numberOf(request), to: request.input.to }),
  done: doneWith('support.case.done.give'),
  page: givePage,
});

/** Continues with the case that has both. */
export const mergeForm = defineForm({
  name: 'support.case-merge-form',
  path: '/support/cases/:number/merge',
  permission: 'cases:take',
  fields: { into: textField({ label: 'support.case.merge.into', maxLength: 13 }) },
  submit: (deps, request) =>
    mergeCase(deps, request.actor, { number: numberOf(request), into: request.input.into }),
  done: ({ number }) => ({ to: caseHref(number), flash: 'support.case.done.merge' }),
  page: mergePage,
});

export const placeForm = defineForm({
  name: 'support.case-line-form',
  path: '/support/cases/:number/line',
  permission: 'cases:take',
  fields: { line: textField({ label: 'support.cases.line', maxLength: 40 }) },
  submit: (deps, request) =>
    placeCase(deps, request.actor, {
      number: numberOf(request),
      lineId: requireLineId(request.input.line),
    }),
  done: doneWith('support.case.done.line'),
  page: placePage,
});

export const companyForm = defineForm({
  name: 'support.case-company-form',
  path: '/support/cases/:number/company',
  permission: 'cases:take',
  fields: { text: words },
  submit: (deps, request) =>
    askCompany(deps, request.actor, { number: numberOf(request), text: request.input.text }),
  done: doneWith('support.case.done.company'),
  page: companyPage,
});
