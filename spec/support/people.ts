import type { StaffActor } from '../../src/access/actor.ts';
import type { StaffRole } from '../../src/access/permissions.ts';

/** A person of the carrier who has proven to be one. */
export function person(account: string, ...roles: StaffRole[]): StaffActor {
  return { kind: 'staff', account, roles, provenBy: 'second-factor' };
}

/** Who proposes, and who approves. */
export const hanako = person('hanako', 'billing');
export const jiro = person('jiro', 'billing-approver');
