import { startRehearsal } from '../../../rehearsals/start-rehearsal.ts';
import { defineForm } from '../../kit/define-form.ts';
import type { Field } from '../../kit/form-fields.ts';
import { rehearsalsPage } from './rehearsals.pages.ts';

/** `night`, or a month. */
const subjectField: Field<string> = {
  label: 'billing.rehearsals.subject',
  read: (text) =>
    /^(night|\d{4}-(0[1-9]|1[0-2]))$/.test(text) ? { value: text } : { fault: { key: 'kit.fault.choose' } },
};

export const startForm = defineForm({
  name: 'billing.start-rehearsal',
  path: '/billing/rehearsals',
  permission: 'rehearsals:start',
  fields: { subject: subjectField },
  submit: (deps, { actor, input: { subject } }) =>
    startRehearsal(
      deps,
      actor,
      subject === 'night' ? { scope: 'night' } : { scope: 'month', period: subject },
    ),
  done: ({ id }) => ({ to: `/billing/rehearsals/${id}`, flash: 'billing.rehearsals.started' }),
  page: rehearsalsPage,
});
