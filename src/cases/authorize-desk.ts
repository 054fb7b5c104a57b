import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';

/** Lets in people of the support centre who read cases: subscribers read their own, and not the queue. @throws Problem `permission-denied` */
export function authorizeDesk(actor: Actor): void {
  authorize(actor, 'cases:read');
  authorize(actor, 'support-desk:read');
}
