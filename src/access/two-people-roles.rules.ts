import { permissions, type CompanyRole, type Role, type StaffRole } from './permissions.ts';

/** Of companies: their people who decide where the company is paid. */
const decidingOfCompanies: ReadonlySet<Role> = new Set(['owner', 'finance']);

/**
 * Whether granting a role takes two people: one that may propose or approve anything, because who had two such accounts could
 * divert money alone. Migration 0025 has the same list.
 */
export function isGrantedByTwo(role: CompanyRole | StaffRole): boolean {
  const holds = ([name, roles]: [string, readonly Role[]]) =>
    /:(propose|approve)$/.test(name) && roles.includes(role);
  return decidingOfCompanies.has(role) || Object.entries(permissions).some(holds);
}
