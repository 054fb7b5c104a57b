import type { VisitorActor } from '../access/actor.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { matchesAnswerSecret, parseAnswerToken } from './answer-token.rules.ts';

/** A link of a mail that somebody has opened, and as whom that somebody acts. */
export interface OpenedLink {
  readonly linkId: string;
  readonly enquiryId: string;
  readonly expiresAt: Date;
  readonly isExpired: boolean;
  readonly actor: VisitorActor;
}

/**
 * The link of a token. An expired one is found too, so that the page can say so.
 * @throws Problem `not-found` for any other text; the comparison takes constant time.
 */
export async function openAnswerLink(deps: Deps, token: string): Promise<OpenedLink> {
  const parsed = parseAnswerToken(token);
  if (parsed === undefined) throw new Problem('not-found');
  const link = await sqlOf(emOf(deps))
    .selectFrom('answer_link')
    .select(['id', 'secretHash', 'enquiryId', 'expiresAt'])
    .where('id', '=', parsed.id)
    .executeTakeFirst();
  if (!link || !matchesAnswerSecret(parsed.secret, link.secretHash)) throw new Problem('not-found');
  const { id: linkId, enquiryId, expiresAt } = link;
  const isExpired = expiresAt <= deps.clock.now();
  return { linkId, enquiryId, expiresAt, isExpired, actor: { kind: 'visitor', subject: enquiryId } };
}
