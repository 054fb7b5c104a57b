import type { StaffActor } from '../../src/access/actor.ts';
import { staffRoles } from '../../src/access/permissions.ts';

/** The person that a command line names. Nobody has an account yet, so a name has every role, and proves nothing. */
export function staffOf(actor: string): StaffActor {
  const account = actor.replace(/^(staff|cli):/, '');
  return { kind: 'staff', account, roles: staffRoles, provenBy: 'nothing' };
}
