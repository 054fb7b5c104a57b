import { Buffer } from 'node:buffer';
import { Readable } from 'node:stream';
import { chargeUsageFiles } from '../../src/usage-files/charge-usage-files.ts';
import { acceptUsageFile, discardContent, storeContent } from '../../src/usage-files/receive-usage-file.ts';
import {
  getUsageFile,
  listUsageFiles,
  openUsageFileResult,
} from '../../src/usage-files/usage-file.queries.ts';
import type { UseCaseRow } from './use-case-table.ts';

const content = { id: '01JV5Q8Z3M7N2X4K6T9W1B0C5D', contentHash: 'a'.repeat(64), byteCount: 9 };

/** Usage files; the columns are those of use-case-table.ts. */
export const usageFileUseCases: Readonly<Record<string, UseCaseRow>> = {
  storeContent: {
    rule: '++- ++- ------ ------ -',
    run: (tx, actor) => storeContent(tx, actor, Readable.from([Buffer.from('x')])),
  },
  discardContent: {
    rule: '++- ++- ------ ------ -',
    run: (tx, actor) => discardContent(tx, actor, content.id),
  },
  acceptUsageFile: {
    rule: '++- ++- ------ ------ -',
    run: (tx, actor) => acceptUsageFile(tx, actor, { content, isPartial: false }),
  },
  listUsageFiles: {
    rule: '++- ++- ------ ------ -',
    run: (tx, actor) => listUsageFiles(tx, actor, { limit: 5 }),
  },
  getUsageFile: {
    // Nothing was sent.
    but: 'usage-file-not-found',
    rule: '++- ++- ------ ------ -',
    run: (tx, actor) => getUsageFile(tx, actor, content.id),
  },
  openUsageFileResult: {
    but: 'usage-file-not-found',
    rule: '++- ++- ------ ------ -',
    run: (tx, actor) => openUsageFileResult(tx, actor, content.id),
  },
  chargeUsageFiles: {
    rule: '--- --- ------ ------ +',
    run: (tx, actor) => chargeUsageFiles(tx, actor),
  },
};
