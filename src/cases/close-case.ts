import type { Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { compileInputCheck } from '../shared/check-input.ts';
import { normaliseMessage, optionalMessageText } from '../shared/message-text.rules.ts';
import { appendCaseEvent } from './append-case-event.ts';
import { assertCaseMove, caseOutcomes, subscriberOutcomes, type ClosingOutcome } from './case.rules.ts';
import { markAnswered } from './first-answer.rules.ts';
import { lockCase } from './lock-case.ts';
import { queueUpdateMail } from './queue-case-mails.ts';
import type { SupportCase } from './support-case.entity.ts';

export interface CloseCase {
  readonly number: string;
  /** A subscriber closes with `recognised` or `withdrawn`. */
  readonly outcome: ClosingOutcome;
  /** Shown to the subscriber. */
  readonly text?: string | undefined;
}

const checkOfStaff = compileInputCheck<CloseCase>({
  outcome: { type: 'string', enum: caseOutcomes },
  text: optionalMessageText,
});
const checkOfSubscriber = compileInputCheck<CloseCase>({
  outcome: { type: 'string', enum: subscriberOutcomes },
  text: optionalMessageText,
});

/**
 * Closes a case. It moves no money. The support centre's closing is mailed to the subscriber. Closing again with the same outcome changes nothing.
 * @throws Problem `invalid-request`, `case-not-found`, `illegal-state` for a case that is closed with another outcome.
 */
export async function closeCase(deps: Deps, actor: Actor, input: CloseCase): Promise<SupportCase> {
  const owned = ownedBy(actor, 'cases:write');
  const text = input.text === undefined ? undefined : normaliseMessage(input.text) || undefined;
  const checkShape = actor.kind === 'subscriber' ? checkOfSubscriber : checkOfStaff;
  checkShape({ ...input, text });
  const { outcome } = input;
  return await inTransaction(deps, async (tx) => {
    const closed = await lockCase(tx, owned, input.number);
    if (closed.state === 'closed' && closed.outcome === outcome) return closed;
    assertCaseMove(closed.state, 'closed');
    Object.assign(closed, { state: 'closed', outcome, closedAt: tx.clock.now() });
    markAnswered(closed, actor, tx.clock.now());
    await tx.em.flush();
    const event = {
      caseNumber: closed.number,
      kind: 'closed',
      isPublic: true,
      state: 'closed',
      text,
    } as const;
    const sequence = await appendCaseEvent(tx, actor, { ...event, facts: { outcome } });
    if (actor.kind !== 'subscriber') await queueUpdateMail(tx, closed, { what: 'closed', text, sequence });
    return closed;
  });
}
