import { createWorld } from '../../src/sandbox/create-world.ts';
import { dropWorld } from '../../src/sandbox/drop-world.ts';
import { issueWorldKey } from '../../src/sandbox/issue-world-key.ts';
import { revokeWorldKey } from '../../src/sandbox/revoke-world-key.ts';
import type { UseCaseRow } from './use-case-table.ts';

/** Worlds of companies; the columns are those of use-case-table.ts. There are no sandboxes here: who may is told so. */
const rule = '--- +0- ------ ----+- -';
const but = 'not-found';

export const sandboxUseCases: Readonly<Record<string, UseCaseRow>> = {
  createWorld: {
    rule,
    but,
    run: (tx, actor, { sale }) => createWorld(tx, actor, { companyCode: sale.company.code }),
  },
  dropWorld: {
    rule,
    but,
    run: (tx, actor, { sale }) => dropWorld(tx, actor, { companyCode: sale.company.code }),
  },
  issueWorldKey: {
    rule,
    but,
    run: (tx, actor, { sale }) => issueWorldKey(tx, actor, { companyCode: sale.company.code, label: 'shop' }),
  },
  revokeWorldKey: {
    rule,
    but,
    run: (tx, actor, { sale, apiKey }) =>
      revokeWorldKey(tx, actor, { companyCode: sale.company.code, id: apiKey }),
  },
};
