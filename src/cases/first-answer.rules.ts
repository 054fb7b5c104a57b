import { actorName, type Actor } from '../access/actor.ts';
import type { SupportCase } from './support-case.entity.ts';

/** Keeps when a person of the support centre first answered what the reporter sees, and who. Later answers change nothing. */
export function markAnswered(
  answered: Pick<SupportCase, 'answeredAt' | 'answeredBy'>,
  actor: Actor,
  at: Date,
): void {
  if (actor.kind !== 'staff' || answered.answeredAt != null) return;
  Object.assign(answered, { answeredAt: at, answeredBy: actorName(actor) });
}
