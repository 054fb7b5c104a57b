import { requireStoredId, takenStoredId } from '../../../shared/public-id.rules.ts';
import { getUsageFile, listUsageFiles } from '../../../usage-files/usage-file.queries.ts';
import { definePage } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { template } from '../../kit/template.ts';
import { navIn } from '../area.ts';
import { FILES_PATH, usageFilesView, usageFileView } from './usage-files.view.rules.ts';

const ROWS = 50;

const filesQuery = {
  type: 'object',
  properties: { after: { type: 'string' } },
  additionalProperties: false,
} as const;

/** The files that were sent, newest first, and the form that sends one. */
export const usageFilesPage = definePage({
  name: 'company.usage-files',
  path: FILES_PATH,
  permission: 'charges:read',
  nav: navIn('usage-files', 'company.usage-files.nav'),
  query: filesQuery,
  load: async (deps, { actor, query }) => {
    const after = takenStoredId('usage-file', query.after);
    const found = await listUsageFiles(deps, actor, { limit: ROWS + 1, after });
    return { files: found.slice(0, ROWS), hasMore: found.length > ROWS, isFirst: after === undefined };
  },
  view: usageFilesView,
  template: template<SectionsView>('kit/sections'),
});

/** One file: how far it is, and what became of its rows. */
export const usageFilePage = definePage({
  name: 'company.usage-file',
  path: `${FILES_PATH}/:file`,
  permission: 'charges:read',
  load: async (deps, { actor, params }) => ({
    file: await getUsageFile(deps, actor, requireStoredId('usage-file', params['file'])),
  }),
  view: usageFileView,
  template: template<SectionsView>('kit/sections'),
});
