import { defineFile, defineUpload } from '../api/define-endpoint.ts';
import { exampleIds } from '../api/example-ids.ts';
import { defineGet, defineList } from '../api/resource-endpoints.ts';
import { requireStoredId } from '../shared/public-id.rules.ts';
import { acceptUsageFile, discardContent, MAX_USAGE_FILE_BYTES, storeContent } from './receive-usage-file.ts';
import { presentUsageFile } from './usage-file.presenter.ts';
import { getUsageFile, listUsageFiles, openUsageFileResult } from './usage-file.queries.ts';
import { receivedFileSchema, uploadQuerySchema, usageFileSchema } from './usage-file.schema.ts';

const create = defineUpload({
  name: 'createUsageFile',
  path: '/v1/usage-files',
  permission: 'charges:write',
  summary: 'Charge a usage file',
  description:
    'Takes a CSV file of up to 1,000,000 uses, which are charged in the background; read the file to see how far it is. The same bytes are charged once, whatever their Idempotency-Key: sent again, they return the first file, unless it was refused as a whole. At most 20 of your files wait at a time: one more is refused (429).',
  mediaType: 'text/csv',
  maxBytes: MAX_USAGE_FILE_BYTES,
  example: 'consent,amount,tax_code,description,item_key\n',
  query: uploadQuerySchema,
  response: receivedFileSchema,
  problems: [],
  store: storeContent,
  discard: (deps, actor, { id }) => discardContent(deps, actor, id),
  handle: async (deps, { actor, query, body }) => {
    const isPartial = query.partial === 'true';
    const { file, isRepeated } = await acceptUsageFile(deps, actor, { content: body, isPartial });
    return { ...presentUsageFile(file), already_received: isRepeated };
  },
});

const list = defineList({
  kind: 'usage-file',
  name: 'listUsageFiles',
  path: '/v1/usage-files',
  permission: 'charges:read',
  summary: 'List usage files',
  description: 'Lists the files that you have sent, newest first.',
  filters: {},
  title: 'UsageFileList',
  item: usageFileSchema,
  find: listUsageFiles,
  present: async (_, rows) => rows.map(presentUsageFile),
});

const get = defineGet({
  kind: 'usage-file',
  name: 'getUsageFile',
  path: '/v1/usage-files/:id',
  permission: 'charges:read',
  summary: 'Get a usage file',
  description: 'Returns one file: how far it is, and what became of its rows.',
  response: usageFileSchema,
  get: getUsageFile,
  present: async (_, file) => presentUsageFile(file),
});

const result = defineFile({
  name: 'getUsageFileResult',
  path: '/v1/usage-files/:id/result',
  permission: 'charges:read',
  summary: 'Get the result of a file',
  description:
    'Returns what became of each row as CSV: its line in your file (the first line is 1), `reference`, `item_key`, `outcome` (`charged`, `repeated`, `refused`, or `not_charged` in a file that was refused), the charge, and the code and text of the problem. The last line begins with `end` and has the number of rows. A result is kept for 90 days.',
  exampleId: exampleIds['usage-file'],
  mediaType: 'text/csv',
  problems: ['usage-file-not-found', 'usage-file-not-finished', 'usage-file-result-removed'],
  open: async (deps, { actor, params }) => {
    const { filename: name, body } = await openUsageFileResult(
      deps,
      actor,
      requireStoredId('usage-file', params['id']),
    );
    return { name, body: body as never };
  },
});

/** Files of usage charges. */
export const usageFileEndpoints = [create, list, get, result];
