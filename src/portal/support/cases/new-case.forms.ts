import { caseKinds } from '../../../cases/case-kinds.rules.ts';
import { openCase, type OpenCase } from '../../../cases/open-case.ts';
import { getCurrentTenure } from '../../../lines/current-tenure.queries.ts';
import { readPurchaseRef } from '../../../purchases/find-purchase-subject.ts';
import type { ServiceDeps } from '../../../service-deps.ts';
import { MAX_MESSAGE } from '../../../shared/message-text.rules.ts';
import { defineForm } from '../../kit/define-form.ts';
import { choiceField, dateField, optional, textField } from '../../kit/form-fields.ts';
import { requireLineId } from '../../../lines/search-lines.queries.ts';
import { caseHref } from '../support-links.rules.ts';
import { newCasePage } from './new-case.pages.ts';

interface Typed {
  readonly line: string | undefined;
  readonly tenure: string | undefined;
  readonly purchase: string | undefined;
}

/** A purchase that has a case already leads to that one. */
export const newCaseForm = defineForm({
  name: 'support.new-case-form',
  path: '/support/new-case',
  permission: 'cases:take',
  fields: {
    kind: choiceField('support.cases.kind', caseKinds),
    line: optional(textField({ label: 'support.cases.line', maxLength: 40 })),
    tenure: optional(dateField('support.cases.line')),
    purchase: optional(textField({ label: 'support.new-case.purchase', maxLength: 40 })),
    text: textField({ label: 'support.new-case.words', maxLength: MAX_MESSAGE, isMultiline: true }),
    take: choiceField('support.new-case.take', ['me', 'queue']),
  },
  submit: async (deps, { actor, input: { kind, text, take, ...typed } }) =>
    openCase(deps, actor, { kind, text, isTaken: take === 'me', about: await aboutOf(deps, typed) }),
  done: ({ number, isNew }) => ({
    to: caseHref(number),
    flash: isNew ? 'support.new-case.done' : 'support.new-case.there',
  }),
  page: newCasePage,
});

/** @throws Problem `line-not-found`, also when neither a line nor a purchase is given. */
async function aboutOf(deps: ServiceDeps, { line, tenure, purchase }: Typed): Promise<OpenCase['about']> {
  if (purchase !== undefined) return { purchase: readPurchaseRef(purchase) };
  const lineId = requireLineId(line);
  return {
    tenure: tenure === undefined ? await getCurrentTenure(deps, lineId) : { lineId, holderFrom: tenure },
  };
}
