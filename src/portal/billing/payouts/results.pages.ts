import {
  importResultFile,
  importSentResults,
  listWaitingResults,
  type ImportedResultFile,
} from '../../../payouts/import-result-file.ts';
import { MAX_RESULT_BYTES } from '../../../payouts/read-results.ts';
import {
  exportRefusedResults,
  getResultReport,
  listResultFiles,
} from '../../../payouts/result-report.queries.ts';
import { defineDownload } from '../../kit/define-download.ts';
import { defineForm, defineUploadForm } from '../../kit/define-form.ts';
import { definePage } from '../../kit/define-page.ts';
import { textField } from '../../kit/form-fields.ts';
import { template } from '../../kit/template.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { PAYOUTS, reportHref, tabHref } from './payout-parts.rules.ts';
import { reportView, resultsView } from './results.view.rules.ts';

const REPORT = `${PAYOUTS}/results/:name`;
const sections = template<SectionsView>('kit/sections');

/** What the bank says of its transfers. */
export const resultsPage = definePage({
  name: 'billing.payout-results',
  path: tabHref('results'),
  permission: 'payouts:read',
  load: async (deps, { actor }) => ({
    waiting: await listWaitingResults(deps, actor),
    files: await listResultFiles(deps, actor),
    maxBytes: MAX_RESULT_BYTES,
  }),
  view: resultsView,
  template: sections,
});

const imported = ({ name, settled, returned, unchanged, refused }: ImportedResultFile) => ({
  to: reportHref(name),
  flash: 'billing.payouts.results.done' as const,
  facts: { settled, returned, unchanged, refused: refused.length },
});

/** A file of results; the same one again changes nothing. */
export const resultsForm = defineUploadForm({
  name: 'billing.payout-results-form',
  path: tabHref('results'),
  permission: 'payouts:propose',
  stepUp: true,
  fields: {},
  upload: { field: 'file', label: 'billing.payouts.results.file', maxBytes: MAX_RESULT_BYTES },
  submit: (deps, { actor, file }) => importSentResults(deps, actor, file),
  done: imported,
  page: resultsPage,
});

/** A file of the inbox. */
export const importForm = defineForm({
  name: 'billing.payout-import-form',
  path: `${tabHref('results')}/import`,
  permission: 'payouts:propose',
  stepUp: true,
  fields: { name: textField({ label: 'billing.payouts.results.file', maxLength: 255 }) },
  submit: (deps, { actor, input }) => importResultFile(deps, actor, input),
  done: imported,
  page: resultsPage,
});

export const reportPage = definePage({
  name: 'billing.payout-report',
  path: REPORT,
  permission: 'payouts:read',
  load: (deps, { actor, params }) => getResultReport(deps, actor, params['name'] ?? ''),
  view: reportView,
  template: sections,
});

/** The refused rows as they were sent. */
export const mendFile = defineDownload({
  name: 'billing.payout-mend',
  path: `${REPORT}/mend`,
  permission: 'payouts:read',
  load: (deps, { actor, params }) => exportRefusedResults(deps, actor, params['name'] ?? ''),
});
