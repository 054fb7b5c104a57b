import {
  exportRefusedRows,
  exportRowErrors,
  getCollectionFile,
  listCollectionFiles,
} from '../../../collections/collection-files.queries.ts';
import { MAX_COLLECTION_BYTES, storeCollectionFile } from '../../../collections/store-collection-file.ts';
import { defineDownload } from '../../kit/define-download.ts';
import { defineUploadForm } from '../../kit/define-form.ts';
import { definePage } from '../../kit/define-page.ts';
import { template } from '../../kit/template.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { COLLECTIONS, tabHref } from './collection-parts.rules.ts';
import { FILES_ON_PAGE, filesView, fileView } from './files.view.rules.ts';

const FILE = `${COLLECTIONS}/files/:name`;

/** The carrier's files. */
export const filesPage = definePage({
  name: 'billing.collection-files',
  path: tabHref('files'),
  permission: 'collections:read',
  query: { type: 'object', properties: { before: { type: 'string', maxLength: 255 } } },
  load: async (deps, { actor, query }) => ({
    files: await listCollectionFiles(deps, actor, { ...query, limit: FILES_ON_PAGE + 1 }),
    query,
    maxBytes: MAX_COLLECTION_BYTES,
  }),
  view: filesView,
  template: template<SectionsView>('kit/sections'),
});

/** Puts a file into the inbox; it is read within minutes. */
export const uploadForm = defineUploadForm({
  name: 'billing.collection-upload',
  path: tabHref('files'),
  permission: 'collections:import',
  stepUp: true,
  fields: {},
  upload: { field: 'file', label: 'billing.collections.files.file', maxBytes: MAX_COLLECTION_BYTES },
  submit: (deps, { actor, file }) => storeCollectionFile(deps, actor, file),
  done: ({ name, rowCount }) => ({
    to: tabHref('files'),
    flash: 'billing.collections.files.stored',
    facts: { name, rows: rowCount },
  }),
  page: filesPage,
});

export const filePage = definePage({
  name: 'billing.collection-file',
  path: FILE,
  permission: 'collections:read',
  load: (deps, { actor, params }) => getCollectionFile(deps, actor, params['name'] ?? ''),
  view: fileView,
  template: template<SectionsView>('kit/sections'),
});

/** The refused rows as they were sent. */
export const mendRows = defineDownload({
  name: 'billing.collection-mend',
  path: `${FILE}/mend`,
  permission: 'collections:read',
  load: (deps, { actor, params }) => exportRefusedRows(deps, actor, params['name'] ?? ''),
});

/** Why each was refused. */
export const rowErrors = defineDownload({
  name: 'billing.collection-errors',
  path: `${FILE}/errors`,
  permission: 'collections:read',
  load: (deps, { actor, params }) => exportRowErrors(deps, actor, params['name'] ?? ''),
});
