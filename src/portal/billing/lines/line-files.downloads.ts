import { exportRefusedLines } from '../../../line-import/line-files.queries.ts';
import { defineDownload } from '../../kit/define-download.ts';
import { FILES_HREF } from './line-files.view.rules.ts';

/** The refused rows of a file as they were sent. */
export const mendedRows = defineDownload({
  name: 'billing.line-file-mend',
  path: `${FILES_HREF}/:name/mend`,
  permission: 'lines:import',
  load: (deps, { actor, params }) => exportRefusedLines(deps, actor, params['name'] ?? ''),
});
