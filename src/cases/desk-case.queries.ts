import { actorName, type Actor } from '../access/actor.ts';
import { findPeopleNames, type PeopleNames } from '../accounts/people-names.queries.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { maskMail, maskName } from '../personal-data/mask.rules.ts';
import { findReveal } from '../personal-data/personal-data.queries.ts';
import { authorizeDesk } from './authorize-desk.ts';
import { getCase } from './case.queries.ts';

/** Entries of the history on a page. */
export const HISTORY = 50;

/** A mail of the reporter, as far as the reader may see it. */
export interface ReceivedMail {
  readonly sequence: number;
  readonly from: string;
  readonly isKnown: boolean;
  readonly subject: string;
  /** Names of files that were not kept. */
  readonly attachments: readonly string[];
}

/**
 * A case as the support centre sees it: with the names of its colleagues, and those of the line masked until somebody has asked for them.
 * Of a long history the newest entries, or those before one of them. @throws Problem `permission-denied`, `case-not-found`.
 */
export async function getDeskCase(
  deps: Deps,
  actor: Actor,
  number: string,
  { before }: { readonly before?: number | undefined } = {},
) {
  authorizeDesk(actor);
  const all = await getCase(deps, actor, number, { before, limit: HISTORY + 1 });
  const found = { ...all, history: all.history.slice(-HISTORY) };
  const { lineId, holderFrom, reportedBy } = found;
  const revealed =
    lineId !== null && holderFrom !== null
      ? await findReveal(deps, actorName(actor), { lineId, holderFrom })
      : undefined;
  const isMasked = revealed === undefined;
  return {
    ...found,
    /** Entries before this one are on the page before. */
    earlierThan: all.history.length > HISTORY ? found.history[0]!.sequence : undefined,
    reportedBy: reportedBy !== null && isMasked ? maskName(reportedBy) : reportedBy,
    mails: await listMails(deps, number, isMasked),
    names: await namesIn(deps, found),
    now: deps.clock.now(),
    isOwn: found.assignedTo === actorName(actor),
  };
}

export type DeskCase = Awaited<ReturnType<typeof getDeskCase>>;

async function listMails(deps: Deps, caseNumber: string, isMasked: boolean): Promise<ReceivedMail[]> {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('case_mail')
    .select(['sequence', 'fromAddress', 'isKnown', 'subject', 'attachments'])
    .where('caseNumber', '=', caseNumber)
    .orderBy('sequence')
    .execute();
  return rows.map(({ sequence, fromAddress, isKnown, subject, attachments }) => ({
    sequence,
    from: isMasked ? maskMail(fromAddress) : fromAddress,
    isKnown,
    subject,
    attachments: attachments?.split('\n') ?? [],
  }));
}

function namesIn(
  deps: Deps,
  { assignedTo, history }: Awaited<ReturnType<typeof getCase>>,
): Promise<PeopleNames> {
  return findPeopleNames(deps, [
    assignedTo,
    ...history.flatMap(({ author, refersTo, kind }) => [author, ...(kind === 'given' ? [refersTo] : [])]),
  ]);
}
