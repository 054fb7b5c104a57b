import { getCollection, listCollections } from '../../src/collections/collection.queries.ts';
import type { CollectionState } from '../../src/collections/collection-state.rules.ts';
import { listHandOff } from '../../src/collections/list-hand-off.ts';
import { exportRefusedInvoices } from '../../src/invoices/export-refused-invoices.ts';
import { writeClosingGroup } from '../../src/shared/calendar.rules.ts';
import { publicId } from '../../src/shared/public-id.rules.ts';
import { defineCommand, type Command } from '../cli/command.ts';
import { month, oneOf, optional, required, text, wholeNumber, withDefault } from '../cli/options.ts';

const STATES = [
  'collected',
  'partial',
  'uncollected',
  'pending',
  'billed',
] as const satisfies CollectionState[];

export const collectionCommands: readonly Command[] = [
  defineCommand({
    name: 'collection list',
    summary: 'list the invoices that have a result, and how far they are collected',
    changes: false,
    options: {
      state: optional(oneOf<CollectionState>('STATE', STATES), 'only invoices in this state'),
      period: optional(month, 'only invoices of this billing period'),
      after: optional(text('NUMBER'), 'only invoices with a higher number: the next page'),
      limit: withDefault(wholeNumber('ROWS', { from: 1, to: 1_000 }), '50', 'at most so many'),
    },
    example: '--state uncollected --period 2026-05',
    run: async (deps, options, { actor }) => {
      const invoices = await listCollections(deps, actor, options);
      return {
        list: invoices.map(
          ({ invoiceNumber, state, totalMinor, collectedMinor, uncollectedMinor, changedOn }) => ({
            invoice: invoiceNumber,
            state,
            totalMinor,
            collectedMinor,
            uncollectedMinor,
            changedOn,
          }),
        ),
        none: 'There is no such invoice with a result.',
      };
    },
  }),
  defineCommand({
    name: 'collection show',
    summary:
      'show an invoice: how far it is collected, the results and answers as they came, and what it costs companies',
    changes: false,
    options: { invoice: required(text('NUMBER'), 'number of the invoice', { field: 'invoiceNumber' }) },
    example: '--invoice 202605-31-0000001',
    run: async (deps, options, { actor }) => {
      const { results, answers, companies, number, closingGroup, ...invoice } = await getCollection(
        deps,
        actor,
        options.invoice,
      );
      const item = { invoice: number, ...invoice, closingGroup: writeClosingGroup(closingGroup) };
      return {
        item: { ...item, results: results.length, answers: answers.length, companies: companies.length },
        details: { resultRows: results, answerRows: answers, companyShares: companies },
        notes: [
          ...results.map(
            ({ resultDate, result, collectedMinor, resultCode, fileName }) =>
              `${resultDate} ${result} ${collectedMinor}${resultCode === '' ? '' : `, code ${resultCode}`} (${fileName})`,
          ),
          ...answers.map(
            ({ answerDate, answer, reason }) =>
              `${answerDate} ${answer}${reason === '' ? '' : `: ${reason}`}`,
          ),
          ...companies.map(
            ({ company, legalModel, uncollectedMinor, lostMinor, recoveredMinor }) =>
              `${company}: ${uncollectedMinor} uncollected, ${legalModel === 'agency' ? 'clawed back' : 'borne by the carrier'} ${lostMinor}, recovered ${recoveredMinor}`,
          ),
        ],
      };
    },
  }),
  defineCommand({
    name: 'collection export-refused',
    summary: 'write the invoice details of the invoices that the carrier refuses once more',
    changes: true,
    options: { period: optional(month, 'only invoices of this billing period') },
    example: '--period 2026-05',
    run: async (deps, options, { actor }) => ({
      list: await exportRefusedInvoices(deps, actor, options),
      none: 'The carrier refuses no invoice.',
    }),
  }),
  defineCommand({
    name: 'collection hand-off',
    summary:
      'list the claims that have returned to a company, with the holders of the lines; the audit trail keeps who looked',
    changes: true,
    reveals: { what: 'personal_data', of: 'result' },
    options: {
      company: required(text('CODE'), 'company code', { field: 'companyCode' }),
      period: optional(month, 'only invoices of this billing period'),
    },
    example: '--company shinonome --period 2026-05',
    run: async (deps, { company: companyCode, period }, { actor }) => {
      const claims = await listHandOff(deps, actor, { companyCode, period });
      return {
        list: claims.map(({ chargeId, ...claim }) => ({ ...claim, charge: publicId('charge', chargeId) })),
        shown: claims.map(({ invoiceNumber, lineId, holder, chargeId, amountMinor, reason }) => ({
          invoice: invoiceNumber,
          line: lineId,
          holder,
          charge: publicId('charge', chargeId),
          amountMinor,
          reason,
        })),
        none: 'No claim has returned to this company.',
      };
    },
  }),
];
