import { addCaseNote } from '../../src/cases/add-case-note.ts';
import { getCase, listCases } from '../../src/cases/case.queries.ts';
import { caseOutcomes, caseStates, type CaseState, type ClosingOutcome } from '../../src/cases/case.rules.ts';
import { closeCase } from '../../src/cases/close-case.ts';
import type { SupportCase } from '../../src/cases/support-case.entity.ts';
import { takeCase } from '../../src/cases/take-case.ts';
import type { Actor } from '../../src/access/actor.ts';
import type { Deps } from '../../src/deps.ts';
import { publicId } from '../../src/shared/public-id.rules.ts';
import { defineCommand, type Command } from '../cli/command.ts';
import { oneOf, optional, required, text, withDefault, wholeNumber } from '../cli/options.ts';

const number = required(text('CASE'), 'number of the case', { field: 'number' });
const NUMBER = 'C-2026-000123';

/** What the support centre does with the cases of subscribers, until its pages do it. */
export const caseCommands: readonly Command[] = [
  defineCommand({
    name: 'case list',
    summary: 'list the cases of subscribers, the newest first',
    changes: false,
    options: {
      state: optional(oneOf<CaseState>('STATE', caseStates), 'only cases in this state'),
      before: optional(text('CASE'), 'only cases with a lower number: the next page'),
      limit: withDefault(wholeNumber('ROWS', { from: 1, to: 1_000 }), '50', 'at most so many'),
    },
    example: '--state open',
    run: async (deps, options, { actor }) => {
      const cases = await listCases(deps, actor, options);
      return {
        list: cases.map(
          ({ number: name, state, outcome, assignedTo, openedAt, company, service, ...row }) => ({
            case: name,
            state,
            outcome,
            assignedTo,
            openedAt,
            company,
            service,
            purchase: purchaseOf(row),
          }),
        ),
        none: 'There is no such case.',
      };
    },
  }),
  defineCommand({
    name: 'case show',
    summary: 'show a case: its purchase, who reported it, and what has happened',
    changes: false,
    reveals: { what: 'personal_data', of: { option: 'case', kind: 'case' } },
    options: { case: number },
    example: `--case ${NUMBER}`,
    run: (deps, options, { actor }) => showCase(deps, actor, options.case),
  }),
  defineCommand({
    name: 'case take',
    summary: 'take a case: it is in progress, and yours',
    changes: true,
    options: { case: number },
    example: `--case ${NUMBER}`,
    run: async (deps, options, { actor }) => {
      const { state, assignedTo } = await takeCase(deps, actor, { number: options.case });
      return { item: { case: options.case, state, assignedTo } };
    },
  }),
  defineCommand({
    name: 'case note',
    summary: 'add a note to a case; the subscriber sees a public one and answers a question',
    changes: true,
    options: {
      case: number,
      text: required(text('TEXT'), 'the note'),
      for: withDefault(oneOf('WHOM', ['internal', 'public', 'question']), 'internal', 'whom it is for', {
        field: 'audience',
      }),
    },
    example: `--case ${NUMBER} --text "The buyer was called back."`,
    run: async (deps, options, { actor }) => {
      const note = { number: options.case, text: options.text, audience: options.for };
      const { state } = await addCaseNote(deps, actor, note);
      return { item: { case: options.case, state } };
    },
  }),
  defineCommand({
    name: 'case close',
    summary: 'close a case; no money moves',
    changes: true,
    options: {
      case: number,
      outcome: required(oneOf<ClosingOutcome>('OUTCOME', caseOutcomes), 'what came out'),
      text: optional(text('TEXT'), 'what the subscriber reads about it'),
    },
    example: `--case ${NUMBER} --outcome explained --text "Bought by another person of the line."`,
    run: async (deps, options, { actor }) => {
      const closing = { number: options.case, outcome: options.outcome, text: options.text };
      const { state, outcome, closedAt } = await closeCase(deps, actor, closing);
      return { item: { case: options.case, state, outcome, closedAt } };
    },
  }),
];

function purchaseOf({ subjectKind, subjectId }: Pick<SupportCase, 'subjectKind' | 'subjectId'>) {
  return subjectKind && subjectId ? publicId(subjectKind, subjectId) : null;
}

async function showCase(deps: Deps, actor: Actor, wanted: string) {
  const found = await getCase(deps, actor, wanted);
  const { history, state, outcome, assignedTo, openedAt, closedAt, lineId: line, reportedBy } = found;
  const purchase = purchaseOf(found);
  const sold = { company: found.company, service: found.service, purchase };
  return {
    item: { case: found.number, state, outcome, assignedTo, openedAt, closedAt, line, reportedBy, ...sold },
    details: { history },
    notes: history.map(
      ({ at, author, kind, isPublic, text: words }) =>
        `${at.toISOString()} ${author} ${kind}${isPublic ? '' : ' (internal)'}${words === null ? '' : `: ${words}`}`,
    ),
  };
}
