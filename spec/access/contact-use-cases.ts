import { addCaseNote } from '../../src/cases/add-case-note.ts';
import { getCase, listCases } from '../../src/cases/case.queries.ts';
import { closeCase } from '../../src/cases/close-case.ts';
import { reportPurchase } from '../../src/cases/report-purchase.ts';
import { takeCase } from '../../src/cases/take-case.ts';
import type { InTransaction } from '../../src/database/transaction.ts';
import type { Deps } from '../../src/deps.ts';
import { signedIn } from '../support/actors.ts';
import type { UseCaseRow } from './use-case-table.ts';
import type { UseCaseWorld } from './use-case-world.ts';

/** A case about the charge that the buyer holds, which the buyer has reported. */
async function reported(tx: InTransaction<Deps>, { sale, held }: UseCaseWorld): Promise<string> {
  const purchase = { kind: 'charge', id: held } as const;
  return (await reportPurchase(tx, signedIn(sale.buyer), { purchase })).number;
}

/** Use cases of what people make of a purchase; the columns are those of use-case-table.ts. */
export const contactUseCases: Readonly<Record<string, UseCaseRow>> = {
  reportPurchase: {
    rule: '--- --- +-+-0- ------ -',
    run: (tx, actor, { held }) => reportPurchase(tx, actor, { purchase: { kind: 'charge', id: held } }),
  },
  listCases: {
    rule: '--- --- +++++- ++---+ -',
    run: (tx, actor) => listCases(tx, actor, { limit: 10 }),
  },
  getCase: {
    rule: '--- --- ++++0- ++---+ -',
    run: async (tx, actor, at) => getCase(tx, actor, await reported(tx, at)),
  },
  takeCase: {
    rule: '--- --- ------ ++---- -',
    run: async (tx, actor, at) => takeCase(tx, actor, { number: await reported(tx, at) }),
  },
  addCaseNote: {
    rule: '--- --- +-+-0- ++---- -',
    run: async (tx, actor, at) => addCaseNote(tx, actor, { number: await reported(tx, at), text: 'called' }),
  },
  closeCase: {
    rule: '--- --- +-+-0- ++---- -',
    run: async (tx, actor, at) =>
      closeCase(tx, actor, { number: await reported(tx, at), outcome: 'recognised' }),
  },
};
