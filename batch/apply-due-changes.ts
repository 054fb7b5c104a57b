import type { Deps } from '../src/deps.ts';

/**
 * Makes the changes of companies and services whose day has come, before jobs write documents that name them: a night that
 * runs late, or by hand while the service is down, must not be faster than the timetable. Several processes may do it at once.
 */
export async function applyDueChanges(deps: Deps, output: { line(text: string): void }): Promise<void> {
  const { applyPartyChanges } = await import('../src/companies/apply-party-changes.ts');
  const { applied, refused } = await applyPartyChanges(deps, { kind: 'job', job: 'apply-changes' });
  if (applied + refused === 0) return;
  output.line(`changes of companies and services that were due: ${applied} made, ${refused} refused`);
}
