import type { Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { takeContactQuota } from '../enquiries/take-contact-quota.ts';
import { compileInputCheck } from '../shared/check-input.ts';
import { messageText, normaliseMessage } from '../shared/message-text.rules.ts';
import { Problem } from '../shared/problem.ts';
import { appendCaseEvent } from './append-case-event.ts';
import { assertCaseMove, stateAfterNote } from './case.rules.ts';
import { markAnswered } from './first-answer.rules.ts';
import { lockCase } from './lock-case.ts';
import { queueUpdateMail } from './queue-case-mails.ts';
import type { SupportCase } from './support-case.entity.ts';

export interface AddCaseNote {
  readonly number: string;
  readonly text: string;
  /**
   * For the support centre: `internal`, its own note; `public`, which the subscriber sees; `question`, which the subscriber has
   * to answer. A subscriber's note is always public.
   */
  readonly audience?: 'internal' | 'public' | 'question' | undefined;
}

const checkShape = compileInputCheck<AddCaseNote>({
  text: messageText,
  audience: { enum: ['internal', 'public', 'question'], type: ['string', 'null'] },
});

/**
 * Adds a note to an open case, and mails it to the subscriber if it is for them. A question of the support centre waits for the subscriber, whose next note answers it.
 * @throws Problem `invalid-request`, `contact-limit`, `case-not-found`, `illegal-state` for a closed case or a question in a case that nobody has taken.
 */
export async function addCaseNote(deps: Deps, actor: Actor, input: AddCaseNote): Promise<SupportCase> {
  const owned = ownedBy(actor, 'cases:write');
  const text = normaliseMessage(input.text);
  checkShape({ ...input, text });
  const by = actor.kind === 'subscriber' ? 'subscriber' : 'staff';
  const audience = by === 'subscriber' ? 'public' : (input.audience ?? 'internal');
  const asks = audience === 'question';
  return await inTransaction(deps, async (tx) => {
    const noted = await lockCase(tx, owned, input.number);
    if (actor.kind === 'subscriber')
      await takeContactQuota(tx, [{ scope: 'support', subject: String(actor.subscriberId) }]);
    if (noted.state === 'closed')
      throw new Problem('illegal-state', { detail: 'The case is closed.', facts: { state: noted.state } });
    const state = stateAfterNote(noted, { by, asks });
    if (state !== noted.state) assertCaseMove(noted.state, state);
    noted.state = state;
    if (audience !== 'internal') markAnswered(noted, actor, tx.clock.now());
    await tx.em.flush();
    const kind = asks ? 'asked' : 'noted';
    const sequence = await appendCaseEvent(tx, actor, {
      caseNumber: noted.number,
      kind,
      isPublic: audience !== 'internal',
      state,
      text,
    });
    if (by === 'staff' && audience !== 'internal')
      await queueUpdateMail(tx, noted, { what: kind, text, sequence });
    return noted;
  });
}
