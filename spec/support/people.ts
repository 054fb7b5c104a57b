import type { StaffActor } from '../../src/access/actor.ts';
import type { StaffRole } from '../../src/access/permissions.ts';

/** An authenticated person of the carrier. */
export function person(account: string, ...roles: StaffRole[]): StaffActor {
  return { kind: 'staff', account, roles, provenBy: 'second-factor' };
}

/** Who proposes, and who approves. */
export const hanako = person('hanako', 'billing');
export const jiro = person('jiro', 'billing-approver');
