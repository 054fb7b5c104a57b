import { listCasesOfTenure } from '../../src/cases/cases-of-tenure.queries.ts';
import { listLineHistory } from '../../src/line-history/line-history.queries.ts';
import { getTenure } from '../../src/lines/tenures.queries.ts';
import { listMailsOfTenure } from '../../src/line-history/mails-of-tenure.queries.ts';
import { listRefundsOfTenure } from '../../src/refunds/refunds-of-tenure.queries.ts';
import { checkLineNow } from '../../src/lines/check-line-now.ts';
import { ScriptedLineCheck } from '../support/checkout-site.ts';
import { issueSubscriberWithLetter, setPasswordWithLetter } from '../../src/letters/issue-with-letter.ts';
import { getIssuedIdRecord } from '../../src/identity/issued-id-record.queries.ts';
import { mailPasswordCode } from '../../src/identity/mail-password-code.ts';
import { holdSignIn, unlockSignIn } from '../../src/identity/hold-sign-in.ts';
import { countReveals } from '../../src/personal-data/personal-data.queries.ts';
import { revealPersonalData } from '../../src/personal-data/reveal-personal-data.ts';
import { getGuide, listGuides } from '../../src/support-guides/guides.ts';
import { getChargeRecord } from '../../src/purchases/charge-record.queries.ts';
import { getRuleTarget, getSafeguardsOfTenure } from '../../src/safeguards/safeguards-of-tenure.queries.ts';
import { search } from '../../src/support-search/search.ts';
import type { UseCaseRow } from './use-case-table.ts';

/** What the support desk does; the columns are those of use-case-table.ts. */
export const supportUseCases: Readonly<Record<string, UseCaseRow>> = {
  search: {
    rule: '--- --- ------ ++--++ -',
    run: (tx, actor, { sale }) => search(tx, actor, sale.line.lineId),
  },
  revealPersonalData: {
    rule: '--- --- ------ ++--++ -',
    run: (tx, actor, { sale: { line } }) =>
      revealPersonalData(tx, actor, { lineId: line.lineId, holderFrom: line.holderFrom, reason: 'caller' }),
  },
  getTenure: {
    rule: '--- --- ------ ++++++ -',
    run: (tx, actor, { sale }) => getTenure(tx, actor, { lineId: sale.line.lineId }),
  },
  listRefundsOfTenure: {
    rule: '--- --- ------ ++++-+ -',
    run: (tx, actor, { sale }) => listRefundsOfTenure(tx, actor, { ...sale.buyer, limit: 5 }),
  },
  listCasesOfTenure: {
    rule: '--- --- ------ ++---+ -',
    run: (tx, actor, { sale }) => listCasesOfTenure(tx, actor, { ...sale.buyer, limit: 5 }),
  },
  listMailsOfTenure: {
    rule: '--- --- ------ ++--++ -',
    run: (tx, actor, { sale }) => listMailsOfTenure(tx, actor, { ...sale.buyer, limit: 5 }),
  },
  listLineHistory: {
    rule: '--- --- ------ ++--++ -',
    run: (tx, actor, { sale }) => listLineHistory(tx, actor, { ...sale.buyer, limit: 5 }),
  },
  listGuides: { rule: '--- --- ------ ++--++ -', run: (tx, actor) => listGuides(tx, actor, 'ja') },
  getGuide: {
    rule: '--- --- ------ ++--++ -',
    run: (tx, actor) => getGuide(tx, actor, { code: '01-unknown-charge', language: 'en' }),
  },
  countReveals: {
    rule: '--- --- ------ -+-+++ -',
    run: (tx, actor) => countReveals(tx, actor, { from: new Date(0), to: tx.clock.now() }),
  },
  getChargeRecord: {
    rule: '--- --- ------ ++++-+ -',
    run: (tx, actor, { held }) => getChargeRecord(tx, actor, held),
  },
  getIssuedIdRecord: {
    rule: '--- --- ------ ++--++ -',
    run: (tx, actor, { sale }) => getIssuedIdRecord(tx, actor, sale.subscriber.issuedId),
  },
  mailPasswordCode: {
    rule: '--- --- ------ ++--+- -',
    // The line master has no address.
    but: 'mail-address-missing',
    run: (tx, actor, { sale }) =>
      mailPasswordCode(tx, actor, {
        issuedId: sale.subscriber.issuedId,
        reason: { askedBy: 'person', why: 'Forgot it' },
      }),
  },
  holdSignIn: {
    rule: '--- --- ------ ++--+- -',
    run: (tx, actor, { sale }) => holdSignIn(tx, actor, { issuedId: sale.subscriber.issuedId, days: 7 }),
  },
  unlockSignIn: {
    rule: '--- --- ------ ++--+- -',
    run: (tx, actor, { sale }) => unlockSignIn(tx, actor, { issuedId: sale.subscriber.issuedId }),
  },
  issueSubscriberWithLetter: {
    rule: '--- --- ------ ++--+- -',
    run: (tx, actor, { sale }) =>
      issueSubscriberWithLetter(tx, actor, { lineId: sale.line.lineId, displayName: '太郎', language: 'ja' }),
  },
  setPasswordWithLetter: {
    rule: '--- --- ------ ++--+- -',
    run: (tx, actor, { sale }) =>
      setPasswordWithLetter(tx, actor, { issuedId: sale.subscriber.issuedId, language: 'ja' }),
  },
  getSafeguardsOfTenure: {
    rule: '--- --- ------ ++++++ -',
    run: (tx, actor, { sale: { buyer } }) => getSafeguardsOfTenure(tx, actor, buyer),
  },
  getRuleTarget: {
    rule: '--- --- ------ ++++++ -',
    run: (tx, actor, { sale: { company } }) => getRuleTarget(tx, actor, { company: company.code }),
  },
  checkLineNow: {
    rule: '--- --- ------ ++---- -',
    run: (tx, actor, { sale: { line } }) => {
      const deps = { ...tx, lineCheck: new ScriptedLineCheck() };
      return checkLineNow(deps, actor, { lineId: line.lineId, address: '192.0.2.10' });
    },
  },
};
