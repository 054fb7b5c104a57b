import { parseConfig } from '../../../config/config.ts';
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { companyRoles, permissions, staffRoles, type Role } from '../../../src/access/permissions.ts';
import type { AnyForm } from '../../../src/portal/kit/define-form.ts';
import type { Portal } from '../../../src/portal/kit/define-portal.ts';
import { createPortals } from '../../../src/portal/portals.ts';
import { openBillingSite, type BillingSite } from '../billing/billing-site.ts';
import { signInAccount } from './accounts-visitors.ts';

/** Longer than a proof of the second factor is fresh, shorter than a session without a request. */
const LATER_MS = 10 * 60_000;

interface Guarded {
  readonly portal: Portal;
  readonly form: AnyForm;
  readonly role: string;
}

/** Somebody who may send a form; public ones are for nobody in particular. */
function roleFor(form: AnyForm, audience: 'staff' | 'company'): string | undefined {
  const roles: readonly string[] = audience === 'staff' ? staffRoles : companyRoles;
  const holders: readonly Role[] = form.permission ? permissions[form.permission] : [];
  return roles.find((role) => holders.some((holder) => holder === role));
}

describe('a form that asks for a fresh factor', () => {
  let site: BillingSite;
  let guarded: readonly Guarded[];
  before(async () => {
    site = await openBillingSite();
    guarded = createPortals(site.world.config).flatMap((portal) =>
      (portal.forms ?? []).flatMap((form) => {
        const role = roleFor(form, portal.listener === 'staff' ? 'staff' : 'company');
        return form.stepUp && role !== undefined ? [{ portal, form, role }] : [];
      }),
    );
  });
  after(() => site.close());

  /** Sends every such form, each by somebody who may, signed in some time ago; answers where each led. */
  async function sendAll(agoMs: number): Promise<readonly (readonly [string, string])[]> {
    const { deps, clock } = site.world;
    const people = new Map<string, Awaited<ReturnType<typeof signInAccount>>>();
    for (const { portal, role } of guarded) {
      const audience = portal.listener === 'staff' ? 'staff' : 'company';
      people.set(role, await signInAccount(deps, site.accounts.get(role)!, audience));
    }
    clock.advance(agoMs);
    const led: [string, string][] = [];
    for (const { portal, form, role } of guarded) {
      const { client, token = '' } = people.get(role)!;
      const origin = portal.listener === 'staff' ? site.origins.staff : site.origins.company;
      const path = form.path.replaceAll(/:\w+/g, '1');
      const reply = await client.post(`${origin}${path}`, { form_token: token });
      led.push([form.name, reply.location?.split('?')[0] ?? String(reply.status)]);
    }
    return led;
  }

  it('refuses a session whose factor is stale, whichever form it is, and leads to the proof', async () => {
    const led = await sendAll(LATER_MS);
    assert.ok(led.length >= 20, `there are ${led.length} such forms`);
    assert.deepEqual(
      led.filter(([, to]) => !/^\/(staff|company)\/step-up$/.test(to)),
      [],
    );
  });

  it('asks nobody twice: with a fresh factor the same forms are read', async () => {
    const led = await sendAll(0);
    assert.deepEqual(
      led.filter(([, to]) => to.endsWith('/step-up')),
      [],
    );
  });
});

describe('a form that takes two people', () => {
  it('asks for a fresh factor where it decides, and where money or sales go again', () => {
    const forms = createPortals(parseConfig({})).flatMap((portal) => portal.forms ?? []);
    const deciding = forms.filter(
      ({ permission = '', name }) =>
        permission.endsWith(':approve') || /release|resume|state-form|result/.test(name),
    );
    assert.ok(deciding.length >= 5);
    const lax = deciding.filter(({ stepUp }) => !stepUp).map(({ name }) => name);
    // Holding a payout and rejecting a refund stop money, and need no more than the person.
    assert.deepEqual(lax, ['billing.hold-settlement-form', 'support.reject-form']);
  });
});
