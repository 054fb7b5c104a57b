import { getLineFile, listLineFiles } from '../../../line-import/line-files.queries.ts';
import { businessDateOf } from '../../../shared/calendar.rules.ts';
import { definePage } from '../../kit/define-page.ts';
import { template } from '../../kit/template.ts';
import { lineFileView, type LineFileView } from './line-file.view.rules.ts';
import { FILES_HREF, lineFilesView, type LineFilesView } from './line-files.view.rules.ts';

/** The files of the line master that wait, and those that were read. */
export const lineFilesPage = definePage({
  name: 'billing.line-files',
  path: FILES_HREF,
  permission: 'lines:import',
  load: async (deps, { actor }) => ({
    ...(await listLineFiles(deps, actor)),
    today: businessDateOf(deps.clock.now(), deps.config.timeZone),
  }),
  view: lineFilesView,
  template: template<LineFilesView>('billing/line-files'),
});

export const lineFilePage = definePage({
  name: 'billing.line-file',
  path: `${FILES_HREF}/:name`,
  permission: 'lines:import',
  load: (deps, { actor, params }) => getLineFile(deps, actor, params['name'] ?? ''),
  view: lineFileView,
  template: template<LineFileView>('billing/line-file'),
});
