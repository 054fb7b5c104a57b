import { requireStoredId } from '../../../shared/public-id.rules.ts';
import { openUsageFileResult } from '../../../usage-files/usage-file.queries.ts';
import { defineDownload } from '../../kit/define-download.ts';
import { FILES_PATH } from './usage-files.view.rules.ts';

/** What became of each row of a file. */
export const usageFileCsv = defineDownload({
  name: 'company.usage-file-csv',
  path: `${FILES_PATH}/:file/result.csv`,
  permission: 'charges:read',
  load: (deps, { actor, params }) =>
    openUsageFileResult(deps, actor, requireStoredId('usage-file', params['file'])),
});
