import { draftAnswer } from '../../src/case-answers/draft-answer.ts';
import { collectMails } from '../../src/case-mails/collect-mails.ts';
import { receiveMail } from '../../src/case-mails/receive-mail.ts';
import { answerCaseByMail } from '../../src/cases/answer-case-by-mail.ts';
import { askCompany } from '../../src/cases/ask-company.ts';
import { countQueue, listOpenCasesOfLine, listQueue } from '../../src/cases/case-queue.queries.ts';
import { listOpenCasesOfCompany } from '../../src/cases/cases-of-company.queries.ts';
import { closeCase } from '../../src/cases/close-case.ts';
import { listColleagues } from '../../src/cases/colleague.queries.ts';
import { getDeskCase } from '../../src/cases/desk-case.queries.ts';
import { giveCase } from '../../src/cases/give-case.ts';
import { mergeCase } from '../../src/cases/merge-case.ts';
import { openCase } from '../../src/cases/open-case.ts';
import { placeCase } from '../../src/cases/place-case.ts';
import { previewCaseMail } from '../../src/cases/preview-case-mail.ts';
import { reopenCase } from '../../src/cases/reopen-case.ts';
import type { InTransaction } from '../../src/database/transaction.ts';
import { sqlOf } from '../../src/database/sql.ts';
import type { Deps } from '../../src/deps.ts';
import { getTeamReport } from '../../src/support-team/team-figures.queries.ts';
import { getComplaintRates } from '../../src/watch/complaint-rate.queries.ts';
import { listComplaints } from '../../src/watch/watched-sellers.queries.ts';
import { job, staff } from '../support/actors.ts';
import type { UseCaseRow } from './use-case-table.ts';
import type { UseCaseWorld } from './use-case-world.ts';

const tenureOf = ({ sale }: UseCaseWorld) => ({
  lineId: sale.buyer.lineId,
  holderFrom: sale.buyer.holderFrom,
});

/** A case that the support centre has opened about a line, whose holder has an address. */
async function opened(tx: InTransaction<Deps>, at: UseCaseWorld, kind: 'other' | 'refund' = 'other') {
  const about =
    kind === 'other' ? { tenure: tenureOf(at) } : { purchase: { kind: 'charge', id: at.held } as const };
  await sqlOf(tx.em)
    .updateTable('line_holder')
    .set({ email: 'hanako@holder.example' })
    .where('lineId', '=', at.sale.buyer.lineId)
    .execute();
  return (await openCase(tx, staff(), { kind, about, text: 'called', isTaken: true })).number;
}

const mailFrom = (from: string) => ({
  messageHash: 'a'.repeat(64),
  from,
  subject: 'A question',
  text: 'When?',
  attachments: [],
  caseNumber: undefined,
  isAutomatic: false,
});

/** What the support centre does with cases; the columns are those of use-case-table.ts. */
export const caseDeskUseCases: Readonly<Record<string, UseCaseRow>> = {
  openCase: {
    rule: '--- --- ------ ++---- -',
    run: (tx, actor, at) =>
      openCase(tx, actor, { kind: 'moved', about: { tenure: tenureOf(at) }, text: 'called', isTaken: true }),
  },
  listQueue: {
    rule: '--- --- ------ ++---+ -',
    run: (tx, actor) => listQueue(tx, actor, { tab: 'open', limit: 10 }),
  },
  countQueue: { rule: '--- --- ------ ++---+ -', run: (tx, actor) => countQueue(tx, actor) },
  listOpenCasesOfLine: {
    rule: '--- --- ------ ++---+ -',
    run: (tx, actor, at) => listOpenCasesOfLine(tx, actor, tenureOf(at)),
  },
  getDeskCase: {
    rule: '--- --- ------ ++---+ -',
    run: async (tx, actor, at) => getDeskCase(tx, actor, await opened(tx, at)),
  },
  listColleagues: { rule: '--- --- ------ ++---- -', run: (tx, actor) => listColleagues(tx, actor) },
  giveCase: {
    rule: '--- --- ------ 00---- -',
    run: async (tx, actor, at) => giveCase(tx, actor, { number: await opened(tx, at), to: 'acct-999999' }),
  },
  mergeCase: {
    rule: '--- --- ------ ++---- -',
    run: async (tx, actor, at) =>
      mergeCase(tx, actor, { number: await opened(tx, at), into: await opened(tx, at) }),
  },
  reopenCase: {
    rule: '--- --- ------ ++---- -',
    run: async (tx, actor, at) => {
      const number = await opened(tx, at);
      await closeCase(tx, staff(), { number, outcome: 'explained' });
      return await reopenCase(tx, actor, { number });
    },
  },
  placeCase: {
    rule: '--- --- ------ ++---- -',
    run: async (tx, actor, at) => {
      await receiveMail(tx, job(), mailFrom('stranger@else.example'));
      const [{ number } = { number: '' }] = await sqlOf(tx.em)
        .selectFrom('support_case')
        .select('number')
        .where('lineId', 'is', null)
        .execute();
      return await placeCase(tx, actor, { number, ...tenureOf(at) });
    },
  },
  askCompany: {
    rule: '--- --- ------ ++---- -',
    run: async (tx, actor, at) =>
      askCompany(tx, actor, { number: await opened(tx, at, 'refund'), text: 'When?' }),
  },
  draftAnswer: {
    rule: '--- --- ------ ++---- -',
    run: async (tx, actor, at) => draftAnswer(tx, actor, await opened(tx, at)),
  },
  previewCaseMail: {
    rule: '--- --- ------ ++---- -',
    run: async (tx, actor, at) =>
      previewCaseMail(tx, actor, { number: await opened(tx, at), subject: 'About it', text: 'Yes.' }),
  },
  answerCaseByMail: {
    rule: '--- --- ------ ++---- -',
    run: async (tx, actor, at) => {
      const number = await opened(tx, at);
      return await answerCaseByMail(tx, actor, { number, subject: 'About it', text: 'Yes.', seenEvents: 2 });
    },
  },
  receiveMail: {
    rule: '--- --- ------ ------ +',
    run: (tx, actor) => receiveMail(tx, actor, mailFrom('somebody@else.example')),
  },
  collectMails: {
    rule: '--- --- ------ ------ +',
    run: (tx, actor) => collectMails(tx, actor, new AbortController().signal),
  },
  getTeamReport: {
    rule: '--- --- ------ -+---+ -',
    run: (tx, actor) => getTeamReport(tx, actor, { from: '2026-05-01', through: '2026-05-31' }),
  },
  getComplaintRates: {
    rule: '--- --- ------ ++---+ -',
    run: (tx, actor, { sale }) => getComplaintRates(tx, actor, { companyCode: sale.company.code }),
  },
  listOpenCasesOfCompany: {
    rule: '--- --- ------ ++---+ -',
    run: (tx, actor, { sale }) =>
      listOpenCasesOfCompany(tx, actor, { companyCode: sale.company.code, limit: 5 }),
  },
  listComplaints: {
    rule: '--- --- ------ -+++-+ -',
    run: (tx, actor) => listComplaints(tx, actor, { days: 30 }),
  },
};
