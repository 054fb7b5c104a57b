import { companyRoles, staffRoles, type StaffRole } from '../../../src/access/permissions.ts';
import type { PageClient, PageReply } from '../../support/page-client.ts';
import { openAccountsSite, type AccountsSite } from '../accounts/accounts-site.ts';
import { makeAccountOf, signInAccount, type GuardAccount } from '../guard/accounts-visitors.ts';
import { fillBillingWorld, type BillingIds } from './billing-world.ts';
import { fillCompany } from './companies-world.ts';

/** Both listeners over one world of some months of billing, with a person for every role. Its clock is at 2026-05-14, 10:00 in Tokyo. */
export interface BillingSite extends AccountsSite {
  readonly accounts: ReadonlyMap<string, GuardAccount>;
  /** What addresses name: `{company}` is the code of the first one. */
  readonly ids: BillingIds;
  /** The address of a page of the console, with the identifiers of this world in it. */
  addressOf(path: string): string;
  /** Opens a page for somebody with one role; the browser is the same each time. */
  get(role: StaffRole, path: string, language?: 'ja' | 'en'): Promise<PageReply>;
  /** Sends a form with its token. */
  send(role: StaffRole, path: string, fields?: Readonly<Record<string, string>>): Promise<PageReply>;
  /** Sends a form with a file in its field `file`, and its token. */
  sendFile(
    role: StaffRole,
    path: string,
    file: { readonly filename: string; readonly content: string | Buffer },
  ): Promise<PageReply>;
}

export async function openBillingSite(): Promise<BillingSite> {
  const site = await openAccountsSite();
  const { deps, clock } = site.world;
  const filled = await fillBillingWorld(deps, clock);
  const accounts = new Map<string, GuardAccount>();
  for (const role of [...companyRoles, ...staffRoles])
    accounts.set(role, await makeAccountOf(deps, filled.company, role));
  const ids: BillingIds = {
    ...filled,
    ...(await fillCompany(deps, filled.company)),
    person: String(accounts.get('developer')!.id),
  };
  const browsers = new Map<string, Promise<{ client: PageClient; token: string | undefined }>>();
  /** A session ends after half an hour without a request: when the clock has gone on, the person signs in again. */
  const browserOf = (role: StaffRole) => {
    const key = `${role} ${clock.now().getTime()}`;
    if (!browsers.has(key)) browsers.set(key, signInAccount(deps, accounts.get(role)!, 'staff'));
    return browsers.get(key)!;
  };
  const addressOf = (path: string) =>
    site.origins.staff +
    path.replaceAll(/\{([\w-]+)\}/g, (_, name: string) => ids[name as keyof BillingIds] ?? `no-${name}`);
  return {
    ...site,
    accounts,
    ids,
    addressOf,
    get: async (role, path, language = 'ja') => {
      const { client } = await browserOf(role);
      return client.get(`${addressOf(path)}${path.includes('?') ? '&' : '?'}lang=${language}`);
    },
    send: async (role, path, fields = {}) => {
      const { client, token = '' } = await browserOf(role);
      return client.post(addressOf(path), { form_token: token, ...fields });
    },
    sendFile: async (role, path, file) => {
      const { client, token = '' } = await browserOf(role);
      return client.upload(addressOf(path), { form_token: token }, { field: 'file', ...file });
    },
  };
}
