import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportRefusedLines, getLineFile, listLineFiles } from '../../src/line-import/line-files.queries.ts';
import { getLineOverview } from '../../src/limits/line-overview.queries.ts';
import { searchLines } from '../../src/lines/search-lines.queries.ts';
import { receiveLineFile } from '../../src/line-import/receive-line-file.ts';
import type { UseCaseRow } from './use-case-table.ts';

/** Lines as the console shows them; the columns are those of use-case-table.ts. No file is there. */
export const lineUseCases: Readonly<Record<string, UseCaseRow>> = {
  searchLines: {
    rule: '--- --- ------ ++++++ -',
    run: (tx, actor, { sale }) => searchLines(tx, actor, { text: sale.line.lineId }),
  },
  getLineOverview: {
    rule: '--- --- ------ ++++++ -',
    run: (tx, actor, { sale }) => getLineOverview(tx, actor, sale.line.lineId),
  },
  listLineFiles: { rule: '--- --- ------ --+-+- +', run: (tx, actor) => listLineFiles(tx, actor) },
  receiveLineFile: {
    rule: '--- --- ------ --+-+- -',
    run: async (tx, actor) => {
      const path = join(tmpdir(), `${process.pid}-lines.csv`);
      await writeFile(path, 'line_id\n');
      await receiveLineFile(tx, actor, { path, filename: 'lines.csv', size: 8 });
    },
  },
  getLineFile: {
    rule: '--- --- ------ --+-+- +',
    but: 'not-found',
    run: (tx, actor) => getLineFile(tx, actor, 'none.csv'),
  },
  exportRefusedLines: {
    rule: '--- --- ------ --+-+- +',
    but: 'not-found',
    run: (tx, actor) => exportRefusedLines(tx, actor, 'none.csv'),
  },
};
