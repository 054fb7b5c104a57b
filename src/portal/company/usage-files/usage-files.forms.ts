import { createReadStream } from 'node:fs';
import {
  acceptUsageFile,
  discardContent,
  MAX_USAGE_FILE_BYTES,
  storeContent,
} from '../../../usage-files/receive-usage-file.ts';
import { defineUploadForm } from '../../kit/define-form.ts';
import { checkField } from '../../kit/form-fields.ts';
import { FieldFaults } from '../../kit/form-state.ts';
import { usageFilesPage } from './usage-files.pages.ts';
import { FILES_PATH, usageFileHref } from './usage-files.view.rules.ts';

/** A file to be charged. */
export const usageFileForm = defineUploadForm({
  name: 'company.usage-files-form',
  path: FILES_PATH,
  permission: 'charges:write',
  fields: { partial: checkField('company.usage-files.partial') },
  upload: { field: 'file', label: 'company.usage-files.file', maxBytes: MAX_USAGE_FILE_BYTES },
  submit: async (deps, { actor, file, input }) => {
    if (file.size === 0) throw new FieldFaults({ file: { key: 'kit.fault.file-missing' } });
    const content = await storeContent(deps, actor, createReadStream(file.path));
    try {
      return await acceptUsageFile(deps, actor, {
        content,
        isPartial: input.partial,
        filename: file.filename,
      });
    } finally {
      // Bytes that became a file stay.
      await discardContent(deps, actor, content.id);
    }
  },
  done: ({ file, isRepeated }) => ({
    to: usageFileHref(file.id),
    flash: isRepeated ? 'company.usage-files.sent-before' : 'company.usage-files.sent',
  }),
  page: usageFilesPage,
});
