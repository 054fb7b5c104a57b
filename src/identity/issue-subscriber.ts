import type { Actor } from '../access/actor.ts';
import { reasonFacts, type ActReason } from '../access/audit/act-reason.ts';
import { authorize } from '../access/authorize.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { compileInputCheck, inputFields } from '../shared/check-input.ts';
import { assertMayAsk } from './asked-by.rules.ts';
import { issueOnLine, type IssuedFor } from './issue-on-line.ts';
import { preparePassword, type RequestedPassword } from './prepare-password.ts';
import type { Subscriber } from './subscriber.entity.ts';

export interface IssueSubscriber {
  readonly lineId: string;
  readonly displayName: string;
  /** A chosen password, or `{ generate: true }`; without either nobody can sign in with the ID yet. */
  readonly password?: RequestedPassword | undefined;
  readonly issuedFor?: IssuedFor | undefined;
  /** Of the page on which it is asked for: posted twice, it makes one ID. */
  readonly issueKey?: string | undefined;
  readonly reason?: ActReason | undefined;
  /** First day of the tenure that was looked at: issued under another, the ID would be of a stranger. */
  readonly holderFrom?: string | undefined;
}

const checkShape = compileInputCheck<IssueSubscriber>({
  displayName: { ...inputFields.name, maxLength: 60 },
});

/**
 * Issues an ID on a line to its holder of today, up to five per line (domain.md section 2). The first is the holder's own. A
 * generated password is in the result and is not stored; the person who issued it knows it, so it has to be changed.
 * @throws Problem `invalid-request` for a name that is blank or longer than 60 characters, `line-not-found` for a line that does not exist, is not active or has no holder today,
 *   `too-many-subscribers` for a sixth, `illegal-state` if it would not be the ID of `issuedFor` or `issueKey` has made one, `password-not-permitted` for a chosen password that is too short or long.
 */
export async function issueSubscriber(
  deps: Deps,
  actor: Actor,
  input: IssueSubscriber,
): Promise<{ subscriber: Subscriber; password?: string }> {
  authorize(actor, 'subscribers:write');
  checkShape(input);
  const reason = reasonFacts(input.reason);
  assertMayAsk('holder', input.reason);
  const { passwordHash, password } = await preparePassword(input.password);
  const { lineId, displayName, issuedFor, issueKey, holderFrom } = input;
  const subscriber = await inTransaction(deps, (tx) =>
    issueOnLine(tx, actor, {
      lineId,
      displayName,
      passwordHash,
      issuedFor,
      issueKey,
      reason,
      ...(holderFrom !== undefined && { holderFrom }),
    }),
  );
  return password === undefined ? { subscriber } : { subscriber, password };
}
