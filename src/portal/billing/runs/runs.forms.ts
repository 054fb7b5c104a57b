import { requestableJobs } from '../../../runs/job-names.ts';
import { requestRun } from '../../../runs/request-run.ts';
import { requestStop } from '../../../runs/request-stop.ts';
import { retryParked } from '../../../runs/retry-parked.ts';
import { defineForm } from '../../kit/define-form.ts';
import { choiceField, dateField } from '../../kit/form-fields.ts';
import { retryOnePage, retryPage, startRunPage, stopRunPage } from './runs.pages.ts';

export const startRunForm = defineForm({
  name: 'billing.start-run-form',
  path: '/billing/runs/start',
  permission: 'runs:execute',
  fields: {
    job: choiceField('billing.runs.job', requestableJobs),
    date: dateField('billing.runs.date'),
  },
  submit: (deps, { actor, input: { job, date: businessDate } }) =>
    requestRun(deps, actor, { job, businessDate }),
  done: () => ({ to: '/billing/runs', flash: 'billing.runs.requested' }),
  page: startRunPage,
});

export const stopRunForm = defineForm({
  name: 'billing.stop-run-form',
  path: '/billing/runs/:date/:job/stop',
  permission: 'runs:execute',
  fields: {},
  submit: async (deps, { actor, params: { date: businessDate = '', job = '' } }) => {
    await requestStop(deps, actor, { job, businessDate });
    return `/billing/runs/${businessDate}/${job}`;
  },
  done: (to) => ({ to, flash: 'billing.runs.stop-requested' }),
  page: stopRunPage,
});

/** What was parked is tried again by the process that takes the request. */
const retryForm = (page: typeof retryPage, name: string) =>
  defineForm({
    name,
    path: page.path,
    permission: 'runs:execute',
    fields: {},
    submit: async (deps, { actor, params: { date: businessDate = '', job = '', subject } }) => {
      await retryParked(deps, actor, { job, businessDate, subject });
      return `/billing/runs/${businessDate}/${job}`;
    },
    done: (to) => ({ to, flash: 'billing.retry.requested' }),
    page,
  });

export const retryForms = [
  retryForm(retryPage, 'billing.retry-parked-form'),
  retryForm(retryOnePage, 'billing.retry-one-form'),
];
