import type {
  CompanyKeyActor,
  CompanyUserActor,
  JobActor,
  StaffActor,
  SubscriberActor,
  VisitorActor,
} from '../../src/access/actor.ts';
import { staffRoles, type CompanyRole, type StaffRole } from '../../src/access/permissions.ts';
import { scopes as allScopes } from '../../src/companies/scopes.ts';
import type { Buyer } from '../../src/lines/entitlement.queries.ts';

/** A key of a company, with every scope unless `scopes` are given. */
export function keyOf(companyId: number, scopes: readonly string[] = allScopes): CompanyKeyActor {
  return { kind: 'company-key', companyId, keyId: '01JV0000000000000000000000', scopes: new Set(scopes) };
}

/** A person of a company. */
export function userOf(companyId: number, ...roles: CompanyRole[]): CompanyUserActor {
  return { kind: 'company-user', companyId, account: 'taro@shop.example', roles, provenBy: 'second-factor' };
}

/** A subscriber who has signed in on the line; not its holder unless `over` says so. */
export function signedIn(
  { subscriberId, lineId, holderFrom }: Buyer,
  over: Partial<Pick<SubscriberActor, 'isHolder' | 'isOnLine' | 'former'>> = {},
): SubscriberActor {
  return { kind: 'subscriber', subscriberId, lineId, holderFrom, isHolder: false, isOnLine: true, ...over };
}

/** A visitor of a checkout or of an enquiry's answer page, who has not signed in. */
export function visitorOf(subject: string): VisitorActor {
  return { kind: 'visitor', subject };
}

/** A person of the carrier, with every role by default. */
export function staff(account = 'hanako', ...roles: StaffRole[]): StaffActor {
  return { kind: 'staff', account, roles: roles.length > 0 ? roles : staffRoles, provenBy: 'nothing' };
}

export function job(name = 'fold-charges'): JobActor {
  return { kind: 'job', job: name };
}
