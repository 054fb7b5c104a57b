import type { StaffActor } from '../../src/access/actor.ts';
import { staffRoles } from '../../src/access/permissions.ts';

/** As whom the demo does what the carrier's people do. */
export const demoStaff: StaffActor = {
  kind: 'staff',
  account: 'demo',
  roles: staffRoles,
  provenBy: 'nothing',
};
