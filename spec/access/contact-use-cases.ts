import { addCaseNote } from '../../src/cases/add-case-note.ts';
import { getCase, listCases } from '../../src/cases/case.queries.ts';
import { closeCase } from '../../src/cases/close-case.ts';
import { explainPurchase } from '../../src/cases/explain-purchase.ts';
import { reportPurchase } from '../../src/cases/report-purchase.ts';
import { takeCase } from '../../src/cases/take-case.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { addEnquiryMessage } from '../../src/enquiries/add-enquiry-message.ts';
import { answerEnquiry } from '../../src/cases/answer-enquiry.ts';
import { getEnquiry, listEnquiries } from '../../src/enquiries/enquiry.queries.ts';
import { getEnquirySubject } from '../../src/enquiries/get-enquiry-subject.ts';
import { getEnquiryToAnswer } from '../../src/enquiries/get-enquiry-to-answer.ts';
import { writeEnquiry } from '../../src/enquiries/write-enquiry.ts';
import type { InTransaction } from '../../src/database/transaction.ts';
import type { Deps } from '../../src/deps.ts';
import { signedIn, visitorOf } from '../support/actors.ts';
import type { UseCaseRow } from './use-case-table.ts';
import type { UseCaseWorld } from './use-case-world.ts';

/** A case about the charge that the buyer holds, which the buyer has reported. */
async function reported(tx: InTransaction<Deps>, { sale, held }: UseCaseWorld): Promise<string> {
  const purchase = { kind: 'charge', id: held } as const;
  return (await reportPurchase(tx, signedIn(sale.buyer), { purchase })).number;
}

/** An enquiry about the same charge, with the link that its mail has. */
async function asked(tx: InTransaction<Deps>, { sale, held }: UseCaseWorld) {
  const purchase = { kind: 'charge', id: held } as const;
  const text = `When does it arrive? (${tx.ids.next()})`;
  const { id } = await writeEnquiry(tx, signedIn(sale.buyer), { purchase, topic: 'usage', text });
  const link = await sqlOf(tx.em)
    .selectFrom('answer_link')
    .select(['id as linkId', 'enquiryId', 'expiresAt'])
    .where('enquiryId', '=', id)
    .executeTakeFirstOrThrow();
  return { id, link: { ...link, isExpired: false, actor: visitorOf(id) } };
}

/** Use cases of what people make of a purchase; the columns are those of use-case-table.ts. */
export const contactUseCases: Readonly<Record<string, UseCaseRow>> = {
  reportPurchase: {
    rule: '--- --- +-+-0- ------ -',
    run: (tx, actor, { held }) => reportPurchase(tx, actor, { purchase: { kind: 'charge', id: held } }),
  },
  explainPurchase: {
    rule: '--- --- ++++0- ------ -',
    run: (tx, actor, { held }) => explainPurchase(tx, actor, { kind: 'charge', id: held }),
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
  writeEnquiry: {
    rule: '--- --- +-+-0- ------ -',
    run: (tx, actor, { held }) =>
      writeEnquiry(tx, actor, { purchase: { kind: 'charge', id: held }, topic: 'usage', text: 'Hello.' }),
  },
  addEnquiryMessage: {
    rule: '--- --- +-+-0- ------ -',
    run: async (tx, actor, at) =>
      addEnquiryMessage(tx, actor, { enquiryId: (await asked(tx, at)).id, text: 'And when?' }),
  },
  listEnquiries: {
    rule: '--- --- +++++- ------ -',
    run: (tx, actor) => listEnquiries(tx, actor, { limit: 10 }),
  },
  getEnquiry: {
    rule: '--- --- ++++0- ------ -',
    run: async (tx, actor, at) => getEnquiry(tx, actor, (await asked(tx, at)).id),
  },
  getEnquirySubject: {
    rule: '--- --- ++++0- ------ -',
    run: (tx, actor, { held }) => getEnquirySubject(tx, actor, { kind: 'charge', id: held }),
  },
  getEnquiryToAnswer: {
    // The visitor has come by another address.
    rule: '--- --- -----0 ------ -',
    run: async (tx, actor, at) => getEnquiryToAnswer(tx, actor, (await asked(tx, at)).link),
  },
  answerEnquiry: {
    rule: '--- --- -----0 ------ -',
    run: async (tx, actor, at) => answerEnquiry(tx, actor, { ...(await asked(tx, at)), text: 'Tomorrow.' }),
  },
};
