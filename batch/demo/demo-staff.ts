import type { StaffActor } from '../../src/access/actor.ts';
import { staffRoles } from '../../src/access/permissions.ts';

/** Who reviews and proposes what the nights have drafted, and who approves it. */
export const demoBiller: StaffActor = {
  kind: 'staff',
  account: 'demo-billing',
  roles: ['billing'],
  provenBy: 'nothing',
};
export const demoApprover: StaffActor = {
  kind: 'staff',
  account: 'demo-approver',
  roles: ['billing-approver'],
  provenBy: 'nothing',
};

/** As whom the demo does what the carrier's people do. */
export const demoStaff: StaffActor = {
  kind: 'staff',
  account: 'demo',
  roles: staffRoles,
  provenBy: 'nothing',
};
