import { MAX_LINE_FILE_BYTES, receiveLineFile } from '../../../line-import/receive-line-file.ts';
import { defineUploadForm } from '../../kit/define-form.ts';
import { lineFilesPage } from './line-files.pages.ts';
import { FILES_HREF } from './line-files.view.rules.ts';

/** A file for the inbox. */
export const lineFileForm = defineUploadForm({
  name: 'billing.line-files-form',
  path: FILES_HREF,
  permission: 'lines:import',
  fields: {},
  upload: { field: 'file', label: 'billing.line-files.file', maxBytes: MAX_LINE_FILE_BYTES },
  submit: (deps, { actor, file }) => receiveLineFile(deps, actor, file),
  done: (name) => ({ to: FILES_HREF, flash: 'billing.line-files.received', facts: { name } }),
  page: lineFilesPage,
});
